"""Parquet files, a row group at a time and only the columns that are wanted."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bienban.io.readers.chunks import CHUNK_BYTES, Chunk, chunk_of_batch
from bienban.io.readers.columns import Columns, is_column
from bienban.io.readers.records import NoText, Reason, Record, Rejection, SourceError

_MOST_ROWS = 16_384


def read_parquet(path: Path, columns: Columns) -> Iterator[Record | Rejection]:
    """Yield every row's record or rejection. Locator: ``group:<index>#row:<index within it>``.

    Raises SourceError when the file has no readable footer, NoText when no column could be the text.
    """
    for each in parquet_chunks(path, columns):
        yield from [each] if isinstance(each, Rejection) else each


def parquet_chunks(path: Path, columns: Columns, groups: range | None = None) -> Iterator[Chunk | Rejection]:
    """As ``read_parquet``, of all row groups or of some, many rows at a time."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise SourceError(f"{path}: truncated or damaged Parquet ({error}): copy it again") from error
    with file:
        wanted = _wanted(file.schema_arrow.names, columns)
        if not any(is_column(name, columns["text"]) for name in wanted):
            raise NoText(file.schema_arrow.names)
        for group in range(file.num_row_groups) if groups is None else groups:
            yield from _read_group(file, group, wanted, columns)


def _read_group(file: pq.ParquetFile, group: int, wanted: list[str], columns: Columns) -> Iterator[Chunk | Rejection]:
    row = 0
    try:
        for batch in file.iter_batches(_batch_rows(file, group, wanted), row_groups=[group], columns=wanted):
            yield chunk_of_batch(batch, columns, f"group:{group}#row:", row)
            row += len(batch)
    except (pa.ArrowException, OSError) as error:
        detail = f"the row group is damaged from row {row} on: {error}"
        yield Rejection(locator=f"group:{group}#row:{row}", reason=Reason.TRUNCATED, detail=detail, excerpt="")


def _batch_rows(file: pq.ParquetFile, group: int, wanted: list[str]) -> int:
    """As many rows as have about the size of a chunk."""
    told = file.metadata.row_group(group)
    held = (told.column(at) for at in range(told.num_columns))
    size: int = sum(column.total_uncompressed_size for column in held if column.path_in_schema.split(".")[0] in wanted)
    rows: int = told.num_rows
    return max(1, min(_MOST_ROWS, CHUNK_BYTES * rows // max(1, size)))


def _wanted(held: list[str], columns: Columns) -> list[str]:
    return [name for name in held if any(is_column(name, names) for names in columns.values())]
