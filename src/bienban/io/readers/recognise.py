"""What a stream holds, by its first bytes; the name decides only where the content leaves it open."""

import re
from typing import Literal

import orjson

Format = Literal["zip", "gzip", "json_lines", "json", "text"]

HEAD_BYTES = 64 * 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_OBJECT_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*[\"}]")
_ARRAY_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*[{\]]")
_LINES_NAMES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_LINES_TRIED = 20


def recognise(head: bytes, name: str) -> Format:
    """The format of a stream that begins with ``head`` (64 KiB) and is called ``name``."""
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(_GZIP):
        return "gzip"
    if _is_json_lines(head) or (name.lower().endswith(_LINES_NAMES) and head.strip()):
        return "json_lines"
    if _ARRAY_OPENS.match(head) or _OBJECT_OPENS.match(head):
        return "json"
    return "text"


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
