"""Readers under attack: whatever stands in a file, it gives records, rejections or one named error.

``BIENBAN_FUZZ`` is the number of examples (default 400); ``BIENBAN_FUZZ_MINUTES`` goes on until the time is over.
"""

import bz2
import gzip
import lzma
import os
import tempfile
import time
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bienban.io.readers import Dump, Record, Rejection, SourceError
from tests.unit.io import dumps_made
from tests.unit.io.dumps_made import DUMPS, PAGE_DUMPS, articles

_EXAMPLES = int(os.environ.get("BIENBAN_FUZZ", "400"))
_MINUTES = float(os.environ.get("BIENBAN_FUZZ_MINUTES", "0"))
_ARTICLES = 9
_SLOW = 20.0  # seconds of the processor for a file of some kilobytes: a hang


@cache
def _seeds() -> tuple[bytes, ...]:
    made = articles()[:_ARTICLES]
    files = dumps_made.member_files(made)
    return (
        *(make(made) for make in (DUMPS | PAGE_DUMPS).values()),
        dumps_made.zipped(files, zipfile.ZIP_STORED),
        dumps_made.zipped(files, zipfile.ZIP_LZMA),
        dumps_made.html_of(made[0], 0),
        made[0].text.encode("cp1258", "replace"),
        b"".join(compress(made[0].text.encode()) for compress in (gzip.compress, bz2.compress, lzma.compress)),
    )


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """A whole file with some bytes changed, a piece cut out, put in or brought from another place or another file."""
    data = bytearray(draw(st.sampled_from(_seeds())))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(("set", "flip", "cut", "put", "move", "splice", "end"))):
            case "set":
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=4))
            case "flip":
                data[at : at + 1] = bytes([data[at] ^ 1 << draw(st.integers(0, 7))]) if data else b""
            case "cut":
                del data[at : at + draw(st.integers(1, 200))]
            case "put":
                data[at:at] = draw(st.binary(max_size=50))
            case "move":
                start = draw(st.integers(0, max(0, len(data) - 1)))
                data[at:at] = data[start : start + draw(st.integers(1, 4000))]
            case "splice":
                other = draw(st.sampled_from(_seeds()))
                data[at:] = other[draw(st.integers(0, len(other))) :]
            case "end":
                del data[at:]
    return bytes(data)


@settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken() | st.binary(max_size=300))
def test_any_file_gives_records_rejections_or_a_named_error(data: bytes) -> None:
    _check(data)


@pytest.mark.skipif(not _MINUTES, reason="BIENBAN_FUZZ_MINUTES says how long")
def test_for_some_minutes() -> None:
    """Rounds of new examples until the time is over. Told at the end: how many there were."""
    end = time.monotonic() + 60 * _MINUTES
    count = 0

    @settings(max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(broken() | st.binary(max_size=300))
    def round_of_examples(data: bytes) -> None:
        nonlocal count
        count += 1
        _check(data)

    while time.monotonic() < end:
        round_of_examples()
    print(f"{count:,} files in {_MINUTES:g} minutes")
    assert count > 0


def _check(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump"
        path.write_bytes(data)
        places = []
        started = time.process_time()
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
        assert time.process_time() - started < _SLOW
