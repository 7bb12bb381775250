"""JSON Lines, read so that a line of any length costs bounded memory."""

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

import orjson

from bienban.io.readers.chunks import CHUNK_BYTES, Chunk, chunk_of_values
from bienban.io.readers.compressions import BREAKS, break_of
from bienban.io.readers.fields import Columns
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.records import Reason, Record, Rejection, escaped

_MARK = b"\xef\xbb\xbf"
_ROWS = 4096  # of one chunk


def read_json_lines(stream: IO[bytes], prefix: str, columns: Columns) -> Iterator[Record | Rejection]:
    """Yield each line's record or rejection; blank lines are none. Locator: ``<prefix>byte:<offset>``."""
    for chunk in json_lines_chunks(stream, prefix, columns):
        yield from chunk


def json_lines_chunks(
    stream: IO[bytes], prefix: str, columns: Columns, first: int = 0, end: int | None = None
) -> Iterator[Chunk]:
    """As ``read_json_lines``, many lines at a time. The stream stands at byte ``first``; lines from ``end`` on stay."""
    values: list[Mapping[str, Any] | Rejection] = []
    locators: list[str] = []
    held = 0
    for locator, value, size in _values(stream, prefix, first, end):
        values.append(value)
        locators.append(locator)
        held += size
        if held >= CHUNK_BYTES or len(values) >= _ROWS:
            yield chunk_of_values(values, locators, columns)
            values, locators, held = [], [], 0
    if values:
        yield chunk_of_values(values, locators, columns)


def _values(
    stream: IO[bytes], prefix: str, first: int, end: int | None
) -> Iterator[tuple[str, Mapping[str, Any] | Rejection, int]]:
    """Each line's place, object or rejection, and size in bytes."""
    offset = first
    while end is None or offset < end:
        locator = f"{prefix}byte:{offset}"
        try:
            line, size = _next_line(stream)
        except BREAKS as error:
            yield locator, break_of(error, locator), 0
            return
        if size == 0:
            return
        if offset == 0:
            line = line.removeprefix(_MARK)
        offset += size
        if size > MAX_RECORD_BYTES:
            detail = f"{size:,} bytes; a record may have {MAX_RECORD_BYTES:,}"
            excerpt = escaped(line[:500])
            yield locator, Rejection(locator=locator, reason=Reason.TOO_LARGE, detail=detail, excerpt=excerpt), 0
        elif not line.isspace():
            yield locator, _object(_parsed(line, locator), locator, line[:500]), size


def _next_line(stream: IO[bytes]) -> tuple[bytes, int]:
    """A line and its size; of a line past the limit only its beginning is kept."""
    line = stream.readline(MAX_RECORD_BYTES + 1)
    size = len(line)
    if size > MAX_RECORD_BYTES and not line.endswith(b"\n"):
        line = line[:500]
        while rest := stream.readline(1024 * 1024):
            size += len(rest)
            if rest.endswith(b"\n"):
                break
    return line, size


def _parsed(data: bytes, locator: str) -> Any:
    """The JSON value, or its rejection."""

    def rejected(reason: Reason, detail: str) -> Rejection:
        return Rejection(locator=locator, reason=reason, detail=detail, excerpt=escaped(data[:500]))

    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        try:
            # orjson refuses half surrogates and NaN; the record may be whole without them.
            return json.loads(data.decode())
        except UnicodeDecodeError as error:
            return rejected(Reason.INVALID_ENCODING, f"byte {error.start} is no UTF-8")
        except (ValueError, RecursionError) as error:
            return rejected(Reason.INVALID_JSON, str(error))


def _object(value: Any, locator: str, excerpt: bytes) -> Mapping[str, Any] | Rejection:
    if isinstance(value, (dict, Rejection)):
        return value
    detail = f"a JSON {type(value).__name__} where an object is wanted"
    return Rejection(locator=locator, reason=Reason.NOT_AN_OBJECT, detail=detail, excerpt=escaped(excerpt))
