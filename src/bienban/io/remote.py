"""Dump files at any address that fsspec knows (https, s3, gs …): known by the store's own word for their state.

They are fetched whole, as one file at a time, then read like any file. Credentials come from the environment (as each
store's own library finds them) or from ``object_stores``; they are never part of a message.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import fsspec  # type: ignore[import-untyped]

from bienban.io.readers import SourceError

_LOCAL = frozenset({"file", "local"})
_SAME = {"https": "http", "s3a": "s3", "gcs": "gs"}  # one store under two names
_CONNECT_SECONDS, _SILENT_SECONDS = 10, 30
_WAITS = (1.0, 4.0)  # seconds before the second and the third try
_STATES = ("ETag", "etag", "md5Hash", "content_md5")  # what stores call the state of a file, best first
_TIMES = ("LastModified", "Last-Modified", "last_modified", "updated", "mtime", "created")
_FREE_SHARE = 0.9  # of the free disk: what a file may take

Options = Mapping[str, Any]
_given: ContextVar[Mapping[str, Options]] = ContextVar("storage options by protocol")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """What a store tells of one file."""

    url: str
    identity: str
    bytes: int | None  # None: the store does not tell


def is_remote(source: str) -> bool:
    """Whether ``source`` is an address of a store or server."""
    scheme = urlsplit(source).scheme if "://" in source else ""
    return scheme not in _LOCAL and scheme in fsspec.available_protocols()


@contextmanager
def object_stores(options: Mapping[str, Options]) -> Iterator[None]:
    """For the block: protocol (``s3``, ``gs``, ``http``) -> fsspec's storage options. They may hold secrets."""
    token = _given.set(options)
    try:
        yield
    finally:
        _given.reset(token)


def find_remote(url: str) -> list[RemoteFile]:
    """The file at ``url``, or all files below it, in order of their names; hidden ones are left out.

    Raises SourceError when the store does not answer, has no such file or tells no identity.
    """
    return _tried(url, lambda: _found(url))


@contextmanager
def fetched(url: str, identity: str | None = None) -> Iterator[Path]:
    """A local copy of the file at ``url`` for the block, under its own file name.

    Raises SourceError when it cannot be had, is no longer in the state ``identity``, or is larger than the disk.
    """
    with tempfile.TemporaryDirectory(prefix="bienban-") as folder:
        path = Path(folder) / (PurePosixPath(unquote(urlsplit(url).path)).name or "dump")
        _tried(url, lambda: _fetch(url, identity, path))
        yield path


def _found(url: str) -> list[RemoteFile]:
    files, place = opened(url)
    told = files.info(place)
    if told.get("type") != "directory":
        return [_told(url, told)]
    below = files.find(place, detail=True)
    start = place.rstrip("/") + "/"
    root = url.rstrip("/")
    return [
        _told(f"{root}/{name.removeprefix(start)}", each)
        for name, each in sorted(below.items())
        if not any(part.startswith(".") for part in name.removeprefix(start).split("/")) and each.get("size") != 0
    ]


def _fetch(url: str, identity: str | None, path: Path) -> None:
    files, place = opened(url)
    _unchanged(url, files.info(place), identity, path)
    files.get_file(place, str(path))
    told = _unchanged(url, files.info(place), identity, path)
    if told.bytes is not None and path.stat().st_size != told.bytes:
        raise OSError(f"{path.stat().st_size:,} of {told.bytes:,} bytes came")


def _unchanged(url: str, info: Mapping[str, Any], identity: str | None, path: Path) -> RemoteFile:
    told = _told(url, info)
    if identity is not None and told.identity != identity:
        raise SourceError(f"{shown(url)}: changed since it was offered; it is offered anew by the next run")
    room = shutil.disk_usage(path.parent).free * _FREE_SHARE
    if not path.exists() and told.bytes is not None and told.bytes > room:
        raise SourceError(
            f"{shown(url)}: {told.bytes:,} bytes do not fit on the disk of {path.parent}: make room there"
        )
    return told


def _told(url: str, info: Mapping[str, Any]) -> RemoteFile:
    size = info.get("size")
    state = next((str(info[key]) for key in _STATES if info.get(key)), None)
    if state is None:
        changed = next((info[key] for key in _TIMES if info.get(key)), None)
        if changed is None:
            raise SourceError(
                f"{shown(url)}: the server tells neither ETag nor Last-Modified; copy the file into the landing folder"
            )
        state = f"{'?' if size is None else size}-{changed}"
    return RemoteFile(url, state, size)


def opened(url: str) -> tuple[fsspec.AbstractFileSystem, str]:
    """The store of ``url`` and the file's place in it, with nothing remembered from before."""
    scheme = urlsplit(url).scheme
    protocol = _SAME.get(scheme, scheme)
    options = {**_patience(protocol), **_given.get({}).get(protocol, {})}
    try:
        files, place = fsspec.core.url_to_fs(url, skip_instance_cache=True, use_listings_cache=False, **options)
    except ImportError as error:
        raise SourceError(f"{shown(url)}: {error}") from error
    if hasattr(files, "retries"):
        files.retries = 1  # the tries are counted here
    return files, place


def _patience(protocol: str) -> dict[str, Any]:
    """How long each store may be silent."""
    if protocol == "http":
        import aiohttp

        waits = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS, sock_read=_SILENT_SECONDS)
        # No compression on the way: the size told must be the size received.
        return {"client_kwargs": {"timeout": waits, "headers": {"Accept-Encoding": "identity"}}}
    if protocol == "s3":
        patience = {"connect_timeout": _CONNECT_SECONDS, "read_timeout": _SILENT_SECONDS}
        return {"config_kwargs": {**patience, "retries": {"max_attempts": 0}}}
    return {}


def _tried(url: str, act: Callable[[], _T]) -> _T:
    """What ``act`` returns; tried again after failures that may pass. Raises SourceError with the reason."""
    reason = ""
    for wait in (0.0, *_WAITS):
        time.sleep(wait)
        try:
            return act()
        except SourceError:
            raise
        except (PermissionError, ValueError) as error:
            raise SourceError(f"{shown(url)}: {_without_secrets(error)}") from error
        except Exception as error:  # every store's library has its own
            told = _reason(error)
            if told is None:
                raise SourceError(f"{shown(url)}: there is no such file") from error
            reason = told
    raise SourceError(f"{shown(url)}: {reason}")


def _reason(error: Exception) -> str | None:
    """Why a try failed; None: there is no such file. What fails on the web is called a missing file, too."""
    cause = error.__cause__ if isinstance(error, FileNotFoundError) else error
    if not isinstance(cause, Exception) or getattr(cause, "status", 500) in (404, 410):
        return None
    return f"{type(cause).__name__}: {_without_secrets(cause)}".rstrip(": ")


def shown(url: str) -> str:
    """The address without user, password and signature."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()


def _without_secrets(error: Exception) -> str:
    """The message, unless it holds one of the secrets that were given."""
    text = str(error)
    given = [str(value) for options in _given.get({}).values() for value in options.values() if isinstance(value, str)]
    return "" if any(value and value in text for value in given) else text
