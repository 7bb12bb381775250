"""Nearly equal texts: the same release on several portals, an article with other menus around it.

MinHash over runs of three words. Whether two texts are near duplicates depends on these two alone, so clusters (what
such pairs connect) come out the same in any order. No run-time seed, no state.

Not here: which articles are compared, and the clusters of the warehouse (``io/clusters.py``); words and their hashes
(``word_hashes.py``).
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from rensa import RMinHash  # type: ignore[import-untyped]

from bienban.word_hashes import Hashes, word_hashes

Signatures = npt.NDArray[np.uint32]  # text × permutation
Bands = npt.NDArray[np.int64]  # text × band
Rows = npt.NDArray[np.int64]

BANDS, _BAND_ROWS = 20, 6
PERMUTATIONS = BANDS * _BAND_ROWS
SIMILAR = 0.7  # share of equal permutations: an estimate of the share of common shingles
_SEED = 35  # part of every stored signature: another one means new signatures for all
_RUN = 3  # words of a shingle
_MIX = tuple(np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_FOLD = np.uint64(29)
_ROWS, _PAIRS = 128, 1 << 14  # compared at once: what is made of them stays small


def signatures(texts: Iterable[str]) -> Signatures:
    """One row per text; case, white space and punctuation do not count."""
    hashes, counts = word_hashes(texts)
    flat, borders = _shingles(hashes, counts)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(flat, borders, PERMUTATIONS, _SEED)
    return np.array(matrix.to_rows(), np.uint32).reshape(-1, PERMUTATIONS)


def bands(given: Signatures) -> Bands:
    """What near duplicates nearly always share: one number per band. Texts that share none are not compared."""
    parts = given.reshape(len(given), BANDS, _BAND_ROWS).astype(np.uint64)
    mixed = np.tile(np.arange(1, BANDS + 1, dtype=np.uint64) * _MIX[0], (len(given), 1))
    for row in range(_BAND_ROWS):
        mixed = (mixed ^ parts[:, :, row]) * _MIX[1]
        mixed ^= mixed >> _FOLD
    return mixed.view(np.int64)


def are_near(ones: Signatures, many: Signatures) -> npt.NDArray[np.bool_]:
    """Whether each of ``ones``, or the only one, is one of that of ``many``: they share a band, and are similar."""
    equal = many == ones
    near: npt.NDArray[np.bool_] = np.count_nonzero(equal, axis=1) >= SIMILAR * PERMUTATIONS
    near[near] = equal[near].reshape(-1, BANDS, _BAND_ROWS).all(2).any(1)
    return near


def near_pairs(ones: Signatures, others: Signatures) -> Iterator[tuple[Rows, Rows]]:
    """Rows of ``ones`` beside the rows of ``others`` that are their near duplicates: each pair once, some at a time."""
    known = bands(others).ravel()
    order = np.argsort(known, kind="stable")
    known, owners = known[order], order // BANDS
    for first in range(0, len(ones), _ROWS):
        wanted = bands(ones[first : first + _ROWS]).ravel()
        begins = np.searchsorted(known, wanted)
        counts = np.searchsorted(known, wanted, "right") - begins
        places = np.repeat(begins - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        rows = np.repeat(np.arange(len(wanted)) // BANDS, counts)
        pairs = np.unique(rows * len(others) + owners[places])
        for at in range(0, len(pairs), _PAIRS):
            one, other = np.divmod(pairs[at : at + _PAIRS], len(others))
            near = are_near(ones[first + one], others[other])
            yield first + one[near], other[near]


def components(members: Sequence[str], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Member -> the smallest member that links connect it to. Links name members only."""
    leader = {each: each for each in members}

    def find(each: str) -> str:
        while leader[each] != each:
            leader[each] = leader[leader[each]]
            each = leader[each]
        return each

    for one, other in links:
        first, second = sorted((find(one), find(other)))
        leader[second] = first
    return {each: find(each) for each in members}


def _shingles(hashes: Hashes, counts: Rows) -> tuple[Hashes, npt.NDArray[np.uint64]]:
    """The runs of words of all texts, and where each text's begin. A text of fewer words has one run, filled up."""
    short = np.flatnonzero(counts < _RUN)
    missing = np.repeat(np.cumsum(counts)[short], _RUN - counts[short])
    hashes = np.insert(hashes, missing, np.uint64(0))
    counts = np.maximum(counts, _RUN)
    if not len(counts):
        return np.zeros(0, np.uint64), np.zeros(1, np.uint64)
    mixed = sum((hashes[at : len(hashes) - _RUN + 1 + at] * _MIX[at] for at in range(_RUN)), np.uint64(0))
    mixed ^= mixed >> _FOLD
    ends = np.cumsum(counts)
    across = (ends[:-1, None] - np.arange(1, _RUN)).ravel()  # runs that begin in one text and end in the next
    borders = np.zeros(len(counts) + 1, np.uint64)
    np.cumsum(counts - _RUN + 1, out=borders[1:])
    return np.delete(mixed, across), borders
