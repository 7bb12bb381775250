"""Streams in a legacy charset that somebody gave, as UTF-8.

Not here: recognising a charset (``charsets.py``).
"""

import io

from bienban.io.readers.charsets import decode_charset, is_utf8
from bienban.io.readers.limits import HEAD_BYTES, MAX_RECORD_BYTES


def recoded(stream: io.BufferedReader, charset: str | None) -> io.BufferedReader:
    """The stream as UTF-8, when its first 64 KiB are not; places in it count the bytes of the UTF-8."""
    if charset is None or is_utf8(stream.peek(HEAD_BYTES)):
        return stream
    return io.BufferedReader(_Recoded(stream, charset), HEAD_BYTES)


class _Recoded(io.RawIOBase):
    """Line by line, for a letter may be several bytes. What stands for nothing stays as it is, to be rejected."""

    def __init__(self, stream: io.BufferedReader, charset: str) -> None:
        self._stream = stream
        self._charset = charset
        self._held = b""
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._at == len(self._held):
            self._at = 0
            self._held = self._line(self._stream.readline(MAX_RECORD_BYTES))
        data = self._held[self._at : self._at + len(buffer)]
        self._at += len(data)
        buffer[: len(data)] = data
        return len(data)

    def _line(self, line: bytes) -> bytes:
        try:
            return decode_charset(line, self._charset).encode()
        except UnicodeDecodeError:
            return line
