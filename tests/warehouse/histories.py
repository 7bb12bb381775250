"""A warehouse's life at random: files come and go, articles are revised or taken down, extractors and decisions change.

Everything happens through the code that does it in earnest, builds that are refused or killed included. The same seed
gives the same history, apart from the moment of a kill.
"""

import dataclasses
import multiprocessing
import os
import signal
import time
import uuid
from collections.abc import Callable, Iterable
from random import Random

from bienban.extract import extract
from bienban.io import clusters, representatives
from bienban.io.database import connect, raw_transaction
from bienban.io.dbt import build_candidate
from bienban.io.extraction_store import extract_new, extract_outdated
from bienban.io.publisher import current_version, publish_candidate, rollback
from bienban.io.removal import take_down, withdraw
from bienban.records import Article, Extraction
from bienban.settings import Settings
from tests.warehouse.raw_rows import RawRows
from tests.warehouse.report_writing import Report


def load(config: Settings, reports: Iterable[Report], dump: str) -> list[uuid.UUID]:
    """Load the reports as one file, near duplicates and revisions found as the loader does."""
    with connect("owner", autocommit=True, config=config) as connection:
        raw = RawRows(connection)
        articles = [
            raw.article(
                report.text, dump=dump, url=report.url, site=None, title=report.title,
                published_at=report.published_on and f"{report.published_on} 09:00+07",
            )
            for report in reports
        ]  # fmt: skip
        with raw_transaction(connection):
            connection.execute("create temporary table touched (article_id uuid, is_new boolean) on commit drop")
            connection.execute("insert into touched select unnest(%s::uuid[]), false", (articles,))
            representatives.choose(connection)
    with connect("loader", autocommit=True, config=config) as connection:
        clusters.cluster_new(connection)
    return articles


class History:
    """One life. ``config.project`` is a copy whose seeds may be written to; ``reports`` are what may be loaded."""

    def __init__(self, config: Settings, reports: list[Report], seed: int) -> None:
        self.config, self.random = config, Random(seed)
        self._left = list(reports)
        self._loaded: list[Report] = []
        self._files = 0
        self._version = 1
        self._build_seconds = 5.0
        self.told: list[str] = []

    def live(self, rounds: int) -> None:
        """So many rounds of events, each ended by a build; the last build ends well and is the candidate."""
        for left in reversed(range(rounds)):
            self._happen(self._load)
            events = (
                self._load,
                self._reload,
                self._revise,
                self._withdraw,
                self._take_down,
                self._upgrade,
                self._decide,
            )
            for event in self.random.sample(events, self.random.randint(1, 4)):
                self._happen(event)
            self._happen(self._extract)
            if left and self.random.random() < 0.4:
                self._happen(self._killed_build)
            else:
                self._happen(self._build)
                if self.random.random() < 0.5:
                    self._happen(self._publish)

    def _happen(self, event: Callable[[], object]) -> None:
        self.told.append(f"{event.__name__.strip('_')}: {event()}")

    def _load(self) -> int:
        """A new file."""
        count = min(len(self._left), self.random.randint(1, 12))
        return self._offer([self._left.pop() for _ in range(count)])

    def _reload(self) -> int:
        """Known texts in another file, some of them under another url."""
        again = self.random.sample(self._loaded, min(3, len(self._loaded)))
        return self._offer(
            [dataclasses.replace(each, url=self.random.choice((each.url, f"{each.url}?b"))) for each in again]
        )

    def _revise(self) -> int:
        """Other texts under known urls: of a report, what is left of its last paragraph's numbers."""
        old = self.random.sample(self._loaded, min(3, len(self._loaded)))
        texts = [each.text.translate(str.maketrans("1357", "2468")) for each in old]
        return self._offer([dataclasses.replace(each, text=text) for each, text in zip(old, texts, strict=True)])

    def _offer(self, reports: list[Report]) -> int:
        self._files += 1
        load(self.config, reports, f"{self._files}.jsonl")
        self._loaded += reports
        return len(reports)

    def _withdraw(self) -> str:
        name = f"{self.random.randint(1, self._files)}.jsonl"
        with connect("loader", autocommit=True, config=self.config) as connection:
            withdraw(connection, name)
        return name

    def _take_down(self) -> int:
        with connect("owner", autocommit=True, config=self.config) as connection:
            there = connection.execute("select article_id::text from raw.articles order by 1").fetchall()
        gone = self.random.sample(there, min(2, len(there)))
        with connect("loader", autocommit=True, config=self.config) as connection:
            for (article,) in gone:
                take_down(connection, article, "on request")
        return len(gone)

    def _upgrade(self) -> int:
        """Another version of the extractor, which reads some articles differently."""
        self._version += 1
        with connect("loader", autocommit=True, config=self.config) as connection:
            extract_outdated(connection, self._read, f"{self._version}+moody")
        return self._version

    def _decide(self) -> str:
        """People decide that one name means another."""
        seeds = self.config.project / "dbt_project" / "seeds" / "corrections"
        bodies = ["UBND", "Ban Chỉ đạo 35", "Huyện ủy", "Hội Nông dân", "Ban Thường vụ Huyện ủy"]
        one, other = self.random.sample(bodies, 2)
        with open(seeds / "body_aliases.csv", "r+") as handle:
            if f",{one}," in handle.read():
                return "nothing new"
            handle.write(f"*,{one},{other},thống kê viên,đối chiếu\n")
        return f"{one} is {other}"

    def _extract(self) -> None:
        with connect("loader", autocommit=True, config=self.config) as connection:
            extract_new(connection, self._read, f"{self._version}+moody")

    def _read(self, article: Article) -> Extraction:
        found, mood = extract(article), Random(f"{self._version}/{article.id}").random()
        if found.meeting is None or mood > 0.4:
            return found
        if mood < 0.1:
            return dataclasses.replace(
                found, meeting=None, figures=(), people=(), documents=(), is_meeting_report=False
            )
        if mood < 0.2:
            undated = dataclasses.replace(
                found.meeting, held_on=None, date_precision="none", held_on_basis="none", part_of_day=None
            )
            return dataclasses.replace(found, meeting=undated)
        return dataclasses.replace(found, figures=found.figures[::2], people=found.people[1:])

    def _build(self) -> float:
        started = time.monotonic()
        build_candidate(config=self.config)
        self._build_seconds = time.monotonic() - started
        return round(self._build_seconds, 1)

    def _killed_build(self) -> float:
        """A build whose process dies of signal 9 somewhere on its way."""
        delay = self._build_seconds * self.random.uniform(0.2, 0.9)
        process = multiprocessing.get_context("fork").Process(target=build_candidate, kwargs={"config": self.config})
        process.start()
        process.join(delay)
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        return round(delay, 1)

    def _publish(self) -> str:
        done = publish_candidate(f"run {len(self.told)}", approved_by="auto", approval="auto")
        with connect("auditor", config=self.config) as connection:
            version = current_version(connection)
        if version and version > 1 and self.random.random() < 0.2:
            rollback(version - 1, "operator", f"back {len(self.told)}")
        return str(done["status"])
