"""The command as a shell calls it: output, errors, exit codes."""

import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from bienban.cli import main

REPORT = """Đảng ủy xã Yên Phú sơ kết 6 tháng đầu năm 2024

Sáng 20/6, Đảng ủy xã Yên Phú, huyện Hàm Yên, tỉnh Tuyên Quang tổ chức hội nghị sơ kết công tác 6 tháng đầu năm 2024. \
Đồng chí Nguyễn Văn An, Bí thư Đảng ủy xã chủ trì hội nghị.

Toàn xã đã tổ chức 15 buổi tuyên truyền.
"""
WEATHER = "Ngày mai trời nắng, nhiệt độ cao nhất 35 độ.\n"


@dataclass(frozen=True)
class _Done:
    returncode: int
    stdout: bytes
    stderr: bytes


def _bienban(*words: object, given: str = "") -> _Done:
    """The command in this process: a new one each time would cost seconds."""
    out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    with pytest.MonkeyPatch.context() as patched, pytest.raises(SystemExit) as ended:
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        patched.setattr(sys, "stdout", out)
        patched.setattr(sys, "stderr", err)
        main([str(word) for word in words])
    out.flush()
    err.flush()
    code = ended.value.code or 0
    assert isinstance(code, int)
    return _Done(code, out.buffer.getvalue(), err.buffer.getvalue())


def _lines(output: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + REPORT.replace("\n", "\r\n").encode())
    (tmp_path / "a.meta.json").write_text('{"published_on": "2024-06-21"}')
    (tmp_path / "b.txt").write_text(WEATHER)
    return tmp_path


def test_extract_gives_an_object_per_article(folder: Path) -> None:
    done = _bienban("extract", folder)
    first, second = _lines(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (first["id"], first["published_on"], first["is_meeting_report"]) == ("a", "2024-06-21", True)
    assert (second["id"], second["is_meeting_report"]) == ("b", False)
    # Offsets count the characters of the file, its line ends kept and its byte order mark removed.
    text = REPORT.replace("\n", "\r\n")
    assert first["figures"]
    assert all(text[slice(*figure["span"])] == figure["quote"] for figure in first["figures"])


def test_given_day_wins_over_the_metadata(folder: Path) -> None:
    [found] = _lines(_bienban("extract", folder / "a.txt", "--published-on", "2024-07-01").stdout)
    assert found["published_on"] == "2024-07-01"


def test_extract_reads_standard_input(folder: Path) -> None:
    record = {"id": 7, "text": REPORT, "url": "https://a.example/7", "published_at": "2024-06-20T23:30:00+07:00"}
    done = _bienban("extract", "-", given=json.dumps(record) + "\n")
    [found] = _lines(done.stdout)
    assert (found["id"], found["url"], found["published_on"]) == ("7", "https://a.example/7", "2024-06-20")


def test_what_cannot_be_extracted_is_named_and_the_rest_goes_on() -> None:
    done = _bienban("extract", "-", given='{"id": "1", "text": "\\ud800"}\n[]\n' + json.dumps({"text": WEATHER}))
    assert done.returncode == 1
    assert [line["reason"] for line in _lines(done.stderr)] == ["lone_surrogate", "not_an_object"]
    assert len(_lines(done.stdout)) == 1


def test_read_keeps_candidates_and_tells_of_the_others_when_asked(folder: Path) -> None:
    [kept] = _lines(_bienban("read", folder).stdout)
    assert (kept["id"], kept["text"], kept["locator"]) == ("a", REPORT.replace("\n", "\r\n"), "byte:0")
    assert (kept["published_at"], kept["published_at_source"]) == ("2024-06-21T00:00:00+07:00", "metadata file")
    assert [line["candidate"] for line in _lines(_bienban("read", "--all", folder).stdout)] == [True, False]


def test_read_with_given_columns(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"bai": REPORT, "text": WEATHER}))
    [found] = _lines(_bienban("read", tmp_path, "--map", "text=bai").stdout)
    assert found["text"] == REPORT


def test_rejected_records_do_not_fail_a_reading(folder: Path) -> None:
    (folder / "c.txt").write_bytes(b"\xff\xfe\xfd")
    done = _bienban("read", folder)
    assert done.returncode == 0
    assert [line["reason"] for line in _lines(done.stderr)] == ["invalid_encoding"]


def test_a_broken_source_fails_after_the_rest_is_read(folder: Path) -> None:
    (folder / "0.zip").write_bytes(b"PK\x03\x04")
    for command in ("read", "extract"):
        done = _bienban(command, folder / "missing", folder)
        assert done.returncode == 1
        assert b"missing: no such file or folder" in done.stderr
        assert b"0.zip: truncated or damaged zip" in done.stderr
        assert _lines(done.stdout)[0]["id"] == "a"


def test_scan_writes_parquet_and_the_balance(folder: Path) -> None:
    (folder / "c.txt").write_text("")
    done = _bienban("scan", folder, "--out", folder / "out.parquet")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == b"read 3 = kept 1 + filtered 1 + rejected 1"
    table = pq.read_table(folder / "out.parquet")
    assert table.column("id").to_pylist() == ["a"]
    assert table.column("published_at").to_pylist()[0].isoformat() == "2024-06-20T17:00:00+00:00"


def test_a_scan_that_fails_leaves_no_file(folder: Path) -> None:
    done = _bienban("scan", folder, "--out", folder / "no" / "out.parquet")
    assert done.returncode == 1
    assert list(folder.glob("**/*.part*")) == []


def test_units_are_described(folder: Path) -> None:
    found = json.loads(_bienban("units", "xã Yên Phú, huyện Hàm Yên", "--on", "2024-06-20").stdout)
    assert found[0]["quote"] == "xã Yên Phú"


def test_evaluate_scores_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WEATHER)
    (tmp_path / "a.json").write_text('{"id": "a", "is_meeting_report": false, "meeting": null, "figures": []}')
    told = json.loads(_bienban("evaluate", tmp_path, "--json").stdout)
    assert (told["articles"], told["scores"]["is_meeting_report"]["false"]) == (1, 0)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        pytest.param(["extract"], 2, b"Missing argument", id="no source"),
        pytest.param(["read", "x", "--map", "body=a"], 2, b"is no FIELD=NAME", id="no such field"),
        pytest.param(["units", "x", "--on", "2024-13-01"], 2, b"does not match the format", id="no such day"),
        pytest.param(["nothing"], 2, b"No such command", id="no such command"),
        pytest.param(["evaluate", "."], 1, b"no annotated articles", id="no gold"),
        pytest.param(["extract", "nosuch://bucket/a.jsonl"], 1, b"no address that can be read", id="no such store"),
        pytest.param(["extract", "--help"], 0, b"", id="help"),
    ],
)
def test_exit_codes(words: list[str], code: int, told: bytes) -> None:
    done = _bienban(*words)
    assert done.returncode == code
    assert told in done.stderr


def test_a_closed_pipe_is_no_failure(folder: Path) -> None:
    (folder / "many.jsonl").write_text((json.dumps({"text": REPORT}) + "\n") * 3000)
    command = f'"{sys.executable}" -c "from bienban.cli import main; main()" read "{folder}" | head -1'
    done = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert (done.stderr, len(_lines(done.stdout))) == (b"", 1)
