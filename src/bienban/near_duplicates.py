"""Nearly equal texts: the same release on several portals, an article with other menus around it.

MinHash over runs of three words. Whether two texts are near duplicates depends on these two alone, so clusters (what
such pairs connect) come out the same in any order. No run-time seed, no state.

Not here: which articles are compared, and the clusters of the warehouse (``io/clusters.py``).
"""

import re
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from rensa import RMinHash  # type: ignore[import-untyped]

Signatures = npt.NDArray[np.uint32]  # text × permutation
Bands = npt.NDArray[np.int64]  # text × band

BANDS, _BAND_ROWS = 20, 6
PERMUTATIONS = BANDS * _BAND_ROWS
SIMILAR = 0.7  # share of equal permutations: an estimate of the share of common shingles
_SEED = 35  # part of every stored signature: another one means new signatures for all
_RUN = 3  # words of a shingle
_MIX = tuple(np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_FOLD = np.uint64(29)
_WORD = re.compile(r"\w+")
_MOST_WORDS = 1 << 20  # kept with their hashes


class _Hashes(dict[str, int]):
    def __missing__(self, word: str) -> int:
        if len(self) > _MOST_WORDS:
            self.clear()
        self[word] = found = zlib.crc32(word.encode())
        return found


_HASHES = _Hashes()


def signatures(texts: Iterable[str]) -> Signatures:
    """One row per text; case, white space and punctuation do not count."""
    shingles = [_shingles(text) for text in texts]
    borders = np.zeros(len(shingles) + 1, np.uint64)
    np.cumsum([len(each) for each in shingles], out=borders[1:])
    flat = np.concatenate(shingles) if shingles else np.zeros(0, np.uint64)
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


def are_near(one: Signatures, many: Signatures) -> npt.NDArray[np.bool_]:
    """Whether ``one`` (a single signature) is a near duplicate of each of ``many``: a common band, and similar."""
    equal = many == one
    shares = equal.reshape(len(many), BANDS, _BAND_ROWS).all(2).any(1)
    near: npt.NDArray[np.bool_] = shares & (equal.mean(1) >= SIMILAR)
    return near


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


def _shingles(text: str) -> npt.NDArray[np.uint64]:
    words = np.fromiter(map(_HASHES.__getitem__, _WORD.findall(text.casefold())), np.uint64)
    if len(words) < _RUN:
        words = np.pad(words, (0, _RUN - len(words)))
    mixed = sum((words[at : len(words) - _RUN + 1 + at] * _MIX[at] for at in range(_RUN)), np.uint64(0))
    return np.asarray(mixed ^ (mixed >> _FOLD), np.uint64)
