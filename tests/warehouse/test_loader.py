"""Loading: exactly once, balanced, and the same whatever the order."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import psycopg
import pytest

from bienban import jobs
from bienban.io.database import RAW_WRITERS, build_lock, connect
from bienban.io.readers import SourceError
from tests.warehouse.bad_inputs import article

pytestmark = pytest.mark.usefixtures("warehouse")

_ARTICLES = (
    "select article_id::text, text, title, url, site, published_at, published_at_source, revision_of::text, is_latest"
    " from raw.articles order by 1"
)
_BALANCE = "select records_read, loaded, duplicates, filtered, rejected from raw.dump_files order by url"


def _load(*sources: Path) -> dict[str, int]:
    totals: dict[str, int] = {}
    for batch in jobs.discover([str(source) for source in sources]):
        for name, value in jobs.load(**batch).items():
            totals[name] = totals.get(name, 0) + value
    return totals


def _rows(query: str) -> list[tuple[object, ...]]:
    with connect("owner") as connection:
        return connection.execute(query).fetchall()


def _empty() -> None:
    with connect("owner") as connection:
        connection.execute("truncate raw.dump_files, raw.articles, raw.changed_articles cascade")


def _dump(path: Path, *records: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def _record(number: int, **fields: object) -> dict[str, object]:
    return {"id": str(number), "text": article(number)} | fields


def test_balance_counts_every_record(tmp_path: Path) -> None:
    weather = {"text": "Ngày mai trời nắng, nhiệt độ cao nhất 35 độ."}
    dump = _dump(tmp_path / "a.jsonl", _record(1), _record(2), _record(1), weather, {"text": ""})
    counts = _load(dump)
    assert counts == {"dump_files": 1, "records_read": 5, "loaded": 2, "duplicates": 1, "filtered": 1, "rejected": 1}
    assert _rows(_BALANCE) == [(5, 2, 1, 1, 1)]
    assert _rows("select record_locator, outcome from raw.article_occurrences order by 1") == [
        ("byte:0", "loaded"),
        (f"byte:{len(json.dumps(_record(1))) + 1}", "loaded"),
        (f"byte:{len(json.dumps(_record(1))) + len(json.dumps(_record(2))) + 2}", "duplicate"),
    ]


def test_the_licence_that_metadata_state_is_kept(tmp_path: Path) -> None:
    stated, silent = (_dump(tmp_path / name, _record(1)) for name in ("a.jsonl", "b.jsonl"))
    stated.with_name("a.jsonl.meta.json").write_text('{"licence": "CC-BY-4.0"}')
    _load(stated, silent)
    assert _rows("select licence, status from raw.dump_files order by url") == [
        ("CC-BY-4.0", "loaded"),
        (None, "loaded"),
    ]


def test_database_refuses_a_balance_that_does_not_add_up(tmp_path: Path) -> None:
    _load(_dump(tmp_path / "a.jsonl", _record(1)))
    with connect("loader") as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute("update raw.dump_files set loaded = loaded + 1")


def test_locator_leads_back_to_the_record(tmp_path: Path) -> None:
    dump = _dump(tmp_path / "a.jsonl", _record(1), _record(2))
    _load(dump)
    for locator, text in _rows(
        "select record_locator, text from raw.article_occurrences join raw.articles using (article_id)"
    ):
        with dump.open("rb") as stream:
            stream.seek(int(str(locator).removeprefix("byte:")))
            assert json.loads(stream.readline())["text"] == text


def test_unchanged_file_is_not_opened_again(tmp_path: Path) -> None:
    dump = _dump(tmp_path / "a.jsonl", _record(1))
    _load(dump)
    before = os.stat(dump)
    dump.write_bytes(bytes(before.st_size))  # would be rejected, were it read
    os.utime(dump, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert jobs.discover([str(dump)]) == []


def test_changed_file_is_another_file(tmp_path: Path) -> None:
    dump = _dump(tmp_path / "a.jsonl", _record(1))
    _load(dump)
    _dump(dump, _record(1), _record(2))
    assert _load(dump)["duplicates"] == 1
    assert _rows("select count(*), count(distinct url) from raw.dump_files") == [(2, 1)]


def test_one_text_in_two_spellings_is_one_article(tmp_path: Path) -> None:
    text = article(1)
    spellings = [
        text,
        unicodedata.normalize("NFD", text),
        text.upper(),
        text.replace(" ", "  "),
        text.replace("\n", "\r\n"),
    ]
    counts = _load(_dump(tmp_path / "a.jsonl", *({"text": spelling} for spelling in spellings)))
    assert (counts["loaded"], counts["duplicates"]) == (1, 4)


_OCCURRENCES = (
    {"url": "https://www.b.example/1", "title": "B"},
    {"url": "https://a.example/1", "title": "A", "published_at": "2021-01-15"},
    {"url": "https://c.example/1", "title": "C", "published_at": "2021-01-14T08:00:00+07:00"},
    {"text": article(1).upper(), "published_at": "2021-01-14T01:00:00Z", "url": "https://b.example/1"},
)


def test_articles_are_the_same_in_any_order(tmp_path: Path) -> None:
    seen = set()
    for order in itertools.permutations(range(4)):
        _empty()
        for at in order:
            _load(_dump(tmp_path / f"{at}.jsonl", _record(1, **_OCCURRENCES[at]), _record(at + 10)))
        seen.add(str(_rows(_ARTICLES)))
    assert len(seen) == 1
    [chosen] = _rows("select text, url, site, published_at::date::text from raw.articles where text ~* ' 1 đại biểu'")
    # The two earliest are one moment in two zones; the lower url decides.
    assert chosen == (article(1).upper(), "https://b.example/1", "b.example", "2021-01-14")


def test_articles_are_the_same_in_one_file_or_many(tmp_path: Path) -> None:
    records = [_record(number % 7, **_OCCURRENCES[number % 3]) for number in range(40)]
    _load(_dump(tmp_path / "all.jsonl", *records))
    together = _rows(_ARTICLES)
    _empty()
    for at in (2, 0, 1):
        _load(_dump(tmp_path / f"part{at}.jsonl", *records[at::3]))
    assert _rows(_ARTICLES) == together


def test_every_occurrence_keeps_its_own_text(tmp_path: Path) -> None:
    _load(_dump(tmp_path / "a.jsonl", _record(1, published_at="2021-01-02")))
    _load(_dump(tmp_path / "b.jsonl", {"text": article(1).upper(), "published_at": "2021-01-01"}))
    texts = _rows(
        "select coalesce(own_text, text) from raw.article_occurrences join raw.articles using (article_id)"
        " order by article_occurrences.published_at"
    )
    assert texts == [(article(1).upper(),), (article(1),)]


def test_later_text_under_one_url_is_a_revision(tmp_path: Path) -> None:
    url = {"url": "https://a.example/1"}
    newer = _dump(tmp_path / "new.jsonl", _record(2, published_at="2021-01-02", **url))
    older = _dump(tmp_path / "old.jsonl", _record(1, published_at="2021-01-01", **url))
    for order in ((newer, older), (older, newer)):
        _empty()
        _load(*order[:1])
        _load(*order[1:])
        [first, second] = _rows("select article_id, revision_of, is_latest from raw.articles order by published_at")
        assert (first[1], first[2]) == (None, False)
        assert (second[1], second[2]) == (first[0], True)


def test_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="missing: no such file or folder"):
        jobs.discover([str(tmp_path / "missing")])


def test_failed_file_fails_the_job_after_the_others_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04")
    _dump(tmp_path / "good.jsonl", _record(1))
    ids = [each for batch in jobs.discover([str(tmp_path)]) for each in batch["dump_file_ids"]]
    with pytest.raises(jobs.LoadError, match=r"1 of 2 dump files.*\n.*broken\.zip: truncated or damaged zip"):
        jobs.load(ids)
    assert _rows("select count(*) from raw.articles") == [(1,)]


def test_many_small_files_share_tasks(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(article(number))
    batches = jobs.discover([str(tmp_path)])
    assert [len(batch["dump_file_ids"]) for batch in batches] == [40]
    assert jobs.load(**batches[0])["loaded"] == 40


def test_a_build_and_the_loader_wait_for_each_other(tmp_path: Path) -> None:
    [batch] = jobs.discover([str(_dump(tmp_path / "a.jsonl", _record(1)))])
    code = f"from bienban import jobs; jobs.load({batch['dump_file_ids']!r})"
    with build_lock() as connection:
        process = subprocess.Popen([sys.executable, "-c", code], env=os.environ)
        _wait_for(connection, "select 1 from pg_locks where locktype = 'advisory' and not granted")
        assert _rows("select count(*) from raw.articles") == [(0,)]
    assert process.wait(30) == 0
    assert _rows("select count(*) from raw.articles") == [(1,)]


def test_build_lock_waits_for_an_open_writer() -> None:
    with connect("loader") as writer:
        writer.execute("select pg_advisory_xact_lock_shared(%s)", (RAW_WRITERS,))
        with connect("validator") as build:
            assert build.execute("select pg_try_advisory_lock(%s)", (RAW_WRITERS,)).fetchone() == (False,)


def test_killed_loader_leaves_nothing_or_everything(tmp_path: Path) -> None:
    dump = _dump(tmp_path / "a.jsonl", *(_record(number) for number in range(1500)))
    _load(dump)
    undisturbed = (
        _rows(_ARTICLES),
        _rows(_BALANCE),
        _rows("select outcome, record_locator from raw.article_occurrences order by 2"),
    )
    _empty()
    for delay in (0.2, 0.5, 0.6, 0.7, 0.8, 1.0):
        [batch] = jobs.discover([str(dump)]) or [None]
        if batch is None:
            break
        process = subprocess.Popen(
            [sys.executable, "-c", f"from bienban import jobs; jobs.load(**{batch!r})"], env=os.environ
        )
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        [(articles,)] = _rows("select count(*) from raw.articles")
        assert articles in (0, 1500)
    _load(dump)
    assert (
        _rows(_ARTICLES),
        _rows(_BALANCE),
        _rows("select outcome, record_locator from raw.article_occurrences order by 2"),
    ) == undisturbed


def _wait_for(connection: psycopg.Connection, query: str) -> None:
    deadline = time.monotonic() + 20
    while connection.execute(query).fetchone() is None:  # type: ignore[arg-type]
        assert time.monotonic() < deadline
        time.sleep(0.05)
