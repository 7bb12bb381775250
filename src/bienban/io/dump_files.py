"""The registry of dump files: what was offered, under which identity, and what became of it.

Not here: reading (``readers``), loading (``loader.py``).
"""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from psycopg import Connection

from bienban.identity import dump_file_id
from bienban.io.licences import licence_of
from bienban.io.readers import SourceError
from bienban.io.readers.text_files import META_SUFFIX, meta_name
from bienban.io.remote import RemoteFile, fetched, find_remote, is_remote

_UNKNOWN_SIZE = 1 << 40
UNFINISHED = ("pending", "loading", "failed")  # offered again


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpFile:
    """One file at one place in one state."""

    dump_file_id: str
    url: str
    identity: str
    bytes: int | None  # None: the server does not tell

    @property
    def weight(self) -> int:
        """Bytes for putting small files together; a file of unknown size is no small one."""
        return _UNKNOWN_SIZE if self.bytes is None else self.bytes

    @contextmanager
    def opened(self) -> Iterator[Path]:
        """The file for the block, in the state of ``identity`` at its begin and at its end.

        Raises SourceError when it cannot be had or changes meanwhile.
        """
        if is_remote(self.url):
            with fetched(self.url, self.identity) as path:
                yield path
            return
        path = local_path(self.url)
        self._check(path)
        yield path
        self._check(path)

    def _check(self, path: Path) -> None:
        if identity_of(path) != self.identity:
            raise SourceError(f"{path}: changed since it was offered; it is offered anew by the next run")


def find_dump_files(sources: Iterable[str]) -> list[DumpFile]:
    """The files that paths or URLs name; of a folder all in it, in order of their names.

    Raises SourceError naming the first source that is missing or cannot be listed.
    """
    found: dict[str, DumpFile] = {}
    for source in sources:
        for dump_file in _offered(source):
            found.setdefault(dump_file.dump_file_id, dump_file)
    return list(found.values())


def _offered(source: str) -> Iterator[DumpFile]:
    if is_remote(source):
        return map(_remote_file, find_remote(source))
    return map(_dump_file, find_paths(local_path(source)))


def local_path(source: str) -> Path:
    """The absolute path of a path or file URL. Raises SourceError for other URLs."""
    parts = urlsplit(source)
    if parts.scheme == "file":
        return Path(os.fsdecode(unquote_to_bytes(parts.path)))  # names need not be UTF-8
    if "://" in source:
        raise SourceError(f"{source}: no address that can be read; copy the file into the landing folder")
    return Path(source).expanduser().absolute()


def find_paths(path: Path) -> Iterator[Path]:
    """The file itself, or all regular files under a folder: no hidden ones, no metadata of a text."""
    if not path.is_dir():
        if not path.exists():
            raise SourceError(f"{path}: no such file or folder")
        yield path
        return

    def fail(error: OSError) -> None:
        raise SourceError(f"{error.filename}: {error.strerror}") from error

    for folder, folders, names in os.walk(path, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        present = set(names)
        for name in sorted(present):
            if not name.startswith(".") and not _is_metadata(name, present) and (Path(folder) / name).is_file():
                yield Path(folder) / name


def identity_of(path: Path) -> str:
    """Size and modification time, those of the metadata file beside a text included.

    Raises SourceError when the file is gone or cannot be looked at.
    """
    beside = path.with_name(meta_name(path.name))
    try:
        return "+".join(_size_and_time(each) for each in (path, beside) if each == path or each.is_file())
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error


def register(connection: Connection, files: list[DumpFile]) -> list[DumpFile]:
    """Write down new files as pending, with their licence; return those that are not loaded yet, in the given order."""
    ids = [each.dump_file_id for each in files]
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("select dump_file_id from raw.dump_files where dump_file_id = any(%s)", (ids,))
        known = {row[0] for row in cursor}
        cursor.executemany(
            "insert into raw.dump_files (dump_file_id, url, identity, bytes, licence) values (%s, %s, %s, %s, %s)"
            " on conflict (dump_file_id) do nothing",
            [
                (each.dump_file_id, each.url, each.identity, each.bytes, _licence(each))
                for each in files
                if each.dump_file_id not in known
            ],
        )
        cursor.execute(
            "select dump_file_id from raw.dump_files where dump_file_id = any(%s) and status = any(%s)",
            (ids, list(UNFINISHED)),
        )
        open_ids = {row[0] for row in cursor}
    return [each for each in files if each.dump_file_id in open_ids]


def registered(connection: Connection, ids: list[str]) -> list[DumpFile]:
    """The registered files among ``ids`` that are not loaded yet, in the given order.

    Raises SourceError for an id that was never registered.
    """
    rows = connection.execute(
        "select dump_file_id, url, identity, bytes, status from raw.dump_files where dump_file_id = any(%s)", (ids,)
    ).fetchall()
    known = {row[0]: row for row in rows}
    if missing := [each for each in ids if each not in known]:
        raise SourceError(f"unknown dump file {missing[0]}: discover it first")
    return [
        DumpFile(
            dump_file_id=each,
            url=known[each][1],
            identity=known[each][2],
            bytes=known[each][3],
        )
        for each in ids
        if known[each][4] in UNFINISHED
    ]


def _licence(dump_file: DumpFile) -> str | None:
    return None if is_remote(dump_file.url) else licence_of(local_path(dump_file.url))


def _dump_file(path: Path) -> DumpFile:
    url, identity = path.as_uri(), identity_of(path)
    size = path.stat().st_size
    return DumpFile(dump_file_id=dump_file_id(url, identity), url=url, identity=identity, bytes=size)


def _remote_file(told: RemoteFile) -> DumpFile:
    key = dump_file_id(told.url, told.identity)
    return DumpFile(dump_file_id=key, url=told.url, identity=told.identity, bytes=told.bytes)


def _size_and_time(path: Path) -> str:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise SourceError(f"{path}: no regular file")
    return f"{found.st_size}-{found.st_mtime_ns}"


def _is_metadata(name: str, present: set[str]) -> bool:
    base = name.removesuffix(META_SUFFIX)
    return name != base and any(base + ending in present for ending in (".txt", ".txt.seg", ".seg", ""))
