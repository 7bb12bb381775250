"""Compressed streams by their first bytes: gzip, bzip2, xz and zstd, of several members each."""

import bz2
import errno
import gzip
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from bienban.io.readers.limits import Budget, ExpandsTooFar
from bienban.io.readers.records import Reason, Rejection

_MAGIC = {
    "gzip": re.compile(rb"\x1f\x8b"),
    "bzip2": re.compile(rb"BZh[1-9]1AY&SY"),
    "xz": re.compile(rb"\xfd7zXZ\x00"),
    "zstd": re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),  # a frame, or one that is skipped
}
SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
# What the libraries raise on bytes that make no sense; OSError, too, when a nonsensical place is asked for.
_BROKEN = (
    *(EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError),
    *(struct.error, ValueError, RuntimeError, tarfile.TarError),
)
_AT_ONCE = 64 * 1024
_DISK_AT_FAULT = frozenset({errno.EIO, errno.ESTALE, errno.ENXIO, errno.EACCES, errno.EPERM})


class Damaged(Exception):
    """A compressed stream ends early or holds what cannot be expanded."""


BREAKS = (Damaged, ExpandsTooFar, UnicodeDecodeError)


def break_of(error: Exception, locator: str) -> Rejection:
    """What is told of a stream that cannot be read on: one rejection at the place of the break."""
    if isinstance(error, ExpandsTooFar):
        return Rejection(locator=locator, reason=Reason.EXPANDS_TOO_FAR, detail=str(error), excerpt="")
    if isinstance(error, UnicodeDecodeError):
        return Rejection(locator=locator, reason=Reason.INVALID_ENCODING, detail=str(error), excerpt="")
    detail = f"the compressed stream ends early or is damaged: {error}"
    return Rejection(locator=locator, reason=Reason.TRUNCATED, detail=detail, excerpt="")


def compression_of(head: bytes) -> str | None:
    """The compression of a stream that begins with ``head``; None: not compressed."""
    return next((name for name, magic in _MAGIC.items() if magic.match(head)), None)


def expand(stream: IO[bytes], compression: str, budget: Budget) -> io.BufferedReader:
    """The expanded stream. Reading raises Damaged or ExpandsTooFar."""
    return guarded(_opened(stream, compression), budget)


@contextmanager
def naming_damage() -> Iterator[None]:
    """Damaged for whatever the libraries raise on broken bytes inside the block."""
    try:
        yield
    except _BROKEN as error:
        raise Damaged(str(error)) from error
    except OSError as error:
        if error.errno in _DISK_AT_FAULT:  # the file is offered again
            raise
        raise Damaged(str(error)) from error


def guarded(stream: io.BufferedIOBase, budget: Budget) -> io.BufferedReader:
    """A decompressing stream whose output is counted and whose damage has one name."""
    return io.BufferedReader(_Guarded(stream, budget), _AT_ONCE)


def without_suffix(name: str) -> str:
    """The name of a compressed file without the ending that says so."""
    return next((name[: -len(suffix)] for suffix in SUFFIXES if name.lower().endswith(suffix)), name)


class _Guarded(io.RawIOBase):
    def __init__(self, stream: io.BufferedIOBase, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._break: Exception | None = None  # met behind bytes that had to be handed over first

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as the stream goes: formats are recognised by what the first one holds."""
        filled = 0
        while filled < len(buffer) and self._break is None:
            try:
                data = self._next(len(buffer) - filled)
            except BREAKS as error:
                self._break = error
                break
            if not data:
                return filled
            buffer[filled : filled + len(data)] = data
            filled += len(data)
        if self._break is not None and filled == 0:
            raise self._break
        return filled

    def _next(self, size: int) -> bytes:
        with naming_damage():
            data = self._stream.read1(min(size, _AT_ONCE))  # a full read would lose what stands before a break
        self._budget.spend(len(data))
        return data


def _opened(stream: IO[bytes], compression: str) -> io.BufferedIOBase:
    match compression:
        case "gzip":
            return gzip.open(stream)
        case "bzip2":
            return bz2.open(stream)
        case "xz":
            return lzma.open(stream)
        case "zstd":
            import pyarrow as pa

            return cast(io.BufferedIOBase, pa.CompressedInputStream(stream, "zstd"))
    raise ValueError(f"no such compression: {compression}")
