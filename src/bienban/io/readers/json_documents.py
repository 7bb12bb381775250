"""JSON objects one after the other, or an array of them of any length: an item at a time, with bounded memory.

Exports keep their rows inside an object ("posts": [...]), in an array for each table or in pages: then these rows are
the records.
"""

import codecs
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

import orjson

from bienban.io.readers.columns import Columns, is_column
from bienban.io.readers.compressions import BREAKS, break_of
from bienban.io.readers.fields import record_of
from bienban.io.readers.json_rows import DEEPEST as _DEEPEST
from bienban.io.readers.json_rows import rows_of
from bienban.io.readers.json_text import BrokenJson, JsonText
from bienban.io.readers.limits import HEAD_BYTES
from bienban.io.readers.records import Reason, Record, Rejection, escaped


def read_json(stream: IO[bytes], prefix: str, columns: Columns) -> Iterator[Record | Rejection]:
    """Yield the records. Locator: ``<prefix>item:<index from 0>``; of rows inside it ``/<field>:<index>`` follows.

    What is broken ends with one rejection: what follows cannot be found.
    """
    text = JsonText(stream)
    at = 0
    try:
        for at in text.items() if text.skip() == "[" else text.values():
            yield from _read(text, f"{prefix}item:{at}", columns)
    except BrokenJson as error:
        yield error.rejection
    except BREAKS as error:
        yield break_of(error, f"{prefix}item:{at}")


def holds_rows(head: bytes, columns: Columns) -> bool:
    """Whether the first line of ``head`` is, or opens, an object that holds records instead of being one."""
    line, is_ended, _ = head.removeprefix(codecs.BOM_UTF8).partition(b"\n")
    try:
        return bool(rows_of(orjson.loads(line), "", columns))
    except orjson.JSONDecodeError:
        return not is_ended and _opens_rows(JsonText(BytesIO(line)), columns)


def _read(text: JsonText, locator: str, columns: Columns) -> Iterator[Record | Rejection]:
    """The records of the value that begins here. Raises BrokenJson."""
    try:
        value = text.value(locator)
    except BrokenJson as error:
        begin = text.begin(HEAD_BYTES).encode(errors="ignore")
        if error.rejection.reason != Reason.TOO_LARGE or not _opens_rows(JsonText(BytesIO(begin)), columns):
            raise
        yield from _read_inside(text, locator, columns)
    else:
        yield from _records(value, locator, columns)


def _read_inside(text: JsonText, locator: str, columns: Columns) -> Iterator[Record | Rejection]:
    """Of an object that is too large to be held."""
    for field, (_, opens) in enumerate(text.keys(locator)):
        if opens == "[":
            for at in text.items():
                yield from _read(text, f"{locator}/{field}:{at}", columns)
        elif opens == "{":
            yield from _read(text, f"{locator}/{field}", columns)
        else:
            text.value(locator)


def _opens_rows(text: JsonText, columns: Columns, depth: int = 0) -> bool:
    """Whether the object that begins here, cut off somewhere, holds rows or is cut in an array of objects."""
    before: dict[str, Any] = {}  # a title
    try:
        for key, opens in text.keys(""):
            is_known = any(is_column(key, names) for names in columns.values())
            if is_column(key, columns["text"]):
                return opens in "[{"
            try:
                value = text.value("")
            except BrokenJson:  # here it is cut
                if opens == "{":
                    return is_known or (depth < _DEEPEST and _opens_rows(text, columns, depth + 1))
                return opens == "[" and (is_known or text.begin(HEAD_BYTES)[1:].lstrip().startswith("{"))
            if rows_of({**before, key: value}, "", columns, depth):
                return True
            before |= {key: value} if is_column(key, columns["title"]) else {}
    except BrokenJson:
        pass
    return False


def _records(value: Any, locator: str, columns: Columns) -> Iterator[Record | Rejection]:
    for place, row in rows_of(value, locator, columns) or [(locator, value)]:
        yield _record(row, place, columns)


def _record(value: Any, locator: str, columns: Columns) -> Record | Rejection:
    if isinstance(value, dict):
        return record_of(value, locator, columns)
    detail = f"a JSON {type(value).__name__} where an object is wanted"
    return Rejection(locator=locator, reason=Reason.NOT_AN_OBJECT, detail=detail, excerpt=escaped(str(value)[:500]))
