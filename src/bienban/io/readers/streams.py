"""One stream of a dump, a file's or an archive member's: its format recognised, its records read."""

import codecs
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bienban.io.readers.compressions import BREAKS, Damaged, break_of, without_suffix
from bienban.io.readers.json_lines import read_json, read_json_lines
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.recognise import HEAD_BYTES, recognise
from bienban.io.readers.records import Record, Rejection
from bienban.io.readers.text_files import meta_name, read_text

_UTF16_HEAD = 200
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(slots=True, kw_only=True)
class Part:
    """A stream with its name and its place. ``format`` is known once reading began."""

    name: str
    member: str = ""  # the locator of the archive's member; empty for a file of its own
    form: str  # auto, or the format that the user gave
    columns: Mapping[str, tuple[str, ...]]
    beside: Callable[[str], bytes | None]  # the content of the file of that name in the same folder
    format: str | None = None


def read_part(part: Part, stream: io.BufferedReader) -> Iterator[Record | Rejection]:
    """Yield the stream's records; damage ends it with one rejection."""
    prefix = f"{part.member}#" if part.member else ""
    try:
        plain = _as_utf8(stream)
        part.format = recognise(plain.peek(HEAD_BYTES), part.name) if part.form == "auto" else part.form
        if part.format == "json_lines":
            yield from read_json_lines(plain, prefix, part.columns)
            return
        data = plain.read(MAX_RECORD_BYTES + 1)
    except BREAKS as error:
        part.format = part.format or "text"
        yield break_of(error, part.member or "byte:0")
        return
    if part.format == "json":
        yield from read_json(data, prefix, part.columns)
        return
    try:
        yield _read_text(part, data)
    except Damaged as error:  # of the metadata beside it
        yield break_of(error, part.member or "byte:0")


def _read_text(part: Part, data: bytes) -> Record | Rejection:
    name = without_suffix(part.name)
    form = "segmented_text" if part.format == "segmented_text" else "auto"
    return read_text(data, name, part.member or "byte:0", part.beside(meta_name(name)), form)


def _as_utf8(stream: io.BufferedReader) -> io.BufferedReader:
    """JSON in UTF-16 as UTF-8; offsets then count the UTF-8. Anything else as it is."""
    head = stream.peek(HEAD_BYTES)[:_UTF16_HEAD]
    if not head.startswith(_UTF16_MARKS) or head.decode("utf-16", "replace").lstrip()[:1] not in ("{", "["):
        return stream
    return io.BufferedReader(_Utf8(io.TextIOWrapper(stream, "utf-16", newline="")), HEAD_BYTES)


class _Utf8(io.RawIOBase):
    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._text.read(max(1, len(buffer) // 4)).encode()
        buffer[: len(data)] = data
        return len(data)
