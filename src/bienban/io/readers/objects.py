"""Rows of a table as objects, as ``record_of`` wants them; a value that cannot be told costs itself, not its row."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

# What conversions raise: moments outside of the calendar, zones that nobody knows.
_UNTOLD = (ValueError, OverflowError, LookupError, pa.ArrowException)
_VIEWS = {pa.string_view(): pa.large_string(), pa.binary_view(): pa.large_binary()}


def known_columns(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with one column of each name, the first one, of types for which Arrow has all functions."""
    names = batch.schema.names
    kept = [at for at, name in enumerate(names) if names.index(name) == at]
    columns = [batch.column(at) for at in kept]
    if len(kept) == len(names) and not any(column.type in _VIEWS for column in columns):
        return batch
    told = [column.cast(_VIEWS.get(column.type, column.type)) for column in columns]
    return pa.RecordBatch.from_arrays(told, [names[at] for at in kept])


def objects(batch: pa.RecordBatch, rows: Sequence[int]) -> list[Mapping[str, Any] | UnicodeDecodeError]:
    """An object per row: column -> value. The error where a string is no UTF-8."""
    try:
        told: list[Mapping[str, Any] | UnicodeDecodeError] = batch.take(pa.array(rows, pa.int64())).to_pylist()
    except _UNTOLD:
        return [_object(batch, row) for row in rows]
    return told


def _object(batch: pa.RecordBatch, row: int) -> Mapping[str, Any] | UnicodeDecodeError:
    try:
        return {name: _value(batch.column(at)[row]) for at, name in enumerate(batch.schema.names)}
    except UnicodeDecodeError as error:
        return error


def _value(told: pa.Scalar) -> Any:
    """None for what Python has no value for: a moment in the year 10,000."""
    try:
        return told.as_py()
    except UnicodeDecodeError:
        raise
    except _UNTOLD:
        return None
