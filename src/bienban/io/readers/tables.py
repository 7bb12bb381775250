"""How a table is written: its divider, its quotes, its charset, and where the row stands that names its columns.

Not here: reading its rows (``csv_rows.py``).
"""

import codecs
import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bienban.io.readers.charsets import is_utf8, recognise_charset
from bienban.io.readers.columns import Columns, is_column
from bienban.io.readers.decode import Undecodable, decode_as
from bienban.io.readers.limits import HEAD_BYTES

_DELIMITERS = (",", ";", "\t", "|", "^", "\x01")
_NO_DELIMITER = "\x1f"  # of a table with one column: stands in no text
_TRIED_ROWS = 20
_TRIED_LINES = 8  # for the names: exports put a title above them, spreadsheets "sep=;"
_NAME_CHARS = 40  # of a text's column, at most
_MOST_COLUMNS = 1000
_HALF, _NEARLY_ALL, _PROOF_ROWS = 0.5, 0.9, 4
_QUOTED = 3  # fields between single quotes
_ESCAPED_QUOTE = re.compile(r'\\"(?=[^",;\t|^\x01\r\n])')  # elsewhere a field may end with a backslash
_ESCAPED_LETTER = re.compile(r"\\([\\nrtN])")
_LETTERS = {"\\": "\\", "n": "\n", "r": "\r", "t": "\t", "N": ""}
_NOTHING = re.compile(r"(?:(?<=[,;\t|])|^)\\N(?=[,;\t|\r\n]|$)")


@dataclass(frozen=True, slots=True)
class Table:
    """How the rows of a table are written."""

    delimiter: str = ","
    charset: str = "utf-8"
    quote: str = '"'
    has_backslashes: bool = False  # before quotes, as databases write them; \\N is nothing
    has_quotes: bool = True  # without them line ends and tabs are written as \\n and \\t
    names_at: int = 0  # lines above that one are none of the table

    def row(self, lines: Iterable[str]) -> list[str] | None:
        """The first row of the lines, as many of which are taken as it has; None at their end. Raises csv.Error."""
        if not self.has_quotes:
            line = next(iter(lines), None)
            return None if line is None else self.parted(line)
        told = (_NOTHING.sub("", line) for line in lines) if self.has_backslashes else lines
        escape = "\\" if self.has_backslashes else None
        return next(
            csv.reader(told, delimiter=self.delimiter, quotechar=self.quote, escapechar=escape, strict=True), None
        )

    def parted(self, line: str) -> list[str]:
        """The fields of a row in which quotes are letters like others."""
        fields = line.rstrip("\r\n").split(self.delimiter)
        if self.has_quotes:
            return fields
        return [_ESCAPED_LETTER.sub(lambda found: _LETTERS[found[1]], each) for each in fields] if line.strip() else []

    def decoded(self, line: bytes, *, is_first: bool) -> str:
        """The characters of a line. Raises Undecodable."""
        return decode_as(line.removeprefix(codecs.BOM_UTF8) if is_first else line, self.charset)


def find_table(head: bytes, columns: Columns, *, is_named_so: bool) -> Table | None:
    """How the table is written that begins with ``head`` (64 KiB); None: it is no table.

    One of its first rows names a text and another column that is known, and half of the rows are as wide; where it
    names a text only, more rows and nearly all of them: prose has commas, too. What is called a table needs no known
    column and may have a single one.
    """
    charset = "utf-8" if is_utf8(head) else recognise_charset(head) or "utf-8"
    try:
        text = head.decode("utf-8-sig", "replace") if charset == "utf-8" else decode_as(head, charset)
    except Undecodable:
        return None
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    if len(head) >= HEAD_BYTES and len(lines) > 1:
        lines.pop()  # cut off
    for delimiter in _DELIMITERS:
        places = [at for at, line in enumerate(lines[:_TRIED_LINES]) if _may_name(line, delimiter, columns)]
        if not places and not is_named_so:
            continue  # prose: what follows takes its time
        table = _written(text, delimiter, charset)
        if found := _named(table, lines, places, columns) or (is_named_so and _unnamed(table, lines)):
            return found
    if not is_named_so:
        return None
    single = _written(text, _NO_DELIMITER, charset)
    rows = _first_rows(single, lines[:1])
    return single if rows and is_column(rows[0][0], columns.get("text", ())) else None


def _written(text: str, delimiter: str, charset: str) -> Table:
    """A table with that delimiter as its text lets expect it."""
    table = Table(delimiter, charset, has_backslashes=bool(_ESCAPED_QUOTE.search(text)))
    divider = re.escape(delimiter)
    opened, single, closed = (
        len(re.findall(pattern, text, re.MULTILINE))
        for pattern in (rf'(?:^|{divider})"', rf"(?:^|{divider})'", rf"'(?:$|\r|{divider})")
    )
    if opened:
        return table
    if delimiter == "\t" and _ESCAPED_LETTER.search(text):
        return replace(table, has_quotes=False)
    return replace(table, quote="'") if closed >= _QUOTED and closed >= _NEARLY_ALL * single else table


def _may_name(line: str, delimiter: str, columns: Columns) -> bool:
    """Whether the line has a column of texts; a look at it, no proof."""
    if delimiter not in line:
        return False
    names = (each.strip(" \r\n\"'") for each in line.split(delimiter, _MOST_COLUMNS))
    return any(len(name) <= _NAME_CHARS and is_column(name, columns.get("text", ())) for name in names)


def _named(table: Table, lines: list[str], places: list[int], columns: Columns) -> Table | None:
    """The table, when one of its lines in these places names its columns."""
    for at in places:
        rows = _first_rows(table, lines[at:])
        names = rows[0] if rows else []
        if len(names) < 2 or not any(is_column(name, columns.get("text", ())) for name in names):
            continue
        alike = sum(len(row) == len(names) for row in rows) / len(rows)
        known = sum(any(is_column(name, each) for name in names) for each in columns.values())
        if alike >= _HALF if known > 1 else at == 0 and len(rows) >= _PROOF_ROWS and alike >= _NEARLY_ALL:
            return replace(table, names_at=at)
    return None


def _unnamed(table: Table, lines: list[str]) -> Table | None:
    """The table, when its first rows are as wide as the first one, whatever that names."""
    rows = _first_rows(table, lines)
    is_table = bool(rows) and len(rows[0]) > 1 and sum(len(row) == len(rows[0]) for row in rows) >= _HALF * len(rows)
    return table if is_table else None


def _first_rows(table: Table, lines: list[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    left = iter(lines)
    try:
        while len(rows) <= _TRIED_ROWS and (row := table.row(left)) is not None:
            rows += [row] if row else []
    except csv.Error:
        pass  # what was read until then decides
    return rows
