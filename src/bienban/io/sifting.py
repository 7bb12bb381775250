"""Reject, then filter: a dump's chunks through the candidate filter.

Not here: the formats (``readers``), the filter (``bienban.candidates``).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from bienban.candidates import KEPT, REASONS, filtered
from bienban.io.readers.chunks import Chunk
from bienban.io.readers.records import Record, Rejection

_REJECTED = -2

Found = Record | Rejection


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
