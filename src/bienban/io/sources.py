"""Several sources one after the other: files, folders, standard input. A broken one does not stop the rest."""

from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from bienban.io.dump_files import find_paths, local_path
from bienban.io.readers import Dump, Record, Rejection, SourceError
from bienban.io.readers.batches import read_chunks
from bienban.io.readers.chunks import Chunk
from bienban.io.readers.columns import default_columns, parse_columns
from bienban.io.readers.json_lines import json_lines_chunks
from bienban.io.readers.text_files import printable_name
from bienban.io.remote import fetched, find_remote, is_remote
from bienban.io.sifting import Sifted, sift

__all__ = ["Columns", "default_columns", "parse_columns", "read_sources", "sift_sources"]

Columns = Mapping[str, tuple[str, ...]]
STANDARD_INPUT = "-"


def read_sources(
    sources: Iterable[str], form: str, columns: Columns, standard_input: IO[bytes], *, charset: str | None = None
) -> Iterator[tuple[str, Record | Rejection | SourceError]]:
    """Yield every source's path with its records and rejections; an unreadable one yields its error.

    ``-`` is JSON Lines on ``standard_input``. ``charset`` is that of text that is no UTF-8; None: what it proves.
    """
    for source, chunks in _opened(sources, form, columns, charset, standard_input):
        if isinstance(chunks, SourceError):
            yield source, chunks
            continue
        try:
            yield from ((source, found) for chunk in chunks for found in chunk)
        except SourceError as error:
            yield source, error


def sift_sources(
    sources: Iterable[str],
    form: str,
    columns: Columns,
    standard_input: IO[bytes],
    *,
    charset: str | None = None,
    everything: bool = False,
) -> Iterator[tuple[str, Sifted | SourceError]]:
    """As ``read_sources``, with what the candidate filter says, many records at a time."""
    for source, chunks in _opened(sources, form, columns, charset, standard_input):
        if isinstance(chunks, SourceError):
            yield source, chunks
            continue
        try:
            yield from ((source, sifted) for sifted in sift(chunks, everything=everything))
        except SourceError as error:
            yield source, error


def _opened(
    sources: Iterable[str], form: str, columns: Columns, charset: str | None, standard_input: IO[bytes]
) -> Iterator[tuple[str, Iterator[Chunk] | SourceError]]:
    """Every file of the sources with its chunks, there until the next one is asked for."""
    for source in sources:
        if source == STANDARD_INPUT:
            yield source, json_lines_chunks(standard_input, "", columns)
            continue
        try:
            if is_remote(source):
                for told in find_remote(source):
                    with fetched(told.url, told.identity) as path:
                        yield told.url, read_chunks(Dump(path, form, columns, charset))
                continue
            for path in find_paths(local_path(source)):
                yield printable_name(str(path)), read_chunks(Dump(path, form, columns, charset))
        except SourceError as error:
            yield source, error
