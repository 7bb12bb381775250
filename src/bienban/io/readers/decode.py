"""Bytes of one text to characters: UTF-8, UTF-16 with its mark, a legacy charset that proves itself; no guesses."""

import codecs

from bienban.io.readers.charsets import CHARSETS, decode_charset, recognise_charset, repaired
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
            return decode_as(data[len(mark) :], encoding)
    if is_binary(data):
        raise Undecodable(Reason.BINARY, "not a text file: too many control bytes")
    try:
        return repaired(decode_as(data.removeprefix(codecs.BOM_UTF8), "utf-8"))
    except Undecodable:
        charset = recognise_charset(data)
        if charset is None:
            raise
        return decode_as(data, charset)


def decode_as(data: bytes, encoding: str) -> str:
    """The characters of ``data`` in a named encoding. Raises Undecodable naming the byte that is none."""
    try:
        return decode_charset(data, encoding) if encoding in CHARSETS else data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        detail = str(error)
        if isinstance(error, UnicodeDecodeError):
            shown = data[error.start : error.start + 4].hex(" ")
            detail = f"byte {error.start} ({shown}) is no {encoding.upper()}"
        raise Undecodable(Reason.INVALID_ENCODING, detail) from error


def is_binary(data: bytes) -> bool:
    """Control bytes, or NULs as in UTF-16 without its mark, past any text's share. Of the first 8 KiB."""
    sample = data[:_SAMPLE]
    if sample.startswith(tuple(_UTF16_MARKS)):
        return False
    odd = len(sample) - len(sample.translate(None, _CONTROLS))
    return odd > max(1, len(sample)) * _BINARY_SHARE and odd > 1
