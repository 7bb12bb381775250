"""JSON Lines: one object per line, read in blocks, so that a line of any length costs bounded memory."""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, Any

import orjson

from bienban.io.readers.fields import record_of
from bienban.io.readers.limits import MAX_RECORD_BYTES, ExpandsTooFar
from bienban.io.readers.records import Reason, Record, Rejection, escaped

DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)
_MARK = b"\xef\xbb\xbf"


def read_json_lines(
    stream: IO[bytes], prefix: str, columns: Mapping[str, tuple[str, ...]]
) -> Iterator[Record | Rejection]:
    """Yield each line's record or rejection; blank lines are none. Locator: ``<prefix>byte:<offset>``."""
    offset = 0
    while True:
        locator = f"{prefix}byte:{offset}"
        try:
            line, size = _next_line(stream)
        except DAMAGED as error:
            detail = f"the compressed stream ends early or is damaged: {error}"
            yield Rejection(locator=locator, reason=Reason.TRUNCATED, detail=detail, excerpt="")
            return
        except ExpandsTooFar as error:
            yield Rejection(locator=locator, reason=Reason.EXPANDS_TOO_FAR, detail=str(error), excerpt="")
            return
        if size == 0:
            return
        if offset == 0:
            line = line.removeprefix(_MARK)
        offset += size
        if size > MAX_RECORD_BYTES:
            detail = f"{size:,} bytes; a record may have {MAX_RECORD_BYTES:,}"
            yield Rejection(locator=locator, reason=Reason.TOO_LARGE, detail=detail, excerpt=escaped(line[:500]))
        elif line.strip():
            yield _record(line, locator, columns)


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


def _record(line: bytes, locator: str, columns: Mapping[str, tuple[str, ...]]) -> Record | Rejection:
    def rejected(reason: Reason, detail: str) -> Rejection:
        return Rejection(locator=locator, reason=reason, detail=detail, excerpt=escaped(line))

    try:
        value: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        try:
            # orjson refuses half surrogates and NaN; the record may be whole without them.
            value = json.loads(line.decode())
        except UnicodeDecodeError as encoding_error:
            return rejected(Reason.INVALID_ENCODING, f"byte {encoding_error.start} of the line is no UTF-8")
        except (ValueError, RecursionError):
            return rejected(Reason.INVALID_JSON, str(error))
    if not isinstance(value, dict):
        return rejected(Reason.NOT_AN_OBJECT, f"a JSON {type(value).__name__} where an object is wanted")
    return record_of(value, locator, columns)
