"""JSON that is read value by value, with bounded memory: into what is too large for one value, one goes.

Not here: what is a record (``json_documents.py``).
"""

import codecs
import json
from collections.abc import Iterator
from itertools import count
from typing import IO, Any

from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.records import Reason, Rejection, escaped

_READ_BYTES = 256 * 1024
_SPACE = " \t\r\n"
_DECODER = json.JSONDecoder()
_LONGEST_TOKEN = 16  # letters before a break in which an error may be the break's
_SHOWN = 500  # letters


class BrokenJson(Exception):
    """No value can be read any more."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(rejection.detail)
        self.rejection = rejection


class JsonText:
    """JSON in a stream, from ``at`` on, read as far as it is needed."""

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

    def value(self, locator: str) -> Any:
        """The value that begins here; ``at`` goes behind it. Raises BrokenJson, and stays where it is."""
        size = _READ_BYTES
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self.at)
            except (ValueError, RecursionError) as error:
                if self._is_wrong(error) or not self._more(size):
                    reason = Reason.TRUNCATED if self._ended and not self._is_wrong(error) else Reason.INVALID_JSON
                    raise self._broken(locator, reason, str(error)) from error
            else:
                if end < len(self._held) or not self._more(size):
                    self.at = end
                    return value
            if len(self._held) - self.at > MAX_RECORD_BYTES:
                raise self._broken(locator, Reason.TOO_LARGE, f"a record may have {MAX_RECORD_BYTES:,} bytes")
            size *= 2

    def keys(self, locator: str) -> Iterator[tuple[str, str]]:
        """Go into the object that begins here: each key, and the first character of its value. Who asks reads that."""
        self.skip()
        self.at += 1
        while self.skip() != "}":
            key = self.value(locator)
            if not isinstance(key, str) or self.skip() != ":":
                raise self._broken(locator, Reason.INVALID_JSON, "an object without keys")
            self.at += 1
            yield key, self.skip()
            self.skip_comma()
        self.at += 1

    def items(self) -> Iterator[int]:
        """Go into the array that begins here: the index of each value. Who asks reads it."""
        self.at += 1
        for index in count():
            if self.skip() == "]":
                self.at += 1
                return
            yield index
            self.skip_comma()

    def values(self) -> Iterator[int]:
        """One after the other up to the end, with or without commas: the index of each. Who asks reads it."""
        for index in count():
            if index and not self.skip():
                return
            yield index
            self.skip_comma()

    def skip_comma(self) -> None:
        """Go behind a comma, if one comes next."""
        if self.skip() == ",":
            self.at += 1

    def begin(self, size: int) -> str:
        """What comes next, without going there."""
        return self._held[self.at : self.at + size]

    def _broken(self, locator: str, reason: Reason, detail: str) -> BrokenJson:
        shown = escaped(self.begin(_SHOWN))
        return BrokenJson(Rejection(locator=locator, reason=reason, detail=detail, excerpt=shown))

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
