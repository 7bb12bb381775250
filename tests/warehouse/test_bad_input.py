"""Bad input through the loader: a clear message, a row with its reason, the rest goes on."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bienban.io.database import connect
from bienban.io.dump_files import find_dump_files, register
from bienban.io.loader import load_files
from bienban.io.readers import SourceError
from tests.warehouse.bad_formats import FORMAT_CASES
from tests.warehouse.bad_inputs import CASES, BadInput, article, line

pytestmark = pytest.mark.usefixtures("warehouse")

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"
_BEGIN, _END = "<!-- bad inputs: written by tests/warehouse/test_bad_input.py -->", "<!-- end of bad inputs -->"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that any user may enter; pytest's own are private."""
    with tempfile.TemporaryDirectory(prefix="bienban-") as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


@contextmanager
def _without_rights(wanted: bool) -> Iterator[None]:
    """As root every file can be read, so become nobody for a while."""
    was_root = os.geteuid() == 0
    if wanted and was_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if wanted and was_root:
            os.seteuid(0)


@pytest.mark.parametrize("case", (*CASES, *FORMAT_CASES), ids=lambda case: case.what)
def test_bad_input(case: BadInput, folder: Path) -> None:
    source = case.make(folder)
    if case.status is None:
        if case.error:
            with pytest.raises(SourceError, match=case.error):
                find_dump_files([str(source)])
        else:
            assert find_dump_files([str(source)]) == []
        return
    with connect("loader", autocommit=True) as connection:
        files = register(connection, find_dump_files([str(source)]))
        if "changes" in case.what:
            source.write_text(article(7) * 2)
        with _without_rights(case.unprivileged):
            _, failures = load_files(connection, files)
        rows = connection.execute("select status, error, loaded, duplicates, rejected from raw.dump_files").fetchall()
        reasons = connection.execute("select reason from raw.rejected_records order by reason").fetchall()
        locators = connection.execute("select count(distinct record_locator) from raw.rejected_records").fetchone()
    [(status, error, loaded, duplicates, rejected)] = rows
    assert status == case.status
    assert case.error in (error or "")
    assert bool(failures) == (status == "failed")
    assert tuple(reason for (reason,) in reasons) == case.reasons
    assert locators == (len(case.reasons),)
    if status == "loaded":
        assert (loaded, duplicates, rejected) == (
            case.loaded if case.loaded >= 0 else loaded,
            case.duplicates,
            len(case.reasons),
        )
        assert case.loaded >= 0 or 0 < loaded < 400


def test_bad_file_does_not_stop_its_neighbours(folder: Path) -> None:
    (folder / "a.zip").write_bytes(b"PK\x03\x04 broken")
    for number in range(3):
        (folder / f"{number}.txt").write_text(article(number))
    with connect("loader", autocommit=True) as connection:
        counts, failures = load_files(connection, register(connection, find_dump_files([str(folder)])))
        again = register(connection, find_dump_files([str(folder)]))
    assert counts["loaded"] == 3
    assert list(failures) == [(folder / "a.zip").as_uri()]
    assert [each.url for each in again] == [(folder / "a.zip").as_uri()]  # only what failed is offered again


def test_table_in_the_documentation() -> None:
    rows = "\n".join(f"| {case.what} | {case.outcome} | {_reasons(case)} |" for case in (*CASES, *FORMAT_CASES))
    table = f"{_BEGIN}\n| input | outcome | status, reasons |\n|---|---|---|\n{rows}\n{_END}"
    written = DOCUMENT.read_text(encoding="utf-8")
    if os.environ.get("BIENBAN_WRITE_DOCS"):
        head, _, rest = written.partition(_BEGIN)
        written = f"{head}{table}{rest.partition(_END)[2]}"
        DOCUMENT.write_text(written, encoding="utf-8")
    assert table in written, "run BIENBAN_WRITE_DOCS=1 pytest tests/warehouse/test_bad_input.py"


def _reasons(case: BadInput) -> str:
    if case.status is None:
        return "the run fails" if case.error else "nothing to do"
    return ", ".join([case.status, *(f"`{reason}`" for reason in dict.fromkeys(case.reasons))])


_PEAK = """
import resource, sys
from pathlib import Path
from bienban.io.readers import Dump
from bienban.io.readers.batches import read_chunks
from bienban.io.sifting import sift
for sifted in sift(read_chunks(Dump(Path(sys.argv[1])))):
    print(*(str(getattr(each, "reason", "kept")) for each, _ in sifted.found))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000)
"""


def test_a_line_of_any_length_costs_the_same_memory(folder: Path) -> None:
    """Its size comes from BIENBAN_LONG_LINE_MB: the default is small, 1,000 is worth a try by hand."""
    peaks = []
    for megabytes in (20, int(os.environ.get("BIENBAN_LONG_LINE_MB", "120"))):
        with (folder / "a.jsonl").open("wb") as stream:
            stream.write(line(1) + b'{"text": "')
            for _ in range(megabytes):
                stream.write(b"a" * 1_000_000)
            stream.write(b'"}\n' + line(2))
        command = [sys.executable, "-c", _PEAK, str(folder / "a.jsonl")]
        found, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        assert found == "kept too_large kept"
        peaks.append(int(peak))
    assert peaks[1] - peaks[0] < 30  # megabytes


def test_many_tiny_files_are_loaded_in_few_transactions(folder: Path) -> None:
    """As many as BIENBAN_TINY_FILES says; 100,000 take minutes."""
    number = int(os.environ.get("BIENBAN_TINY_FILES", "600"))
    for at in range(number):
        (folder / f"{at}.txt").write_text(article(at))
    with connect("loader", autocommit=True) as connection:
        counts, failures = load_files(connection, register(connection, find_dump_files([str(folder)])))
        started = connection.execute("select count(distinct xmin::text) from raw.articles").fetchone()
    assert (counts["loaded"], failures) == (number, {})
    assert started is not None
    assert started[0] <= number / 200 + 1
