"""Which lines of JSON may name a phrase, told by their bytes as they stand: the texts of most need no second look.

More lines than hold one are told, never fewer: borders of words do not count, the phrase may stand in any field.

Not here: which phrases (``lexicon/candidates.yml``); where they stand in a text (``phrases.py``).
"""

from collections.abc import Iterable, Sequence

import hyperscan
import numpy as np
import numpy.typing as npt

from bienban.spellings import escaped_spellings

# What may hide a phrase: letters written as numbers, blanks of other kinds and combining marks.
_HIDING = (rb"\u", rb"\r", rb"\t", b"\xcc", b"\xc2\xa0", b"  ")


class LineScanner:
    """Finds the lines that may name one of some phrases."""

    def __init__(self, phrases: Iterable[str]) -> None:
        found = sorted({spelled for phrase in phrases for spelled in escaped_spellings(phrase)})
        self._engine = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        # An id for each: literals that share one take hyperscan a hundred times as long to compile.
        self._engine.compile(
            expressions=[*_HIDING, *found],
            ids=list(range(len(_HIDING) + len(found))),
            flags=[hyperscan.HS_FLAG_SINGLEMATCH] * len(_HIDING) + [hyperscan.HS_FLAG_CASELESS] * len(found),
            literal=True,
        )

    def may_name(self, block: bytes, begins: npt.NDArray[np.int64], lines: Sequence[bytes]) -> npt.NDArray[np.bool_]:
        """Of every line of the block whether it may. ``begins``: where each stands in the block, ascending."""
        ends: list[int] = []
        hiding: set[int] = set()

        def hit(kind: int, _from: int, to: int, _flags: int, _context: object) -> None:
            if kind < len(_HIDING):
                hiding.add(kind)
            else:
                ends.append(to)

        self._engine.scan(block, hit)
        told = np.zeros(len(lines), np.bool_)
        told[np.searchsorted(begins, np.array(ends, np.int64), "left") - 1] = len(ends) > 0
        for kind in hiding:
            told |= np.fromiter((_HIDING[kind] in line for line in lines), np.bool_, len(lines))
        return told
