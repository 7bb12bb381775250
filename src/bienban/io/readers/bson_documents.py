"""BSON, as ``mongodump`` writes it: documents one after the other, each with its length in front."""

import io
from collections.abc import Iterator
from typing import Any

import bson
from bson.codec_options import CodecOptions, DatetimeConversion

from bienban.io.readers.columns import Columns
from bienban.io.readers.compressions import BREAKS, break_of
from bienban.io.readers.fields import record_of
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.records import Reason, Record, Rejection, escaped

_OPTIONS: CodecOptions[dict[str, Any]] = CodecOptions(
    tz_aware=True, datetime_conversion=DatetimeConversion.DATETIME_AUTO
)
_SMALLEST = 5
_LARGEST = MAX_RECORD_BYTES + 16 * 1024  # what MongoDB itself allows
_TYPES = frozenset(range(0x01, 0x14)) | {0x7F, 0xFF}


def is_bson(head: bytes) -> bool:
    """Whether a file that begins with ``head`` holds a document: its length, its first field, its end."""
    size = int.from_bytes(head[:4], "little")
    if len(head) < _SMALLEST + 3 or not _SMALLEST <= size <= _LARGEST or head[4] not in _TYPES:
        return False
    name, end, _ = head[5:261].partition(b"\x00")
    if not end or not name.isascii() or not name.decode().isprintable():
        return False
    return size > len(head) or head[size - 1] == 0


def read_bson(stream: io.BufferedReader, prefix: str, columns: Columns) -> Iterator[Record | Rejection]:
    """Yield each document's record or rejection. Locator: ``<prefix>byte:<offset>``."""
    offset = 0
    while True:
        locator = f"{prefix}byte:{offset}"
        try:
            length = stream.read(4)
            size = int.from_bytes(length, "little")
            rest = stream.read(size - 4) if _SMALLEST <= size <= _LARGEST else b""
        except BREAKS as error:
            yield break_of(error, locator)
            return
        if not length:
            return
        if len(length) + len(rest) != size:
            yield _broken_off(locator, length + rest, size)
            return
        yield _record(length + rest, locator, columns)
        offset += size


def _broken_off(locator: str, data: bytes, size: int) -> Rejection:
    if len(data) >= 4 and not _SMALLEST <= size <= _LARGEST:
        detail = f"a document of {size:,} bytes: its length is damaged, and what follows cannot be found"
        return Rejection(locator=locator, reason=Reason.INVALID_RECORD, detail=detail, excerpt=escaped(data[:500]))
    detail = f"the file ends after {len(data):,} bytes of a document of {size:,}"
    return Rejection(locator=locator, reason=Reason.TRUNCATED, detail=detail, excerpt=escaped(data[:500]))


def _record(data: bytes, locator: str, columns: Columns) -> Record | Rejection:
    try:
        value = bson.decode(data, _OPTIONS)
    except (bson.errors.BSONError, UnicodeDecodeError, ValueError, OverflowError, RecursionError) as error:
        detail = f"no document: {error}"
        return Rejection(locator=locator, reason=Reason.INVALID_RECORD, detail=detail, excerpt=escaped(data[:500]))
    if isinstance(value.get("_id"), bson.ObjectId):
        value["_id"] = str(value["_id"])
    return record_of(value, locator, columns)
