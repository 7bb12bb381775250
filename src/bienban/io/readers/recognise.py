"""What a stream holds, by its first bytes; the name decides only where the content leaves it open."""

import re
import tarfile
from typing import Literal

import orjson

from bienban.io.readers.arrow_ipc import is_arrow
from bienban.io.readers.bson_documents import is_bson
from bienban.io.readers.columns import Columns
from bienban.io.readers.feeds import is_xml
from bienban.io.readers.json_documents import holds_rows
from bienban.io.readers.limits import HEAD_BYTES
from bienban.io.readers.pages import PAGE_OPENS
from bienban.io.readers.tables import find_table
from bienban.io.readers.warc import is_warc

Format = Literal["arrow", "bson", "csv", "html", "json", "json_lines", "parquet", "text", "warc", "xml"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PARQUET = b"PAR1"
_OBJECT_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*[\"}]")
_ARRAY_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*[{\]]")
_VALUE_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[\"{]")  # no record, but no prose either
_PAGE_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?" + PAGE_OPENS.encode(), re.IGNORECASE | re.DOTALL)
_PIECE_OPENS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:p|div|table|article|section|h[1-6]|span|ul)\b[^<>]*>", re.IGNORECASE
)
_LINES_NAMES = (".jsonl", ".ndjson")
_JSON_NAMES = (".json",)
_PAGE_NAMES = (".html", ".htm", ".xhtml")
_TABLE_NAMES = (".csv", ".tsv", ".tab")
_LINES_TRIED = 20
_BLOCK = 512


def recognise(head: bytes, name: str, columns: Columns) -> Format:
    """The format of an expanded stream that begins with ``head`` (64 KiB) and is called ``name``, suffix and all."""
    name = name.lower()
    if head.startswith(_PARQUET):
        return "parquet"
    if is_arrow(head):
        return "arrow"
    if is_warc(head):
        return "warc"
    if is_bson(head):
        return "bson"
    if _is_json_lines(head) and holds_rows(head, columns):
        return "json"
    if _is_json_lines(head) or (name.endswith(_LINES_NAMES) and head.strip()):
        return "json_lines"
    if _ARRAY_OPENS.match(head) or _OBJECT_OPENS.match(head):
        return "json"
    if _PAGE_OPENS.match(head) or (name.endswith(_PAGE_NAMES) and _PIECE_OPENS.match(head)):
        return "html"
    if is_xml(head):
        return "xml"
    if name.endswith(_JSON_NAMES) and _VALUE_OPENS.match(head):
        return "json"
    if name.endswith(_TABLE_NAMES) and head.strip():
        return "csv"  # or it fails: a table that was read as one text would be lost unseen
    if find_table(head, columns, is_named_so=False) is not None:
        return "csv"
    return "text"


def is_archive(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is an archive of files."""
    return is_zip(head) or is_tar(head)


def is_zip(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a zip archive."""
    return head.startswith(_ZIP)


def is_tar(head: bytes) -> bool:
    """Whether an expanded stream begins with the header of a tar member: its checksum is right."""
    try:
        return len(head) >= _BLOCK and bool(tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape"))
    except (tarfile.HeaderError, ValueError):
        return False


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
