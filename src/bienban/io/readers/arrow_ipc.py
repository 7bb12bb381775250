"""Arrow IPC, as file or as stream: a record batch at a time."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from bienban.io.readers.chunks import CHUNK_BYTES, Chunk, chunk_of_batch
from bienban.io.readers.columns import Columns, is_column
from bienban.io.readers.records import NoText, Reason, Record, Rejection, SourceError

_FILE = b"ARROW1\x00\x00"
_STREAM = b"\xff\xff\xff\xff"
_SCHEMA_BYTES = 1024 * 1024


def is_arrow(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is an Arrow IPC file, or a stream that tells its schema first."""
    if head.startswith(_FILE):
        return True
    return head.startswith(_STREAM) and 0 < int.from_bytes(head[4:8], "little") <= _SCHEMA_BYTES


def read_arrow(path: Path, columns: Columns) -> Iterator[Record | Rejection]:
    """Yield every row's record or rejection. Locator: ``batch:<index>#row:<index within it>``.

    Raises SourceError when the file has no readable schema, NoText when no column could be the text.
    """
    for each in arrow_chunks(path, columns):
        yield from [each] if isinstance(each, Rejection) else each


def arrow_chunks(path: Path, columns: Columns) -> Iterator[Chunk | Rejection]:
    """As ``read_arrow``, many rows at a time."""
    try:
        with path.open("rb") as stream:
            has_footer = stream.read(len(_FILE)) == _FILE
        source = pa.OSFile(str(path))
        reader = pa.ipc.open_file(source) if has_footer else pa.ipc.open_stream(source)
    except (pa.ArrowException, OSError) as error:
        raise SourceError(f"{path}: truncated or damaged Arrow IPC ({error}): copy it again") from error
    with source:
        wanted = [name for name in reader.schema.names if any(is_column(name, each) for each in columns.values())]
        if not any(is_column(name, columns["text"]) for name in wanted):
            raise NoText(reader.schema.names)
        yield from _read(reader, wanted, columns)


def _read(reader: object, wanted: list[str], columns: Columns) -> Iterator[Chunk | Rejection]:
    index = 0
    while True:
        locator = f"batch:{index}#row:0"
        try:
            batch = _batch(reader, index)
            if batch is None:
                return
            batch = batch.select(list(dict.fromkeys(wanted)))
            batch.validate(full=True)  # offsets of a damaged batch point anywhere
            rows = max(1, CHUNK_BYTES * batch.num_rows // max(1, batch.nbytes))
            for first in range(0, batch.num_rows, rows):
                yield chunk_of_batch(batch.slice(first, rows), columns, f"batch:{index}#row:", first)
        except (pa.ArrowException, OSError, ValueError) as error:
            yield Rejection(
                locator=locator, reason=Reason.TRUNCATED, detail=f"the batch is damaged: {error}", excerpt=""
            )
            if not isinstance(reader, pa.ipc.RecordBatchFileReader):
                return  # a stream's next batch cannot be found
        index += 1


def _batch(reader: object, index: int) -> pa.RecordBatch | None:
    if isinstance(reader, pa.ipc.RecordBatchFileReader):
        return reader.get_batch(index) if index < reader.num_record_batches else None
    assert isinstance(reader, pa.ipc.RecordBatchStreamReader)
    try:
        return reader.read_next_batch()
    except StopIteration:
        return None
