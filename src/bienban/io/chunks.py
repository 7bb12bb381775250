"""Neighbouring records of a dump in one piece: their texts as one column for the filter, records only where wanted.

Not here: the formats (``readers``), the filter (``bienban.candidates``).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bienban.candidates import KEPT, REASONS, filtered
from bienban.io.readers.records import Record, Rejection, SourceError

_ROWS = 2048
_LETTERS = 4 * 1024 * 1024
_REJECTED = -2

Found = Record | Rejection


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some records in the dump's order. ``records`` makes those of the given rows: a record or its rejection each."""

    texts: pa.Array  # (large) string; null where only the record can tell
    titles: pa.Array | None
    unsettled: npt.NDArray[
        np.bool_
    ]  # rows whose record is made before the filter: it may be rejected, or read otherwise
    records: Callable[[list[int]], list[Found]]


@dataclass(slots=True)
class Sifted:
    """What became of a chunk, in the dump's order."""

    found: list[tuple[Found, bool]] = field(default_factory=list)  # the bool: not dropped by the filter
    read: int = 0
    dropped: Counter[str] = field(default_factory=Counter)  # by reason


def sift(chunks: Iterable[Chunk], *, everything: bool = False) -> Iterator[Sifted]:
    """Reject, then filter: yield of each chunk the rejections and candidates, with ``everything`` also the others."""
    for chunk in chunks:
        yield _sifted(chunk, everything)


def chunked(found: Iterable[Found]) -> Iterator[Chunk]:
    """Chunks of records that come one by one. Memory: some megabytes of text."""
    held: list[Found] = []
    letters = 0
    try:
        for each in found:
            held.append(each)
            letters += len(each.text) if isinstance(each, Record) else 0
            if len(held) >= _ROWS or letters >= _LETTERS:
                yield _of_records(held)
                held, letters = [], 0
    except SourceError:  # what was read before a source broke counts
        if held:
            yield _of_records(held)
        raise
    if held:
        yield _of_records(held)


def _of_records(found: list[Found]) -> Chunk:
    is_record = [isinstance(each, Record) for each in found]
    return Chunk(
        texts=pa.array([each.text if isinstance(each, Record) else None for each in found], pa.large_string()),
        titles=pa.array([each.title if isinstance(each, Record) else None for each in found], pa.large_string()),
        unsettled=~np.array(is_record, np.bool_),
        records=lambda rows: [found[row] for row in rows],
    )


def _sifted(chunk: Chunk, everything: bool) -> Sifted:
    outcome = filtered(chunk.texts, chunk.titles).astype(np.int8)
    made = _made(chunk, np.flatnonzero(chunk.unsettled).tolist())
    records = {row: each for row, each in made.items() if isinstance(each, Record)}
    if records:
        texts = pa.array([each.text for each in records.values()], pa.large_string())
        titles = pa.array([each.title for each in records.values()], pa.large_string())
        outcome[list(records)] = filtered(texts, titles)
    wanted = range(len(outcome)) if everything else np.flatnonzero(outcome == KEPT).tolist()
    made |= _made(chunk, [row for row in wanted if row not in made])
    for row, each in made.items():
        if isinstance(each, Rejection):
            outcome[row] = _REJECTED
    shown = sorted(row for row in made if everything or outcome[row] < 0)
    return Sifted(
        found=[(made[row], bool(outcome[row] < 0)) for row in shown],
        read=len(outcome),
        dropped=Counter({reason: int(np.count_nonzero(outcome == at)) for at, reason in enumerate(REASONS)}),
    )


def _made(chunk: Chunk, rows: list[int]) -> dict[int, Found]:
    return dict(zip(rows, chunk.records(rows), strict=True)) if rows else {}
