"""JSON Lines, read so that a line of any length costs bounded memory."""

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from itertools import accumulate
from typing import IO, Any, cast

import numpy as np
import numpy.typing as npt
import orjson

from bienban.candidates import gathering_lines
from bienban.io.readers.chunks import CHUNK_BYTES, Chunk, chunk_of_values
from bienban.io.readers.columns import Columns
from bienban.io.readers.compressions import BREAKS, break_of
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.records import Reason, Record, Rejection, escaped

_MARK = b"\xef\xbb\xbf"
_ROWS = 4096  # of one chunk
_BLOCK = 1024 * 1024

Value = Mapping[str, Any] | Rejection


def read_json_lines(stream: IO[bytes], prefix: str, columns: Columns) -> Iterator[Record | Rejection]:
    """Yield each line's record or rejection; blank lines are none. Locator: ``<prefix>byte:<offset>``."""
    for chunk in json_lines_chunks(stream, prefix, columns):
        yield from chunk


def json_lines_chunks(
    stream: IO[bytes], prefix: str, columns: Columns, first: int = 0, end: int | None = None
) -> Iterator[Chunk]:
    """As ``read_json_lines``, many lines at a time. The stream stands at byte ``first``; lines from ``end`` on stay."""
    blocks: list[_Block] = []
    held = rows = 0
    for block in _blocks(cast(BufferedReader, stream), prefix, first, end):
        blocks.append(block)
        held += block.size
        rows += len(block.values)
        if held >= CHUNK_BYTES or rows >= _ROWS:
            yield _chunk(blocks, prefix, columns)
            blocks, held, rows = [], 0, 0
    if rows:
        yield _chunk(blocks, prefix, columns)


@dataclass(frozen=True, slots=True)
class _Block:
    """Neighbouring lines. All lists have one length."""

    values: list[Value]
    begins: list[int]  # of each line, in the stream
    may_gather: npt.NDArray[np.bool_]  # whether the text must be looked at by the filter
    size: int  # of all, in bytes


def _chunk(blocks: list[_Block], prefix: str, columns: Columns) -> Chunk:
    begins = [begin for block in blocks for begin in block.begins]
    return chunk_of_values(
        [value for block in blocks for value in block.values],
        lambda row: f"{prefix}byte:{begins[row]}",
        columns,
        np.concatenate([block.may_gather for block in blocks]),
    )


def _blocks(stream: BufferedReader, prefix: str, first: int, end: int | None) -> Iterator[_Block]:
    offset, rest = first, b""
    while end is None or offset < end:
        try:
            block, rest = _whole_lines(rest, stream.read1(_BLOCK))  # a full read would lose what stands before a break
            skipped = _skipped(stream) if len(rest) > MAX_RECORD_BYTES else 0
        except BREAKS as error:
            yield _rejected(break_of(error, f"{prefix}byte:{offset}"), offset)
            return
        if len(rest) > MAX_RECORD_BYTES:
            size = len(rest) + skipped
            told = rest.removeprefix(b"" if offset else _MARK)
            yield _rejected(_too_large(told, size, f"{prefix}byte:{offset}"), offset)
            offset, rest = offset + size, b""
        elif block:
            lines = block.removesuffix(b"\n").split(b"\n")
            begins = [*accumulate((len(line) + 1 for line in lines), initial=offset)][:-1]
            if end is not None:
                lines, begins = lines[: bisect_left(begins, end)], begins[: bisect_left(begins, end)]
            yield _parsed_block(block, lines, begins, prefix)
            offset += len(block)
        elif not rest:
            return


def _whole_lines(rest: bytes, data: bytes) -> tuple[bytes, bytes]:
    """What was read up to its last line break, and what follows; at the end of the stream all of it."""
    if not data:
        return rest, b""
    cut = data.rfind(b"\n") + 1
    return (rest + data[:cut], data[cut:]) if cut else (b"", rest + data)


def _skipped(stream: BufferedReader) -> int:
    """Go on behind the line's end; the bytes left out."""
    size = 0
    while rest := stream.readline(_BLOCK):
        size += len(rest)
        if rest.endswith(b"\n"):
            break
    return size


def _parsed_block(block: bytes, lines: list[bytes], begins: list[int], prefix: str) -> _Block:
    if begins[0] == 0:
        lines[0] = lines[0].removeprefix(_MARK)
    try:
        values: list[Value] = [*map(orjson.loads, lines)]
    except orjson.JSONDecodeError:
        return _told_apart(block, lines, begins, prefix)
    if {*map(type, values)} != {dict} or max(map(len, lines)) >= MAX_RECORD_BYTES:
        return _told_apart(block, lines, begins, prefix)
    may_gather = gathering_lines().may_name(block, np.array(begins) - begins[0], lines)
    return _Block(values, begins, may_gather, len(block))


def _told_apart(block: bytes, lines: list[bytes], begins: list[int], prefix: str) -> _Block:
    """Line by line: some are blank, or become rejections."""
    values: list[Value] = []
    places: list[int] = []
    for number, (line, begin) in enumerate(zip(lines, begins, strict=True), 1):
        line += b"\n" if block.endswith(b"\n") or number < len(lines) else b""
        if len(line) > MAX_RECORD_BYTES:
            values.append(_too_large(line, len(line), f"{prefix}byte:{begin}"))
        elif not line.isspace():
            values.append(_object(_parsed(line, f"{prefix}byte:{begin}"), f"{prefix}byte:{begin}", line[:500]))
        else:
            continue
        places.append(begin)
    return _Block(values, places, np.ones(len(places), np.bool_), len(block))


def _rejected(rejection: Rejection, begin: int) -> _Block:
    return _Block([rejection], [begin], np.ones(1, np.bool_), 0)


def _too_large(line: bytes, size: int, locator: str) -> Rejection:
    detail = f"{size:,} bytes; a record may have {MAX_RECORD_BYTES:,}"
    return Rejection(locator=locator, reason=Reason.TOO_LARGE, detail=detail, excerpt=escaped(line[:500]))


def _parsed(data: bytes, locator: str) -> Any:
    """The JSON value, or its rejection."""

    def rejected(reason: Reason, detail: str) -> Rejection:
        return Rejection(locator=locator, reason=reason, detail=detail, excerpt=escaped(data[:500]))

    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        try:
            # orjson refuses half surrogates and NaN; the record may be whole without them.
            return json.loads(data.decode())
        except UnicodeDecodeError as error:
            return rejected(Reason.INVALID_ENCODING, f"byte {error.start} is no UTF-8")
        except (ValueError, RecursionError) as error:
            return rejected(Reason.INVALID_JSON, str(error))


def _object(value: Any, locator: str, excerpt: bytes) -> Mapping[str, Any] | Rejection:
    if isinstance(value, (dict, Rejection)):
        return value
    detail = f"a JSON {type(value).__name__} where an object is wanted"
    return Rejection(locator=locator, reason=Reason.NOT_AN_OBJECT, detail=detail, excerpt=escaped(excerpt))
