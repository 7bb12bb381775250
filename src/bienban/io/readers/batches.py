"""A dump file in chunks: tables and JSON Lines give them as they stand, of other formats rows are put together."""

import codecs
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BufferedReader, FileIO
from typing import Any

from bienban.io.readers import Dump
from bienban.io.readers.arrow_ipc import arrow_chunks
from bienban.io.readers.chunks import Chunk, chunked
from bienban.io.readers.compressions import BREAKS, compression_of, expand, without_suffix
from bienban.io.readers.json_lines import json_lines_chunks
from bienban.io.readers.limits import HEAD_BYTES, Budget
from bienban.io.readers.parquet import parquet_chunks
from bienban.io.readers.recognise import is_archive, recognise
from bienban.io.readers.records import NoText, Rejection, SourceError


def read_chunks(dump: Dump) -> Iterator[Chunk]:
    """As ``Dump.read``, many records at a time; ``format`` and ``compression`` are told as well."""
    form, compression = format_of(dump)
    if form == "json_lines" and dump.charset is None:
        dump.format, dump.compression = form, compression
        with _opened(dump, compression) as stream:
            yield from json_lines_chunks(stream, "", dump.columns)
    elif form in ("parquet", "arrow") and compression is None:
        dump.format = form
        try:
            for each in _ahead((parquet_chunks if form == "parquet" else arrow_chunks)(dump.path, dump.columns)):
                yield from chunked([each]) if isinstance(each, Rejection) else [each]
        except NoText as error:
            raise SourceError(f"{dump.path}: {error}") from error
    else:
        yield from chunked(dump.read())


def parquet_groups(dump: Dump, groups: range) -> Iterator[Chunk]:
    """Some row groups of a Parquet file."""
    for each in _ahead(parquet_chunks(dump.path, dump.columns, groups)):
        yield from chunked([each]) if isinstance(each, Rejection) else [each]


def _ahead(found: Iterator[Chunk | Rejection]) -> Iterator[Chunk | Rejection]:
    """What is found, the next one being decoded meanwhile without the interpreter.

    For columns alone: where records are made by Python a second thread only takes turns with the filter's, and each of
    its hits waits for one.
    """
    with ThreadPoolExecutor(1, "reader") as reader:
        coming = reader.submit(next, found, None)
        while (each := coming.result()) is not None:
            coming = reader.submit(next, found, None)
            yield each


def format_of(dump: Dump) -> tuple[str | None, str | None]:
    """Format and compression of a file that is no archive; no format: reading tells."""
    try:
        with _opened(dump, None) as stream:
            compression = compression_of(stream.peek(HEAD_BYTES))
        with _opened(dump, compression) as stream:
            head = stream.peek(HEAD_BYTES)
    except (*BREAKS, OSError):
        return None, None
    if is_archive(head) or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None, compression
    name = without_suffix(dump.path.name)
    return recognise(head, name, dump.columns) if dump.form == "auto" else dump.form, compression


@contextmanager
def _opened(dump: Dump, compression: str | None) -> Iterator["BufferedReader[Any]"]:
    with BufferedReader(FileIO(dump.path), HEAD_BYTES) as stream:
        yield expand(stream, compression, Budget(dump.path.stat().st_size)) if compression else stream
