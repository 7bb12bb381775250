"""Bytes of one text file to characters: UTF-8, UTF-16 with its mark; anything else is refused, not guessed."""

import codecs

from bienban.io.readers.records import Reason

_UTF16_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# C0 controls that stand in no text; form feed and escape slip into exports.
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b")))
_SAMPLE = 8192
_BINARY_SHARE = 0.02


class Undecodable(ValueError):
    """The bytes are no text in a known encoding."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def decode(data: bytes) -> str:
    """The characters of ``data``, a leading byte order mark removed, line ends kept.

    Raises Undecodable with ``binary`` or ``invalid_encoding``.
    """
    for mark, encoding in _UTF16_MARKS.items():
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if is_binary(data):
        raise Undecodable(Reason.BINARY, "not a text file: too many control bytes")
    return _strict(data.removeprefix(codecs.BOM_UTF8), "utf-8")


def is_binary(data: bytes) -> bool:
    """Control bytes, or NULs as in UTF-16 without its mark, past any text's share. Of the first 8 KiB."""
    sample = data[:_SAMPLE]
    if sample.startswith(tuple(_UTF16_MARKS)):
        return False
    odd = len(sample) - len(sample.translate(None, _CONTROLS))
    return odd > max(1, len(sample)) * _BINARY_SHARE and odd > 1


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        detail = f"byte {error.start} ({data[error.start : error.start + 4].hex(' ')}) is no {encoding.upper()}"
        raise Undecodable(Reason.INVALID_ENCODING, detail) from error
