"""Dump files on the web: known by the server's own word for their state, fetched whole, then read like any file."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import httpx

from bienban.io.readers import SourceError

_SCHEMES = ("http", "https")
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)  # seconds without a byte
_WAITS = (1.0, 4.0)  # seconds before the second and the third try


def is_remote(source: str) -> bool:
    """Whether ``source`` is an address on the web."""
    return urlsplit(source).scheme in _SCHEMES


def identify(url: str) -> tuple[str, int | None]:
    """The identity (ETag, else date and size) and the size of what stands at ``url``.

    Raises SourceError when the server does not answer, has no such file or tells no identity.
    """
    for headers in _tries(url, None):
        return _identity(url, headers), _size(headers)
    raise AssertionError("a try yields or raises")


@contextmanager
def fetched(url: str, identity: str | None = None) -> Iterator[Path]:
    """A local copy of ``url`` for the block, under its own file name.

    Raises SourceError when it cannot be had, or is no longer in the state ``identity``.
    """
    with tempfile.TemporaryDirectory(prefix="bienban-") as folder:
        path = Path(folder) / (PurePosixPath(unquote(urlsplit(url).path)).name or "dump")
        for headers in _tries(url, path):
            if identity is not None and _identity(url, headers) != identity:
                raise SourceError(f"{url}: changed since it was offered; it is offered anew by the next run")
        yield path


def _tries(url: str, target: Path | None) -> Iterator[httpx.Headers]:
    """Ask for the headers, or with a ``target`` for the whole; again after failures that may pass."""
    reason = ""
    for wait in (0.0, *_WAITS):
        time.sleep(wait)
        try:
            yield _get(url, target)
            return
        except httpx.HTTPStatusError as error:
            reason = f"the server answers {error.response.status_code} {error.response.reason_phrase}"
            if error.response.status_code < 500:
                break
        except httpx.TransportError as error:
            reason = f"{type(error).__name__}: {error}".rstrip(": ")
        except httpx.InvalidURL as error:
            raise SourceError(f"{url}: {error}") from error
    raise SourceError(f"{url}: {reason}")


def _get(url: str, target: Path | None) -> httpx.Headers:
    # No compression on the way: the size told must be the size received.
    with (
        httpx.Client(timeout=_TIMEOUT, follow_redirects=True, headers={"Accept-Encoding": "identity"}) as client,
        client.stream("GET", url) as response,
    ):
        response.raise_for_status()
        if target is not None:
            with target.open("wb") as file:
                for block in response.iter_raw():
                    file.write(block)
            told = _size(response.headers)
            if told is not None and target.stat().st_size != told:
                raise httpx.ReadError(f"{target.stat().st_size:,} of {told:,} bytes came")
        return response.headers


def _identity(url: str, headers: httpx.Headers) -> str:
    if etag := headers.get("etag"):
        return str(etag)
    if "last-modified" in headers:
        return f"{headers.get('content-length', '?')}-{headers['last-modified']}"
    raise SourceError(f"{url}: the server tells neither ETag nor Last-Modified; copy the file into the landing folder")


def _size(headers: httpx.Headers) -> int | None:
    told = headers.get("content-length", "")
    return int(told) if told.isdigit() else None
