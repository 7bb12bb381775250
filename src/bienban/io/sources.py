"""Several sources one after the other: files, folders, standard input. A broken one does not stop the rest."""

from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from bienban.io.dump_files import find_paths, local_path
from bienban.io.readers import Dump, Record, Rejection, SourceError
from bienban.io.readers.fields import default_columns, parse_columns
from bienban.io.readers.json_lines import read_json_lines
from bienban.io.readers.text_files import printable_name
from bienban.io.remote import fetched, is_remote

__all__ = ["Columns", "default_columns", "parse_columns", "read_sources"]

Columns = Mapping[str, tuple[str, ...]]
STANDARD_INPUT = "-"


def read_sources(
    sources: Iterable[str], form: str, columns: Columns, standard_input: IO[bytes]
) -> Iterator[tuple[str, Record | Rejection | SourceError]]:
    """Yield every source's path with its records and rejections; an unreadable one yields its error.

    ``-`` is JSON Lines on ``standard_input``.
    """
    for source in sources:
        if source == STANDARD_INPUT:
            yield from ((source, found) for found in read_json_lines(standard_input, "", columns))
            continue
        try:
            if is_remote(source):
                with fetched(source) as path:
                    yield from _read_file(source, Dump(path, form, columns))
                continue
            for path in find_paths(local_path(source)):
                yield from _read_file(printable_name(str(path)), Dump(path, form, columns))
        except SourceError as error:
            yield source, error


def _read_file(name: str, dump: Dump) -> Iterator[tuple[str, Record | Rejection | SourceError]]:
    try:
        yield from ((name, found) for found in dump.read())
    except SourceError as error:
        yield name, error
