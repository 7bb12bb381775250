"""Files in parts hold what the whole file holds, at the same places, wherever they are cut and whatever is broken."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from bienban.io.dump_files import find_dump_files
from bienban.io.part_plans import Place, chunks_of, divided
from bienban.io.readers import Dump, Record, Rejection
from tests.unit.io.dumps_made import articles, json_lines, member_files, parquet, table, warc, zipped

MADE = articles()[:60]


def _warc_gz() -> bytes:
    return b"".join(map(gzip.compress, warc(MADE)))


def _broken_table() -> bytes:
    """Quotes that are never closed, line ends in quotes, rows that are too short."""
    lines = table(MADE).split(b"\r\n")
    return b"\r\n".join([*lines[:40], b'a,"b', b"", b"x,y", *lines[40:]])


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "JSON Lines": ("bytes", lambda: json_lines(MADE)),
    "Parquet": ("groups", lambda: parquet(articles())),
    "CSV": ("rows", lambda: table(MADE)),
    "CSV with broken rows": ("rows", _broken_table),
    "zip": (
        "members",
        lambda: zipped([*member_files(MADE), member_files(MADE)[3], ("../x.txt", b"x"), ("e.txt", b"")]),
    ),
    "WARC": ("records", lambda: b"".join(warc(MADE))),
    "WARC, a gzip member each": ("gzip_members", _warc_gz),
    "WARC whose end is missing": ("records", lambda: b"".join(warc(MADE))[:-700]),
    "WARC.gz with a damaged member": ("gzip_members", lambda: _warc_gz()[:-900] + b"\x00" * 40),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", FILES)
def test_the_parts_are_the_file(name: str, tmp_path: Path) -> None:
    unit, make = FILES[name]
    path = tmp_path / "dump"
    path.write_bytes(make())
    whole = list(Dump(path).read())
    assert sum(isinstance(each, Record) for each in whole) > 50
    [offered] = find_dump_files([str(path)])
    size = path.stat().st_size
    for part_bytes in (size // 3, 900):
        places = divided(offered, part_bytes)
        assert {place.unit for place in places} == {unit}
        assert [Place.of(str(place)) for place in places] == places
        read = [each for place in places for chunk in chunks_of(path, place) for each in chunk]
        assert _told(read) == _told(whole)
    assert len(places) > 3


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(gzip.compress(b"".join(warc(MADE))), id="WARC in one gzip member"),
        pytest.param(gzip.compress(json_lines(MADE)), id="compressed lines"),
        pytest.param(b"Tin.\n" * 4000, id="a text"),
        pytest.param(zipped(member_files(MADE))[:-30], id="a zip without its directory"),
        pytest.param(parquet(MADE)[:-30], id="a Parquet file without its footer"),
    ],
)
def test_what_cannot_be_cut_is_read_whole(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "dump"
    path.write_bytes(content)
    [offered] = find_dump_files([str(path)])
    assert divided(offered, 1000) == []


def _told(found: list[Record | Rejection]) -> list[tuple[object, ...]]:
    """The break at the end of a damaged file is told at the byte where reading stopped, which depends on its begin."""
    return [(each.locator, each.text) if isinstance(each, Record) else (each.reason, each.excerpt) for each in found]
