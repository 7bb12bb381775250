"""What a stream holds, by its first bytes; the name decides only where the content leaves it open."""

import re
from typing import Literal

import orjson

from bienban.io.readers.compressions import without_suffix

Format = Literal["json_lines", "json", "text"]

HEAD_BYTES = 64 * 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OBJECT_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*[\"}]")
_ARRAY_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*[{\]]")
_LINES_NAMES = (".jsonl", ".ndjson")
_LINES_TRIED = 20


def recognise(head: bytes, name: str) -> Format:
    """The format of an expanded stream that begins with ``head`` (64 KiB) and is called ``name``."""
    if _is_json_lines(head) or (without_suffix(name).lower().endswith(_LINES_NAMES) and head.strip()):
        return "json_lines"
    if _ARRAY_OPENS.match(head) or _OBJECT_OPENS.match(head):
        return "json"
    return "text"


def is_parquet(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a Parquet file."""
    return head.startswith(b"PAR1")


def is_zip(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a zip archive."""
    return head.startswith(_ZIP)


def _is_json_lines(head: bytes) -> bool:
    if not _OBJECT_OPENS.match(head):
        return False
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").split(b"\n")[:_LINES_TRIED] if line.strip()]
    if len(head) >= HEAD_BYTES and b"\n" not in head.lstrip():
        return True  # one long line that opens an object
    # One broken line must not turn a dump into prose.
    return 2 * sum(_is_object(line) for line in lines) >= len(lines)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False
