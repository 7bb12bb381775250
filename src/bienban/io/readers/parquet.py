"""Parquet files, a row group at a time and only the columns that are wanted."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bienban.io.readers.fields import is_column, record_of
from bienban.io.readers.records import NoText, Reason, Record, Rejection, SourceError

_BATCH_ROWS = 500  # rows held as Python values at once


def read_parquet(path: Path, columns: Mapping[str, tuple[str, ...]]) -> Iterator[Record | Rejection]:
    """Yield every row's record or rejection. Locator: ``group:<index>#row:<index within it>``.

    Raises SourceError when the file has no readable footer, NoText when no column could be the text.
    """
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise SourceError(f"{path}: truncated or damaged Parquet ({error}): copy it again") from error
    with file:
        wanted = _wanted(file.schema_arrow.names, columns)
        if not any(is_column(name, columns["text"]) for name in wanted):
            raise NoText(file.schema_arrow.names)
        for group in range(file.num_row_groups):
            yield from _read_group(file, group, wanted, columns)


def _read_group(
    file: pq.ParquetFile, group: int, wanted: list[str], columns: Mapping[str, tuple[str, ...]]
) -> Iterator[Record | Rejection]:
    row = 0
    try:
        for batch in file.iter_batches(_BATCH_ROWS, row_groups=[group], columns=wanted):
            for value in batch.to_pylist():
                yield record_of(value, f"group:{group}#row:{row}", columns)
                row += 1
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        detail = f"the row group is damaged from row {row} on: {error}"
        yield Rejection(locator=f"group:{group}#row:{row}", reason=Reason.TRUNCATED, detail=detail, excerpt="")


def _wanted(held: list[str], columns: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [name for name in held if any(is_column(name, names) for names in columns.values())]
