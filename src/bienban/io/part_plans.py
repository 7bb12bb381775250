"""Where a large dump file may be cut, and how what lies between two cuts is read.

A cut stands only where reading the whole file would stand, too: before a row group, a line, an archive's member, a
row of a table (they are walked through, for a quote may hold line ends), a record of a WARC file that has its own
gzip member or whose header tells its length. Damage ends the walk: what follows belongs to the last part.

Not here: what becomes of the parts (``parts.py``).
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from bienban.io.dump_files import DumpFile, local_path
from bienban.io.readers import Dump, SourceError
from bienban.io.readers.batches import format_of, parquet_groups
from bienban.io.readers.chunks import Chunk, chunked
from bienban.io.readers.columns import Columns
from bienban.io.readers.compressions import Damaged, expand, naming_damage
from bienban.io.readers.csv_rows import read_csv, row_places
from bienban.io.readers.json_lines import json_lines_chunks
from bienban.io.readers.limits import HEAD_BYTES, Budget
from bienban.io.readers.main_text import METHOD
from bienban.io.readers.recognise import is_zip
from bienban.io.readers.warc import read_warc
from bienban.io.readers.zips import read_zip
from bienban.io.remote import is_remote

_BLOCK = 1024 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
_HEADER = 16 * 1024
# Unit of a place -> format and compression of the file.
KINDS = {
    "groups": ("parquet", None),
    "bytes": ("json_lines", None),
    "rows": ("csv", None),
    "members": ("zip", None),
    "records": (f"warc ({METHOD})", None),
    "gzip_members": (f"warc ({METHOD})", "gzip"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """What of a file a part is: from ``first`` on, ``end`` excluded."""

    unit: str  # a key of KINDS
    first: int
    end: int
    expanded: int = 0  # where it begins in the expanded stream, when that is another place

    def __str__(self) -> str:
        return f"{self.unit}:{self.first}-{self.end}" + (f"@{self.expanded}" if self.expanded else "")

    @classmethod
    def of(cls, told: str) -> "Place":
        """The place that ``str`` told."""
        unit, _, span = told.partition(":")
        span, _, expanded = span.partition("@")
        first, _, end = span.partition("-")
        return cls(unit, int(first), int(end), int(expanded or 0))


def divided(dump_file: DumpFile, part_bytes: int) -> list[Place]:
    """The parts of a file that can be read in parts and is larger than one; none: it is read whole."""
    if is_remote(dump_file.url) or dump_file.weight <= part_bytes:
        return []
    try:
        parts = _parts(local_path(dump_file.url), dump_file.weight, part_bytes)
    except (SourceError, OSError, pa.ArrowException):  # told when it is read
        return []
    return parts if len(parts) > 1 else []


def _parts(path: Path, size: int, part_bytes: int) -> list[Place]:
    dump = Dump(path)
    if dump.charset:  # its places count other bytes
        return []
    with path.open("rb") as stream:
        if is_zip(stream.read(HEAD_BYTES)):
            return _joined("members", _members(path), part_bytes)
    match format_of(dump):
        case "parquet", None:
            return _joined("groups", _groups(path), part_bytes)
        case "json_lines", None:
            return [Place("bytes", first, min(first + part_bytes, size)) for first in range(0, size, part_bytes)]
        case "csv", None:
            return _cut("rows", _rows(path, dump.columns), size, part_bytes)
        case "warc", None:
            return _cut("records", _records(path), size, part_bytes)
        case "warc", "gzip":
            return _cut("gzip_members", _gzip_records(path), size, part_bytes)
    return []


def chunks_of(path: Path, place: Place) -> Iterator[Chunk]:
    """The records between two cuts, with the locators that they have in the whole file."""
    dump = Dump(path)
    if place.unit == "groups":
        yield from parquet_groups(dump, range(place.first, place.end))
        return
    if place.unit == "members":
        yield from chunked(read_zip(path, dump.form, dump.columns, wanted=range(place.first, place.end)))
        return
    with path.open("rb") as stream:
        match place.unit:
            case "bytes":
                first = _next_line(stream, place.first)
                yield from json_lines_chunks(stream, "", dump.columns, first, place.end)
            case "rows":
                yield from chunked(read_csv(stream, "", dump.columns, place.first, place.end))
            case "records":
                yield from chunked(read_warc(_between(stream, place), "", place.first))
            case "gzip_members":
                expanded = expand(_between(stream, place), "gzip", Budget(path.stat().st_size))
                yield from chunked(read_warc(expanded, "", place.expanded))


def _joined(unit: str, sizes: Iterable[int], part_bytes: int) -> list[Place]:
    """Parts of things that are counted, each as large as asked for."""
    parts: list[Place] = []
    first = held = count = 0
    for size in sizes:
        count, held = count + 1, held + size
        if held >= part_bytes:
            parts.append(Place(unit, first, count))
            first, held = count, 0
    return [*parts, Place(unit, first, count)] if first < count else parts


def _cut(unit: str, places: Iterable[tuple[int, int]], size: int, part_bytes: int) -> list[Place]:
    """Parts that begin at some of the places, given with their place in the expanded stream, ascending."""
    begins = [(0, 0)]
    for first, expanded in places:
        if first - begins[-1][0] >= part_bytes:
            begins.append((first, expanded))
    ends = [first for first, _ in begins[1:]] + [size]
    return [Place(unit, first, end, expanded) for (first, expanded), end in zip(begins, ends, strict=True)]


def _groups(path: Path) -> Iterator[int]:
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            told = file.metadata.row_group(group)
            yield sum(told.column(at).total_compressed_size for at in range(told.num_columns))


def _members(path: Path) -> Iterator[int]:
    """The compressed sizes of an archive's members; none where they expand so far that their order matters."""
    try:
        with naming_damage(), zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except Damaged:
        return  # told when it is read
    if sum(member.file_size for member in members) <= Budget(path.stat().st_size).allowed:
        yield from (member.compress_size for member in members)


def _rows(path: Path, columns: Columns) -> Iterator[tuple[int, int]]:
    with path.open("rb") as stream:
        yield from ((at, 0) for at in row_places(stream, columns))


def _records(path: Path) -> Iterator[tuple[int, int]]:
    """Where the records of a WARC file begin, by the lengths that their headers tell."""
    with path.open("rb") as stream:
        at = 0
        while (size := _record_size(stream.read(_HEADER))) is not None:
            yield at, 0
            at += size
            stream.seek(at)


def _gzip_records(path: Path) -> Iterator[tuple[int, int]]:
    """Where records begin that are a gzip member each, in the file and expanded; others hide what follows them."""
    budget = Budget(path.stat().st_size)
    at = expanded = 0
    with path.open("rb") as stream:
        data = b""
        while data or (data := stream.read(_BLOCK)):
            member, head, size, taken = zlib.decompressobj(31), b"", 0, 0
            try:
                while not member.eof:
                    out = member.decompress(member.unconsumed_tail or data, _BLOCK)
                    head += out[: max(0, _HEADER - len(head))]
                    size += len(out)
                    if not member.unconsumed_tail and not member.eof:
                        taken += len(data)
                        if not (data := stream.read(_BLOCK)):
                            return
            except zlib.error:
                return
            if expanded + size > budget.allowed or _record_size(head) != size:
                return
            yield at, expanded
            at += taken + len(data) - len(member.unused_data)
            expanded += size
            data = member.unused_data


def _record_size(head: bytes) -> int | None:
    """The bytes of the record that begins so, with the two line ends behind it; None: it is none."""
    header_end = head.find(b"\r\n\r\n")
    told = _LENGTH.search(head, 0, header_end) if head.startswith(b"WARC/") and header_end > 0 else None
    return header_end + 4 + int(told[1]) + 4 if told else None


def _between(stream: IO[bytes], place: Place) -> io.BufferedReader:
    stream.seek(place.first)
    return io.BufferedReader(_Window(stream, place.end - place.first), HEAD_BYTES)


class _Window(io.RawIOBase):
    """So many bytes of a stream from where it stands."""

    def __init__(self, stream: IO[bytes], left: int) -> None:
        self._stream = stream
        self._left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)


def _next_line(stream: IO[bytes], first: int) -> int:
    """Where the first line begins that begins at ``first`` or later; the stream stands there."""
    if first == 0:
        return 0
    stream.seek(first - 1)
    while block := stream.readline(_BLOCK):
        if block.endswith(b"\n"):
            break
    return stream.tell()
