"""Neighbouring records of a dump in one piece: their texts as one column, records only where they are wanted.

Not here: which formats come in such pieces (``batches.py``), what is done with them (``bienban.io.sifting``).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import NoneType
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bienban.io.readers.columns import Columns, Places, is_plain, places
from bienban.io.readers.fields import record_of
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.objects import known_columns, objects
from bienban.io.readers.records import Reason, Record, Rejection, SourceError
from bienban.phrases import layout

CHUNK_BYTES = 6 * 1024 * 1024  # of text, about
_ROWS = 2048
_SEEN = 96  # bytes of a text that tell what it is
_TWO_MARKS = re.compile("[\u1ea0-\u1eff]")
_VIETNAMESE = 0xE1  # begins most letters with two marks; no text of a legacy charset or of another language has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some records in the dump's order. ``records`` makes those of the given rows: a record or its rejection each."""

    texts: pa.Array  # (large) string; null where only the record can tell, or where no gathering is named for sure
    titles: pa.Array | None
    unsettled: npt.NDArray[np.bool_]  # rows whose record may be a rejection, or have other words than ``texts``
    records: Callable[[list[int]], list[Record | Rejection]]

    def __iter__(self) -> Iterator[Record | Rejection]:
        """All its records."""
        return iter(self.records(list(range(len(self.texts)))))


def chunked(found: Iterable[Record | Rejection]) -> Iterator[Chunk]:
    """Chunks of records that come one by one."""
    held: list[Record | Rejection] = []
    size = 0
    try:
        for each in found:
            held.append(each)
            size += len(each.text) if isinstance(each, Record) else 0
            if len(held) >= _ROWS or size >= CHUNK_BYTES:
                yield _of_records(held)
                held, size = [], 0
    except SourceError:  # what was read before a source broke counts
        if held:
            yield _of_records(held)
        raise
    if held:
        yield _of_records(held)


def chunk_of_batch(batch: pa.RecordBatch, columns: Columns, place: str, first: int) -> Chunk:
    """The rows of a table. Locator: ``place`` and the row's number, counted from ``first``."""

    batch = known_columns(batch)

    def records(rows: list[int]) -> list[Record | Rejection]:
        return [
            _of_row(each, f"{place}{first + row}", columns)
            for each, row in zip(objects(batch, rows), rows, strict=True)
        ]

    names = tuple(batch.schema.names)
    texts, titles = (_column(batch, places(names, columns[field])) for field in ("text", "title"))
    return Chunk(
        texts=pa.nulls(len(batch), pa.large_string()) if texts is None else texts,
        titles=titles,
        unsettled=_unsettled(batch, texts, titles, columns),
        records=records,
    )


def chunk_of_values(
    values: list[Mapping[str, Any] | Rejection],
    locator_of: Callable[[int], str],
    columns: Columns,
    may_gather: npt.NDArray[np.bool_],
) -> Chunk:
    """Objects of a dump, each with its place; what could not be read stands among them as its rejection.

    The texts of those that do not ``may_gather`` name no gathering for sure and become no column: it is costly to make.
    """

    def records(rows: list[int]) -> list[Record | Rejection]:
        return [_of_value(values[row], locator_of(row), columns) for row in rows]

    texts, titles, certain, is_plain = _told(values, columns)
    unsettled = ~certain
    for row in np.flatnonzero(certain & ~may_gather).tolist():
        unsettled[row] = _may_be_odd(texts[row] or "", is_plain)
        texts[row] = titles[row] = None
    try:
        column = pa.array(texts, pa.large_string())
        title_column = pa.array(titles, pa.large_string())
        unsettled |= _is_odd(column, is_plain) & may_gather
    except UnicodeEncodeError:  # half a surrogate pair somewhere: each record tells for itself
        column = title_column = pa.nulls(len(values), pa.large_string())
        unsettled[:] = True
    return Chunk(texts=column, titles=title_column, unsettled=unsettled, records=records)


def _told(
    values: list[Mapping[str, Any] | Rejection], columns: Columns
) -> tuple[list[str | None], list[str | None], npt.NDArray[np.bool_], bool]:
    """Texts and titles, of which values they are certain, and whether all texts stand in fields of words."""
    texts: list[str | None] = []
    titles: list[str | None] = []
    certain = np.zeros(len(values), np.bool_)
    all_plain = True
    for keys, group in groupby(values, _names):
        found = list(group)
        text_key, title_key, is_plain = _keys(keys, columns)
        text = [value[text_key] for value in found] if text_key is not None else [None] * len(found)  # type: ignore[index]
        title = [value[title_key] for value in found] if title_key is not None else [None] * len(found)  # type: ignore[index]
        at = slice(len(texts), len(texts) + len(found))
        if text_key is None or not {*map(type, text)} <= {str} or not {*map(type, title)} <= {str, NoneType}:
            sure = [
                isinstance(one, str) and isinstance(other, str | None) for one, other in zip(text, title, strict=True)
            ]
            text, title = (
                [each if yes else None for each, yes in zip(told, sure, strict=True)] for told in (text, title)
            )
            certain[at] = sure
        else:
            certain[at] = True
        texts += text
        titles += title
        all_plain &= is_plain
    return texts, titles, certain, all_plain


def _names(value: Mapping[str, Any] | Rejection) -> tuple[str, ...]:
    return () if isinstance(value, Rejection) else tuple(value)


def _of_records(found: list[Record | Rejection]) -> Chunk:
    records = [each if isinstance(each, Record) else None for each in found]
    return Chunk(
        texts=pa.array([each and each.text for each in records], pa.large_string()),
        titles=pa.array([each and each.title for each in records], pa.large_string()),
        unsettled=np.array([each is None for each in records], np.bool_),
        records=lambda rows: [found[row] for row in rows],
    )


def _of_value(value: Mapping[str, Any] | Rejection, locator: str, columns: Columns) -> Record | Rejection:
    return value if isinstance(value, Rejection) else record_of(value, locator, columns)


def _of_row(value: Mapping[str, Any] | UnicodeDecodeError, locator: str, columns: Columns) -> Record | Rejection:
    if not isinstance(value, UnicodeDecodeError):
        return record_of(value, locator, columns)
    detail = f"byte {value.start} of a column is no UTF-8"
    return Rejection(locator=locator, reason=Reason.INVALID_ENCODING, detail=detail, excerpt="")


def _column(batch: pa.RecordBatch, found: tuple[tuple[str, Any, str], ...]) -> pa.Array | None:
    """The best of the columns, when it holds strings."""
    if not found or found[0][2]:
        return None
    column = batch.column(found[0][1])
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column if pa.types.is_string(column.type) or pa.types.is_large_string(column.type) else None


def _unsettled(
    batch: pa.RecordBatch, texts: pa.Array | None, titles: pa.Array | None, columns: Columns
) -> npt.NDArray[np.bool_]:
    names = tuple(batch.schema.names)
    titled = places(names, columns["title"])
    if texts is None or (titled and titles is None):
        return np.ones(len(batch), np.bool_)
    unsettled = _is_odd(texts, is_plain(places(names, columns["text"])[0][0]))
    for _, lead, inner in places(names, columns["lead"]):  # becomes part of the text
        unsettled |= np.ones(len(batch), np.bool_) if inner else batch.column(lead).is_valid().to_numpy(False)
    if titles is not None and _is_elsewhere(titled):
        unsettled |= titles.is_null().to_numpy(False)  # another column may hold one
    return unsettled


def _is_odd(texts: pa.Array, is_plain: bool) -> npt.NDArray[np.bool_]:
    """Texts that may be rejected, or that are written otherwise than they are told: joined words, charsets, HTML.

    ``is_plain``: their field is called a text, and what looks like a tag is one of its words.
    """
    offsets, data = layout(texts)
    sizes = np.diff(offsets)
    odd: npt.NDArray[np.bool_] = texts.is_null().to_numpy(False) | (sizes == 0) | (sizes > MAX_RECORD_BYTES)
    held = np.frombuffer(data, np.uint8)
    if not len(held):
        return np.ones(len(texts), np.bool_)
    # Of a text shorter than the window the record tells.
    windows = np.lib.stride_tricks.sliding_window_view(held, min(_SEEN, len(held)))
    seen = windows[np.minimum(offsets[:-1], len(windows) - 1)]
    odd |= (sizes < _SEEN) | ~(seen == _VIETNAMESE).any(1) | (seen == ord("_")).any(1)
    start, end = int(offsets[0]), int(offsets[-1])
    if not is_plain and b"<" in bytes(
        memoryview(data)[start:end]
    ):  # many times faster than the comparison, and usually not
        marked = np.flatnonzero(held[start:end] == ord("<")) + start
        odd[np.searchsorted(offsets, marked, "right") - 1] = True
    return odd


def _may_be_odd(text: str, is_plain: bool) -> bool:
    """As ``_is_odd``, of one text."""
    return (
        len(text) < _SEEN
        or len(text) * 4 > MAX_RECORD_BYTES
        or "_" in text[:_SEEN]
        or not _TWO_MARKS.search(text, 0, _SEEN)
        or (not is_plain and "<" in text)
    )


def _is_elsewhere(found: Places) -> bool:
    """Whether another field than the best one may hold it; what stands inside an object is none of a string's."""
    return any(key != found[0][1] for _, key, _ in found)


def _keys(keys: tuple[str, ...], columns: Columns) -> tuple[str | None, str | None, bool]:
    """The fields of text and title, if they are all that makes up the text, and whether it is a field of words."""
    text, title = places(keys, columns["text"]), places(keys, columns["title"])
    certain = bool(text) and not text[0][2] and not (title and (title[0][2] or _is_elsewhere(title)))
    certain &= not places(keys, columns["lead"])
    return (text[0][1], title[0][1] if title else None, is_plain(text[0][0])) if certain else (None, None, True)
