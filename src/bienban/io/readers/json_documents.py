"""One JSON object, or an array of them of any length: an item at a time, with bounded memory."""

import codecs
import json
from collections.abc import Iterator
from typing import IO, Any

from bienban.io.readers.compressions import BREAKS, break_of
from bienban.io.readers.fields import Columns, record_of
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.records import Reason, Record, Rejection, escaped

_READ_BYTES = 256 * 1024
_SPACE = " \t\r\n"
_DECODER = json.JSONDecoder()
_LONGEST_TOKEN = 16  # letters before a break in which an error may be the break's


def read_json(stream: IO[bytes], prefix: str, columns: Columns) -> Iterator[Record | Rejection]:
    """Yield the record of one object, or those of an array. Locator: ``<prefix>item:<index from 0>``.

    An array that is broken ends with one rejection: what follows cannot be found.
    """
    text = _Text(stream)
    index = 0
    try:
        is_array = text.skip() == "["
        if is_array:
            text.at += 1
        while (char := text.skip()) or index == 0 or is_array:
            locator = f"{prefix}item:{index}"
            if is_array and char == "]":
                return
            try:
                value = text.value()
            except _Broken as error:
                yield Rejection(
                    locator=locator, reason=error.reason, detail=error.detail, excerpt=escaped(text.shown())
                )
                return
            yield _record(value, locator, columns)
            index += 1
            if text.skip() == ",":
                text.at += 1
            elif not is_array:
                return
    except BREAKS as error:
        yield break_of(error, f"{prefix}item:{index}")


def _record(value: Any, locator: str, columns: Columns) -> Record | Rejection:
    if isinstance(value, dict):
        return record_of(value, locator, columns)
    detail = f"a JSON {type(value).__name__} where an object is wanted"
    return Rejection(locator=locator, reason=Reason.NOT_AN_OBJECT, detail=detail, excerpt=escaped(str(value)[:500]))


class _Broken(Exception):
    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class _Text:
    """Characters of a stream from ``at`` on, read as far as they are needed."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._held = ""
        self._ended = False
        self.at = 0

    def skip(self) -> str:
        """Go behind white space; the character there, "" at the end."""
        while True:
            while self.at < len(self._held) and self._held[self.at] in _SPACE:
                self.at += 1
            if self.at < len(self._held) or not self._more(_READ_BYTES):
                return self._held[self.at : self.at + 1]

    def value(self) -> Any:
        """The JSON value that begins here; ``at`` goes behind it. Raises _Broken."""
        size = _READ_BYTES
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self.at)
            except (ValueError, RecursionError) as error:
                if self._is_wrong(error) or not self._more(size):
                    reason = Reason.TRUNCATED if self._ended and not self._is_wrong(error) else Reason.INVALID_JSON
                    raise _Broken(reason, str(error)) from error
            else:
                if end < len(self._held) or not self._more(size):
                    self.at = end
                    return value
            if len(self._held) - self.at > MAX_RECORD_BYTES:
                raise _Broken(Reason.TOO_LARGE, f"a record may have {MAX_RECORD_BYTES:,} bytes")
            size *= 2

    def shown(self) -> str:
        """What stands here, for people."""
        return self._held[self.at : self.at + 500]

    def _is_wrong(self, error: Exception) -> bool:
        """Whether more characters cannot help: the error stands before the end, and no string is open."""
        if not isinstance(error, json.JSONDecodeError):
            return True
        is_open = error.msg.startswith("Unterminated string")
        return not is_open and error.pos < len(self._held) - _LONGEST_TOKEN

    def _more(self, size: int) -> bool:
        """Read on; False: the stream is over."""
        if self._ended:
            return False
        data = self._stream.read(size)
        self._ended = not data
        self._held = self._held[self.at :] + self._decoder.decode(data, final=self._ended)
        self.at = 0
        return not self._ended
