"""CSV and its sisters: the first row names the columns; a wrong row costs itself, not the rest.

A row that opens a quote and does not close it rightly is given up with its first line; reading goes on at the second.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from bienban.io.readers.columns import Columns, is_column
from bienban.io.readers.compressions import BREAKS, break_of
from bienban.io.readers.decode import Undecodable
from bienban.io.readers.fields import record_of
from bienban.io.readers.limits import HEAD_BYTES, MAX_RECORD_BYTES
from bienban.io.readers.records import NoText, Reason, Record, Rejection, escaped
from bienban.io.readers.tables import Table, find_table

_RETRIED_BYTES = 1024 * 1024  # of a broken row: behind more, its lines are given up together

csv.field_size_limit(MAX_RECORD_BYTES)


def read_csv(
    stream: io.BufferedReader, prefix: str, columns: Columns, first: int = 0, end: int | None = None
) -> Iterator[Record | Rejection]:
    """Yield each row's record or rejection. Locator: ``<prefix>byte:<offset>``, where the row begins.

    Of a stream that can seek, only the rows that begin before ``end``, from ``first`` on, where one begins.
    Raises NoText when no column of the first row could be the text.
    """
    lines = _Lines(stream)
    try:
        table = find_table(stream.peek(HEAD_BYTES), columns, is_named_so=True) or Table()
        rows = _rows(lines, table)
        names = next((row for _, row in rows if isinstance(row, list)), [])
        if not any(is_column(name, columns["text"]) for name in names):
            raise NoText(names)
        lines.go_on_at(first)
        for offset, row in rows:
            if end is not None and offset >= end:
                return
            locator = f"{prefix}byte:{offset}"
            if isinstance(row, _Wrong):
                yield Rejection(locator=locator, reason=row.reason, detail=row.detail, excerpt=escaped(row.data[:500]))
            else:
                yield record_of(dict(zip(names, row, strict=True)), locator, columns)
    except BREAKS as error:
        yield break_of(error, f"{prefix}byte:{lines.offset}")


def row_places(stream: io.BufferedReader, columns: Columns) -> Iterator[int]:
    """Where the rows of a table begin, also those that are rejected."""
    table = find_table(stream.peek(HEAD_BYTES), columns, is_named_so=True) or Table()
    yield from (offset for offset, _ in _rows(_Lines(stream), table))


@dataclass(frozen=True, slots=True)
class _Wrong:
    reason: Reason
    detail: str
    data: bytes


class _Lines:
    """Lines with their offsets; some can be put back."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._back: deque[bytes] = deque()
        self.offset = 0

    def next(self) -> bytes:
        """The next line with its end, up to 16 MiB of it; empty at the end of the stream."""
        line = self._back.popleft() if self._back else self._stream.readline(MAX_RECORD_BYTES + 1)
        self.offset += len(line)
        return line

    def put_back(self, lines: list[bytes]) -> None:
        """Lines that ``next`` gave, in their order."""
        self._back.extendleft(reversed(lines))
        self.offset -= sum(map(len, lines))

    def go_on_at(self, offset: int) -> None:
        """Go to a line that begins behind what was given; nothing happens when it was."""
        if offset > self.offset:
            self._stream.seek(offset)
            self._back.clear()
            self.offset = offset

    def skip_rest_of(self, line: bytes) -> None:
        """Go behind the end of a line of which only a part was given."""
        while line and not line.endswith(b"\n"):
            line = self.next()


def _rows(lines: _Lines, table: Table) -> Iterator[tuple[int, list[str] | _Wrong]]:
    """Rows as wide as the first one, with the offset of their first byte; blank ones are none."""
    for _ in range(table.names_at):
        lines.next()
    width: int | None = None
    while True:
        start = lines.offset
        taken: list[bytes] = []
        try:
            row = _row(lines, taken, table)
            if row is None:
                return
            if not row:
                continue
            if len(row) != (width := width or len(row)):
                raise _WrongWidth(f"{len(row)} fields where the first row has {width}")
            yield start, row
        except (csv.Error, Undecodable) as error:
            yield start, _unquoted(taken[0], table, width) or _wrong(taken, error)
            if sum(map(len, taken)) > MAX_RECORD_BYTES:
                lines.skip_rest_of(taken[-1])
            elif not isinstance(error, _WrongWidth) and sum(map(len, taken)) <= _RETRIED_BYTES:
                lines.put_back(taken[1:])


class _WrongWidth(csv.Error):
    """A row that is well written and has too many fields, or too few."""


def _wrong(taken: list[bytes], error: Exception) -> _Wrong:
    if sum(map(len, taken)) > MAX_RECORD_BYTES:
        return _Wrong(Reason.TOO_LARGE, f"a record may have {MAX_RECORD_BYTES:,} bytes", taken[0])
    reason = error.reason if isinstance(error, Undecodable) else Reason.INVALID_RECORD
    return _Wrong(reason, str(error), taken[0])


def _row(lines: _Lines, taken: list[bytes], table: Table) -> list[str] | None:
    """The next row; None at the end. ``taken`` gets its lines. Raises csv.Error and Undecodable."""

    def fed() -> Iterator[str]:
        size = 0
        while line := lines.next():
            taken.append(line)
            size += len(line)
            if size > MAX_RECORD_BYTES:
                raise csv.Error("too large")
            yield table.decoded(line, is_first=lines.offset == len(line))

    return table.row(fed())


def _unquoted(line: bytes, table: Table, width: int | None) -> list[str] | None:
    """Tables with tabs are often written without quoting: quotes are then letters like others."""
    if table.delimiter != "\t":
        return None
    try:
        row = table.parted(table.decoded(line, is_first=False))
    except Undecodable:
        return None
    return row if len(row) == width else None
