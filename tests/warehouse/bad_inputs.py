"""Every kind of bad input with what becomes of it: the cases of the tests and of docs/reliability.md."""

import gzip
import json
import os
import stat
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

MIB = 1024 * 1024


def article(number: int) -> str:
    """A text that the candidate filter keeps; each number gives another one."""
    return f"Sáng 14/1, Ban Chỉ đạo 35 tỉnh Quảng Ninh tổ chức hội nghị tổng kết năm 2020 với {number} đại biểu dự.\n"


def line(number: int, **fields: object) -> bytes:
    """A JSON line that holds the article."""
    return json.dumps({"id": str(number), "text": article(number)} | fields, ensure_ascii=False).encode() + b"\n"


@dataclass(frozen=True, kw_only=True)
class BadInput:
    """``make`` writes the input into a folder and returns the path to offer."""

    what: str
    make: Callable[[Path], Path]
    outcome: str  # in words, for the table
    status: str | None = "loaded"  # of the dump file; None: no file is offered at all
    error: str = ""  # part of the message: of the dump file, or of discovery
    loaded: int = 0
    duplicates: int = 0
    reasons: tuple[str, ...] = ()  # of the rejected records, sorted
    unprivileged: bool = False  # read as a user without rights


def _file(name: str, data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def _zip(*members: tuple[str | zipfile.ZipInfo, bytes]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / "dump.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in members:
                archive.writestr(member, data)
        return folder / "dump.zip"

    return make


def _link(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target.encode()


def _empty_folder(folder: Path) -> Path:
    return folder


def _missing(folder: Path) -> Path:
    return folder / "missing"


def _unreadable(folder: Path) -> Path:
    path = folder / "a.txt"
    path.write_text(article(1))
    path.chmod(0)
    return path


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def _truncated_zip(folder: Path) -> Path:
    path = _zip(("a.txt", article(1).encode()))(folder)
    path.write_bytes(path.read_bytes()[:-30])
    return path


def _parquet(*rows: dict[str, object]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        pq.write_table(pa.Table.from_pylist(list(rows)), folder / "a.parquet")
        return folder / "a.parquet"

    return make


def _truncated_parquet(folder: Path) -> Path:
    path = _parquet({"text": article(1)})(folder)
    path.write_bytes(path.read_bytes()[:-9])
    return path


def _damaged_member(folder: Path) -> Path:
    path = folder / "dump.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", article(1))
        archive.writestr("b.txt", article(2))
    data = path.read_bytes()
    path.write_bytes(data.replace("1 đại biểu".encode(), "7 đại biểu".encode()))
    return path


def _encrypted_member(folder: Path) -> Path:
    path = _zip(("a.txt", article(1).encode()), ("b.txt", article(2).encode()))(folder)
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")  # the first entry of the directory; its flags stand at 8
    struct.pack_into("<H", data, entry + 8, 1)
    path.write_bytes(data)
    return path


def _changed(folder: Path) -> Path:
    path = folder / "a.txt"
    path.write_text(article(1))
    return path


def _name_in_old_charset(folder: Path) -> Path:
    path = folder / os.fsdecode(b"h\xf4i ngh\xb8.txt")
    path.write_text(article(1))
    return path


def _bad_metadata(folder: Path) -> Path:
    (folder / "a.txt").write_text(article(1))
    (folder / "a.meta.json").write_text("{published_on: 2020")
    return folder


_HALF = b'{"id": "1", "text": "h\\ud800i ngh"}\n'
_GOOD_GZIP = gzip.compress(b"".join(line(number) for number in range(400)))

CASES = (
    BadInput(what="An empty folder", make=_empty_folder, status=None, outcome="Nothing is offered; the run ends well."),
    BadInput(
        what="A path that does not exist",
        make=_missing,
        status=None,
        error="no such file or folder",
        outcome="The run fails before anything is read; the message names the path.",
    ),
    BadInput(
        what="A named pipe, a device",
        make=_pipe,
        status=None,
        error="no regular file",
        outcome="The run fails before anything is read; the message names the path.",
    ),
    BadInput(
        what="A file without the right to read it",
        make=_unreadable,
        status="failed",
        error="Permission denied",
        unprivileged=True,
        outcome="The file is failed with its error and offered again; the others are loaded.",
    ),
    BadInput(
        what="A file that changes after it was offered",
        make=_changed,
        status="failed",
        error="changed since it was offered",
        outcome="The file is failed; in its new state it is another file, offered by the next run.",
    ),
    BadInput(
        what="A file name in an old charset",
        make=_name_in_old_charset,
        loaded=1,
        outcome="Loaded; the URL carries the name's bytes.",
    ),
    BadInput(
        what="A binary file named .txt",
        make=_file("a.txt", bytes(range(256)) * 20),
        reasons=("binary",),
        outcome="Rejected.",
    ),
    BadInput(
        what="UTF-16 with its byte order mark",
        make=_file("a.txt", b"\xff\xfe" + article(1).encode("utf-16-le")),
        loaded=1,
        outcome="Loaded.",
    ),
    BadInput(
        what="UTF-16 without a byte order mark",
        make=_file("a.txt", article(1).encode("utf-16-le")),
        reasons=("binary",),
        outcome="Rejected: guessing would be worse.",
    ),
    BadInput(
        what="Invalid UTF-8 in a text file",
        make=_file("a.txt", article(1).encode() + b"\xff\xc3"),
        reasons=("invalid_encoding",),
        outcome="Rejected; the detail tells the byte.",
    ),
    BadInput(
        what="NUL bytes in a text",
        make=_file("a.txt", article(1).replace("Sáng", "Sáng\x00").encode()),
        loaded=1,
        outcome="Loaded without them.",
    ),
    BadInput(
        what="An empty file, a file of white space",
        make=_zip(("a.txt", b""), ("b.txt", b" \n\t\n"), ("c.txt", article(1).encode())),
        loaded=1,
        reasons=("empty_text", "empty_text"),
        outcome="Rejected; the rest is loaded.",
    ),
    BadInput(
        what="A text file over 16 MiB",
        make=_file("a.txt", article(1).encode() * (17 * MIB // len(article(1)))),
        reasons=("too_large",),
        outcome="Rejected after 16 MiB were read.",
    ),
    BadInput(
        what="A metadata file that is no JSON",
        make=_bad_metadata,
        reasons=("invalid_json",),
        outcome="Its text is rejected: a wrong date would be worse.",
    ),
    BadInput(
        what="A JSON line that is no object",
        make=_file("a.jsonl", line(1) + b"[1, 2]\n" + b'"text"\n' + line(2)),
        loaded=2,
        reasons=("not_an_object", "not_an_object"),
        outcome="The line is rejected; the rest is loaded.",
    ),
    BadInput(
        what="Every second JSON line broken",
        make=_file("a.jsonl", b"".join(line(number) + line(number)[:-9] + b"\n" for number in range(50))),
        loaded=50,
        reasons=("invalid_json",) * 50,
        outcome="The broken lines are rejected; the rest is loaded.",
    ),
    BadInput(
        what="JSON nested 100,000 levels deep",
        make=_file("a.jsonl", line(1) + b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"),
        loaded=1,
        reasons=("invalid_json",),
        outcome="The line is rejected; the rest is loaded.",
    ),
    BadInput(
        what="Invalid UTF-8 in a JSON line",
        make=_file("a.jsonl", line(1) + line(2).replace(b"14/1", b"14\xff1") + line(3)),
        loaded=2,
        reasons=("invalid_encoding",),
        outcome="The line is rejected; the rest is loaded.",
    ),
    BadInput(
        what="Half a surrogate pair in a JSON text",
        make=_file("a.jsonl", _HALF + line(1)),
        loaded=1,
        reasons=("lone_surrogate",),
        outcome="The line is rejected; the rest is loaded.",
    ),
    BadInput(
        what="A JSON object without a text",
        make=_file("a.jsonl", line(1) + b'{"id": "2", "title": "x"}\n{"text": 5}\n'),
        loaded=1,
        reasons=("no_text", "no_text"),
        outcome="The line is rejected, its fields are listed; the rest is loaded.",
    ),
    BadInput(
        what="An empty text in a JSON line",
        make=_file("a.jsonl", line(1) + line(2, text="\u00a0 \x00\n")),
        loaded=1,
        reasons=("empty_text",),
        outcome="The line is rejected; the rest is loaded.",
    ),
    BadInput(
        what="A record over 16 MiB",
        make=_file("a.jsonl", line(1) + line(2, text=article(2) * 160_000) + line(3)),
        loaded=2,
        reasons=("too_large",),
        outcome="The record is skipped in blocks and rejected; the rest is loaded.",
    ),
    BadInput(
        what="Two records with one id",
        make=_file("a.jsonl", line(1) + line(1, text=article(2)) + line(1)),
        loaded=2,
        duplicates=1,
        outcome="Ids of dumps are no keys: other texts are loaded, the same text is a duplicate.",
    ),
    BadInput(
        what="A title of 1 MB",
        make=_file("a.jsonl", line(1, title="Hội nghị " * 110_000)),
        loaded=1,
        outcome="Loaded as it is.",
    ),
    BadInput(
        what="Publication dates in the years 0 and 9999",
        make=_file("a.jsonl", line(1, published_at="0000-01-01") + line(2, published_at="9999-12-31T23:59:59Z")),
        loaded=2,
        outcome="Loaded without a date of publication.",
    ),
    BadInput(
        what="A truncated gzip file",
        make=_file("a.jsonl.gz", _GOOD_GZIP[: len(_GOOD_GZIP) // 2]),
        loaded=-1,
        reasons=("truncated",),
        outcome="The records before the break are loaded, the break is one rejected record.",
    ),
    BadInput(
        what="A damaged gzip file",
        make=_file("a.txt.gz", gzip.compress(article(1).encode())[:-12] + bytes(12)),
        reasons=("truncated",),
        outcome="Rejected.",
    ),
    BadInput(
        what="A gzip bomb",
        make=_file("a.jsonl.gz", gzip.compress(b'{"text": "' + b"a" * (80 * MIB), 1)),
        reasons=("expands_too_far",),
        outcome="Given up at 200 times its size (never before 64 MiB).",
    ),
    BadInput(
        what="A truncated zip archive",
        make=_truncated_zip,
        status="failed",
        error="truncated or damaged zip",
        outcome="The file is failed: without its directory nothing in it can be trusted.",
    ),
    BadInput(
        what="A truncated Parquet file",
        make=_truncated_parquet,
        status="failed",
        error="truncated or damaged Parquet",
        outcome="The file is failed: without its footer nothing in it can be found.",
    ),
    BadInput(
        what="A Parquet file without a text column",
        make=_parquet({"bai": article(1)}),
        status="failed",
        error="no text among the columns bai",
        outcome="The file is failed; the message lists its columns.",
    ),
    BadInput(
        what="A zip member whose checksum is wrong",
        make=_damaged_member,
        loaded=1,
        reasons=("truncated",),
        outcome="The member is rejected; the rest is loaded.",
    ),
    BadInput(
        what="A zip member that wants a password",
        make=_encrypted_member,
        loaded=1,
        reasons=("encrypted",),
        outcome="The member is rejected; the rest is loaded.",
    ),
    BadInput(
        what="../, absolute names and symbolic links in a zip",
        make=_zip(
            ("../a.txt", article(1).encode()),
            ("/etc/a.txt", article(2).encode()),
            ("C:\\a.txt", article(3).encode()),
            _link("link.txt", "/etc/passwd"),
            ("good.txt", article(5).encode()),
        ),
        loaded=1,
        reasons=("unsafe_path",) * 4,
        outcome="These members are rejected unread; the rest is loaded. Nothing is ever unpacked to disk.",
    ),
    BadInput(
        what="A zip member with a name of 2,000 bytes",
        make=_zip(("a" * 2000 + ".txt", article(1).encode()), ("b.txt", article(2).encode())),
        loaded=1,
        reasons=("unsafe_path",),
        outcome="The member is rejected unread; the rest is loaded.",
    ),
    BadInput(
        what="A zip bomb",
        make=_zip(*((f"{number}.txt", b"a" * (17 * MIB)) for number in range(6))),
        reasons=("expands_too_far",) * 3 + ("too_large",) * 3,
        outcome="Members are cut at 16 MiB; past 200 times the archive's size (never before 64 MiB) no more is opened.",
    ),
    BadInput(
        what="An archive inside an archive",
        make=_zip(("inner.zip", b"PK\x03\x04" + bytes(200)), ("a.txt", article(1).encode())),
        loaded=1,
        reasons=("binary",),
        outcome="The inner one is rejected; the rest is loaded.",
    ),
)
