"""Parquet files, a row group at a time and only the columns that are wanted."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bienban.io.readers.fields import record_of
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.records import Reason, Record, Rejection, SourceError, escaped

_BATCH_ROWS = 500  # rows held as Python values at once


def read_parquet(path: Path, columns: Mapping[str, tuple[str, ...]]) -> Iterator[Record | Rejection]:
    """Yield every row's record or rejection. Locator: ``group:<index>#row:<index within it>``.

    Raises SourceError when the file has no readable footer, or no column that could be the text.
    """
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise SourceError(f"{path}: truncated or damaged Parquet ({error}): copy it again") from error
    with file:
        wanted = _wanted(file.schema_arrow.names, columns)
        if not any(_is_top_of(name, columns["text"]) for name in wanted):
            held = ", ".join(file.schema_arrow.names)
            raise SourceError(f"{path}: no text among the columns {held}: name it with --map text=COLUMN")
        for group in range(file.num_row_groups):
            yield from _read_group(file, group, wanted, columns)


def _read_group(
    file: pq.ParquetFile, group: int, wanted: list[str], columns: Mapping[str, tuple[str, ...]]
) -> Iterator[Record | Rejection]:
    row = 0
    try:
        for batch in file.iter_batches(_BATCH_ROWS, row_groups=[group], columns=wanted):
            for value in batch.to_pylist():
                yield _record(value, f"group:{group}#row:{row}", columns)
                row += 1
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        detail = f"the row group is damaged from row {row} on: {error}"
        yield Rejection(locator=f"group:{group}#row:{row}", reason=Reason.TRUNCATED, detail=detail, excerpt="")


def _record(value: dict[str, Any], locator: str, columns: Mapping[str, tuple[str, ...]]) -> Record | Rejection:
    found = record_of(value, locator, columns)
    if isinstance(found, Record) and len(found.text) * 4 > MAX_RECORD_BYTES:
        size = len(found.text.encode())
        if size > MAX_RECORD_BYTES:
            detail = f"{size:,} bytes; a record may have {MAX_RECORD_BYTES:,}"
            excerpt = escaped(found.text[:500])
            return Rejection(locator=locator, reason=Reason.TOO_LARGE, detail=detail, excerpt=excerpt)
    return found


def _wanted(held: list[str], columns: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [name for name in held if any(_is_top_of(name, names) for names in columns.values())]


def _is_top_of(held: str, names: tuple[str, ...]) -> bool:
    """Whether the column is one of the names, or the outer object of one ("publish" of "publish.$date")."""
    folded = held.casefold()
    return any(name.casefold() == folded or name.casefold().startswith(f"{folded}.") for name in names)
