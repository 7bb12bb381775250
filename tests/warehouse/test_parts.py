"""A large file in parts: the same tables as read whole, however often a part is killed and run again."""

import csv
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bienban import jobs
from bienban.io.database import connect
from bienban.settings import settings
from tests.chaos.tables import differences, read_tables
from tests.unit.io.dumps_made import warc_record
from tests.warehouse.bad_inputs import article
from tests.warehouse.test_loader import _empty, _rows

pytestmark = pytest.mark.usefixtures("warehouse")

_WEATHER = "Ngày mai trời nắng, nhiệt độ cao nhất 35 độ."


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch):
    """Sets the size of a part, in bytes."""

    def divide(size: int) -> None:
        monkeypatch.setenv("BIENBAN_PART_MB", str(size / 1e6))
        settings.cache_clear()

    return divide


def _records(count: int, first: int = 0) -> list[dict[str, object]]:
    """Duplicates near and far of 40 articles, weather, and texts that are none."""
    texts = [article(first + number % 40) if number % 3 else _WEATHER for number in range(count)]
    return [
        {"id": str(number), "url": f"https://a.example/{first + number % 40}", "text": "" if number % 17 == 5 else text}
        for number, text in enumerate(texts)
    ]


def _lines(path: Path, count: int) -> Path:
    broken = b'{"text": "' + article(1).encode() + b"\n"
    lines = [json.dumps(record).encode() + b"\n" for record in _records(count)]
    path.write_bytes(b"\n".join([b"".join(lines[:50]), broken + b"".join(lines[50:])]))
    return path


def _parquet(path: Path, count: int) -> Path:
    pq.write_table(pa.Table.from_pylist(_records(count)), path, row_group_size=20)
    return path


def _tables() -> dict:
    found = read_tables(settings().dsn("owner"))
    passing = {"raw.dump_file_parts", "raw.changed_articles"}  # a plan, and notes for the next build
    return {name: rows for name, rows in found.items() if name.startswith("raw.") and name not in passing}


def _load(items: list[dict]) -> None:
    for item in items:
        jobs.load(**item)


@pytest.mark.parametrize("make", [_lines, _parquet], ids=["JSON Lines", "Parquet"])
def test_parts_in_any_order_are_the_file(make, tmp_path: Path, in_parts) -> None:
    path = make(tmp_path / "dump", 240)
    _load(jobs.discover([str(path)]))
    whole = _tables()
    assert whole["raw.rejected_records"].total() > 10
    for size, seed in ((700, 1), (2500, 2)):
        _empty()
        in_parts(size)
        items = jobs.discover([str(path)])
        assert len(items) > 3
        random.Random(seed).shuffle(items)
        _load(items[:2])
        assert _rows("select count(*) from raw.articles") == [(0,)]  # nothing of a file before all of it is read
        [(status, read)] = _rows("select status, records_read from raw.dump_files")
        assert status == "loading"
        assert 0 < read < 240
        _load(items[:3])  # parts that are read are not read again
        _load(jobs.discover([str(path)]))
        assert differences(whole, _tables()) == []
        assert jobs.discover([str(path)]) == []
        assert _rows("select count(*) from raw.dump_file_parts where staged_at is null") == [(0,)]


def _archive(path: Path, count: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for record in _records(count, 40):
            archive.writestr(f"{record['id']}.txt", str(record["text"]))
    return path


def _crawl(path: Path, count: int) -> Path:
    blocks = [(str(record["url"]), str(record["text"]).encode()) for record in _records(count, 80)]
    records = [
        warc_record("conversion", number, block, "text/plain", url) for number, (url, block) in enumerate(blocks)
    ]
    path.write_bytes(b"".join(map(gzip.compress, records)))
    return path


def _table(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", "url", "text"])
        writer.writeheader()
        writer.writerows(_records(count, 120))
    return path


def test_killed_parts_leave_no_trace(tmp_path: Path, in_parts) -> None:
    made = {"lines": _lines, "a.zip": _archive, "crawl.warc.gz": _crawl, "table.csv": _table}
    paths = [make(tmp_path / name, 1000) for name, make in made.items()]
    given = list(map(str, paths))
    _load(jobs.discover(given))
    whole = _tables()
    _empty()
    in_parts(min(path.stat().st_size for path in paths) // 2)
    dice = random.Random(35)
    for _ in range(6):
        items = jobs.discover(given)
        assert all("part" in item for item in items)
        for item in dice.sample(items, 2):
            process = subprocess.Popen(
                [sys.executable, "-c", f"from bienban import jobs; jobs.load(**{item!r})"], env=os.environ
            )
            time.sleep(dice.uniform(0.3, 2.0))
            process.send_signal(signal.SIGKILL)
            process.wait()
    _load(jobs.discover(given))
    assert differences(whole, _tables()) == []


def test_the_database_refuses_a_file_that_is_not_the_sum_of_its_parts(tmp_path: Path, in_parts) -> None:
    path = _lines(tmp_path / "dump.jsonl", 240)
    in_parts(2500)
    items = jobs.discover([str(path)])
    _load(items[:-1])
    forge = (
        "update raw.dump_files set status = 'loaded',"
        " records_read = 1, loaded = 1, duplicates = 0, filtered = 0, rejected = 0"
    )
    with connect("loader") as connection, pytest.raises(psycopg.errors.CheckViolation, match="sum of its parts"):
        connection.execute(forge)
    _load(items[-1:])
    with connect("loader") as connection, pytest.raises(psycopg.errors.CheckViolation, match="sum of its parts"):
        connection.execute("update raw.dump_files set records_read = records_read - 1, loaded = loaded - 1")


def test_a_file_that_changes_between_its_parts_fails(tmp_path: Path, in_parts) -> None:
    path = _lines(tmp_path / "dump.jsonl", 240)
    in_parts(2500)
    items = jobs.discover([str(path)])
    _load(items[:2])
    _lines(path, 100)
    with pytest.raises(jobs.LoadError, match="changed since it was offered"):
        jobs.load(**items[2])
    assert _rows("select status from raw.dump_files") == [("failed",)]
    assert _rows("select count(*) from raw.staged_records") == [(0,)]  # nothing of the former state is kept
    _load(jobs.discover([str(path)]))
    assert _rows("select status from raw.dump_files order by 1") == [("failed",), ("loaded",)]
