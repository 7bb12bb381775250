"""One stream of a dump, a file's or an archive member's: its format recognised, its records read."""

import codecs
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bienban.io.readers.arrow_ipc import read_arrow
from bienban.io.readers.bson_documents import read_bson
from bienban.io.readers.columns import Columns
from bienban.io.readers.compressions import BREAKS, Damaged, break_of, compression_of, expand, without_suffix
from bienban.io.readers.csv_rows import read_csv
from bienban.io.readers.feeds import read_xml
from bienban.io.readers.json_documents import read_json
from bienban.io.readers.json_lines import read_json_lines
from bienban.io.readers.limits import HEAD_BYTES, MAX_RECORD_BYTES, Budget
from bienban.io.readers.main_text import METHOD
from bienban.io.readers.parquet import read_parquet
from bienban.io.readers.recoding import recoded
from bienban.io.readers.recognise import is_archive, recognise
from bienban.io.readers.records import NoText, Reason, Record, Rejection, SourceError
from bienban.io.readers.text_files import meta_name, read_html, read_text
from bienban.io.readers.warc import read_warc

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BY_ROWS = {"json_lines", "json", "csv"}  # read as UTF-8
_IN_BYTES = {"bson", "warc", "parquet", "arrow", "xml"}  # hold no lines of text, or tell their charset


@dataclass(slots=True, kw_only=True)
class Part:
    """A stream with its name and its place. ``format`` and ``compression`` are known once reading began."""

    name: str
    source: str  # what errors call it
    member: str = ""  # the locator of the archive's member; empty for a file of its own
    form: str  # auto, or the format that the user gave
    columns: Columns
    beside: Callable[[str], bytes | None]  # the content of the file of that name in the same folder
    budget: Budget  # for what it expands to
    charset: str | None = None  # of what is no UTF-8, when somebody said so
    path: Path | None = None  # the file itself, when the stream is nothing but that
    format: str | None = None
    compression: str | None = None

    @property
    def told_format(self) -> str | None:
        """The format, with the way in which main text was found where it was."""
        return f"{self.format} ({METHOD})" if self.format in ("html", "warc") else self.format


def expanded(part: Part, stream: io.BufferedReader) -> io.BufferedReader:
    """The stream without its compression, if it has one."""
    part.compression = compression_of(stream.peek(HEAD_BYTES))
    if part.compression is None:
        return stream
    part.path = None
    return expand(stream, part.compression, part.budget)


def read_part(part: Part, stream: io.BufferedReader) -> Iterator[Record | Rejection]:
    """Yield the stream's records; damage ends it with one rejection.

    Raises NoText when no column of it could be the text, SourceError when nothing in it can be found; of an archive's
    member these are its rejections.
    """
    try:
        yield from _read(part, expanded(part, stream) if part.member else stream)
    except (NoText, SourceError) as error:
        if not part.member:
            raise
        reason = Reason.NO_TEXT if isinstance(error, NoText) else Reason.TRUNCATED
        yield Rejection(locator=part.member, reason=reason, detail=str(error), excerpt="")
    except BREAKS as error:
        part.format = part.format or "text"
        yield break_of(error, part.member or "byte:0")


def _read(part: Part, stream: io.BufferedReader) -> Iterator[Record | Rejection]:
    prefix = f"{part.member}#" if part.member else ""
    head = stream.peek(HEAD_BYTES)
    if part.member and is_archive(head):
        yield Rejection(locator=part.member, reason=Reason.BINARY, detail="an archive inside an archive", excerpt="")
        return
    is_utf16 = head.startswith(_UTF16_MARKS)
    if part.charset and not is_utf16 and _format(part, head) not in _IN_BYTES:
        stream = recoded(stream, part.charset)
        head = stream.peek(HEAD_BYTES)
    if is_utf16:
        head = head.decode("utf-16", "replace").removeprefix("\ufeff").encode("utf-8", "replace")
    part.format = _format(part, head)
    if is_utf16 and part.format in _BY_ROWS:
        stream = io.BufferedReader(_Utf8(io.TextIOWrapper(stream, "utf-16", newline="")), HEAD_BYTES)
    match part.format:
        case "json_lines":
            yield from read_json_lines(stream, prefix, part.columns)
        case "json":
            yield from read_json(stream, prefix, part.columns)
        case "csv":
            yield from read_csv(stream, prefix, part.columns)
        case "xml":
            yield from read_xml(stream, prefix, part.columns)
        case "bson":
            yield from read_bson(stream, prefix, part.columns)
        case "warc":
            yield from read_warc(stream, prefix)
        case "parquet" | "arrow":
            yield from _read_columnar(part, stream, prefix)
        case _:
            yield _read_text(part, stream.read(MAX_RECORD_BYTES + 1))


def _format(part: Part, head: bytes) -> str:
    return recognise(head, without_suffix(part.name), part.columns) if part.form == "auto" else part.form


def _read_columnar(part: Part, stream: io.BufferedReader, prefix: str) -> Iterator[Record | Rejection]:
    """Columns are found from a file's end: what is no file becomes one, as large as the budget allows."""
    read = read_parquet if part.format == "parquet" else read_arrow
    if part.path is not None:
        yield from read(part.path, part.columns)
        return
    with tempfile.NamedTemporaryFile(prefix="bienban-") as file:
        shutil.copyfileobj(stream, file)
        file.flush()
        try:
            for found in read(Path(file.name), part.columns):
                yield replace(found, locator=prefix + found.locator)
        except SourceError as error:
            raise SourceError(str(error).replace(file.name, part.source)) from error


def _read_text(part: Part, data: bytes) -> Record | Rejection:
    name, locator = without_suffix(part.name), part.member or "byte:0"
    try:
        meta = part.beside(meta_name(name))
    except Damaged as error:
        return break_of(error, locator)
    if part.format == "html":
        return read_html(data, name, locator, meta)
    form = "segmented_text" if part.format == "segmented_text" else "auto"
    return read_text(data, name, locator, meta, form)


class _Utf8(io.RawIOBase):
    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._text.read(max(1, len(buffer) // 4)).encode()
        buffer[: len(data)] = data
        return len(data)
