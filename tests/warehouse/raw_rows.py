"""Rows of ``raw`` for the tests of the models: articles whose records quote their own text."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

VERSION = "0.1.0+test"
_FOUND = {"rule": "test", "confidence": "0.9"}


@dataclass(frozen=True, slots=True)
class RawRows:
    """Writes rows of ``raw`` as their owner would read them after a load."""

    connection: Connection

    def dump_file(self, name: str, status: str = "loaded") -> None:
        """One dump file at ``file:///<name>``; again: its new status."""
        self.connection.execute(
            "insert into raw.dump_files (dump_file_id, url, identity, status, records_read, loaded, duplicates,"
            " filtered, rejected) values (%(n)s, 'file:///' || %(n)s, '1', %(s)s, 0, 0, 0, 0, 0)"
            " on conflict (dump_file_id) do update set status = excluded.status",
            {"n": name, "s": status},
        )

    def article(
        self,
        text: str,
        *,
        dump: str = "a.jsonl",
        url: str | None = None,
        site: str | None = "baotinh.example",
        published_at: str | None = None,
        title: str | None = None,
        cluster: str | None = None,
        revision_of: uuid.UUID | None = None,
        is_latest: bool = True,
    ) -> uuid.UUID:
        """One article with one occurrence in ``dump``; the same text again adds the occurrence only."""
        self.dump_file(dump)
        article = uuid.uuid5(uuid.NAMESPACE_URL, text)
        self.connection.execute(
            "insert into raw.articles (article_id, text, title, url, site, published_at, near_duplicate_cluster,"
            " revision_of, is_latest) values (%s, %s, %s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
            (article, text, title, url, site, published_at, cluster, revision_of, is_latest),
        )
        locator = f"row:{hashlib.sha256(f'{text}{url}'.encode()).hexdigest()[:8]}"
        self.connection.execute(
            "insert into raw.article_occurrences (dump_file_id, record_locator, article_id, title, url, site,"
            " published_at, outcome) values (%s, %s, %s, %s, %s, %s, %s, 'loaded')",
            (dump, locator, article, title, url, site, published_at),
        )
        return article

    def report(
        self,
        article: uuid.UUID,
        meeting: Mapping[str, Any] | None,
        *,
        figures: Iterable[Mapping[str, Any]] = (),
        persons: Iterable[Mapping[str, Any]] = (),
        documents: Iterable[Mapping[str, Any]] = (),
        version: str = VERSION,
    ) -> None:
        """The current extraction of ``article``: at most one meeting, its figures, people and documents."""
        self.connection.execute("update raw.extractions set is_current = false where article_id = %s", (article,))
        self.connection.execute(
            "insert into raw.extractions (article_id, extractor_version, status, is_meeting_report, confidence, fields)"
            " values (%s, %s, 'extracted', %s, 0.9, %s)",
            (article, version, meeting is not None, Jsonb({})),
        )
        if meeting is not None:
            self._record("meetings", article, version, {**_MEETING, **meeting})
        for table, defaults, records in (
            ("figures", _FIGURE, figures),
            ("persons", _PERSON, persons),
            ("documents", _DOCUMENT, documents),
        ):
            for record in records:
                self._record(table, article, version, {**defaults, **record})

    def _record(self, table: str, article: uuid.UUID, version: str, given: Mapping[str, Any]) -> None:
        row = self.connection.execute("select text from raw.articles where article_id = %s", (article,)).fetchone()
        assert row is not None
        text: str = row[0]
        fields = dict(given)
        nth, quote = fields.pop("nth", 0), fields.get("quote") or text
        start = -1
        for _ in range(nth + 1):
            start = text.index(quote, start + 1)
        record = f"{article}:{table}:{start}:{start + len(quote)}:{fields.get('name', '')}"
        values = {
            **_FOUND,
            **fields,
            "record_id": hashlib.sha256(record.encode()).hexdigest()[:32],
            "article_id": article,
            "extractor_version": version,
            "span_start": start,
            "span_end": start + len(quote),
            "quote": quote,
        }
        if table == "figures":
            values["high"] = values["high"] if values["high"] is not None else values["low"]
        names = ", ".join(values)
        self.connection.execute(
            f"insert into raw.{table} ({names}) values ({', '.join(['%s'] * len(values))})",  # type: ignore[arg-type]
            tuple(values.values()),
        )


_MEETING: dict[str, Any] = {
    "session_types": ["mid_term_review"],
    "held_on": date(2024, 6, 20),
    "held_on_precision": "day",
    "held_on_basis": "phrase",
    "part_of_day": None,
    "host_name": "Ban Chỉ đạo 35 huyện Đầm Hà",
    "host_body": "Ban Chỉ đạo 35",
    "host_unit_level": "district",
    "host_unit_kind": "huyện",
    "host_unit_name": "Đầm Hà",
    "host_unit_province": "Quảng Ninh",
}
_FIGURE: dict[str, Any] = {
    "high": None,
    "qualifier": "exact",
    "counted": "tin bài",
    "unit": "count",
    "status": "result",
    "is_cumulative": False,
}
_PERSON: dict[str, Any] = {"role": "attended", "positions": []}
_DOCUMENT: dict[str, Any] = {"kind": "Nghị quyết"}
