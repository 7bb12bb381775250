"""Readers under attack: whatever stands in a file, it gives records, rejections or one named error."""

import bz2
import gzip
import io
import json
import lzma
import tempfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bienban.io.readers import Dump, Record, Rejection, SourceError

_LINES = b"".join(
    json.dumps({"id": n, "text": "Hội nghị sơ kết " * n, "url": f"https://a.example/{n}"}).encode() + b"\n"
    for n in range(9)
)


def _zip(method: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("a/a.txt", "Hội nghị tổng kết")
        archive.writestr("a/a.meta.json", '{"published_on": "2021-01-14"}')
        archive.writestr("b.jsonl", _LINES)
        archive.writestr("c.txt.seg", "Hội_nghị\n\ntổng_kết năm_nay .\n\nThân_bài .")
    return file.getvalue()


def _parquet() -> bytes:
    file = io.BytesIO()
    rows = [json.loads(line) for line in _LINES.splitlines()]
    pq.write_table(pa.Table.from_pylist(rows), file, row_group_size=4)
    return file.getvalue()


SEEDS = (
    _parquet(),
    _LINES,
    b"[" + b",".join(_LINES.splitlines()) + b"]",
    _LINES.decode().encode("utf-16"),
    gzip.compress(_LINES),
    bz2.compress(_LINES),
    lzma.compress(_LINES),
    _zip(zipfile.ZIP_STORED),
    _zip(zipfile.ZIP_DEFLATED),
    _zip(zipfile.ZIP_LZMA),
)


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """A whole file with some bytes changed, a piece cut out, or a piece put in."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(("set", "cut", "put"))):
            case "set":
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=4))
            case "cut":
                del data[at : at + draw(st.integers(1, 200))]
            case "put":
                data[at:at] = draw(st.binary(max_size=50))
    return bytes(data)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(broken() | st.binary(max_size=300))
def test_any_file_gives_records_rejections_or_a_named_error(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump"
        path.write_bytes(data)
        places = []
        try:
            for found in Dump(path).read():
                assert isinstance(found, (Record, Rejection))
                places.append(found.locator)
                if isinstance(found, Record):
                    assert found.text.strip("\x00").strip()
                    found.text.encode()
        except SourceError as error:
            assert str(path) in str(error)
        assert len(places) == len(set(places))  # a record's place is its own
