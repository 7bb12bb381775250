"""The words of many texts as numbers, all at once: no string is made for a word.

Not here: what is made of them (``near_duplicates.py``).
"""

import zlib
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
_Places = npt.NDArray[np.int64]

_TOGETHER = 1 << 16  # letters: what is made of them stays in the processor's cache
_WIDTH, _WORD = 7, 8
_LONG = 48  # pairs of bytes: the few words past it are no words of a language, and take turns


def word_hashes(texts: Iterable[str]) -> tuple[Hashes, _Places]:
    """CRC-32 of the UTF-8 of every word, case folded, and the number of words of each text. Words are as ``\\w+``."""
    found = [_hashes(group) for group in _groups(texts)]
    if not found:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    return np.concatenate([hashes for hashes, _ in found]), np.concatenate([counts for _, counts in found])


def _groups(texts: Iterable[str]) -> Iterator[list[str]]:
    group: list[str] = []
    size = 0
    for text in texts:
        group.append(text.casefold())
        size += len(text)
        if size >= _TOGETHER:
            yield group
            group, size = [], 0
    if group:
        yield group


def _hashes(folded: list[str]) -> tuple[Hashes, _Places]:
    together = "\n".join((*folded, ""))
    codes = np.frombuffer(together.encode("utf-32-le"), "<u4")
    kinds = _kinds()[codes]
    is_word = kinds > _WIDTH
    edges = np.flatnonzero(is_word[1:] != is_word[:-1]) + 1  # every text ends with what is no word
    if is_word[0]:
        edges = np.concatenate(([0], edges))
    begins, ends = edges[::2], edges[1::2]
    counts = np.diff(np.searchsorted(begins, np.cumsum([len(text) + 1 for text in folded])), prepend=0)
    places = np.cumsum(kinds & _WIDTH, dtype=np.int32)  # where each letter ends
    return _crc32(together.encode(), np.where(begins, places[begins - 1], 0), places[ends - 1]), counts


def _crc32(data: bytes, begins: npt.NDArray[np.int32], ends: npt.NDArray[np.int32]) -> Hashes:
    """Of every piece: an odd byte first, then pair after pair for all pieces that still have one, the longest first."""
    held = np.frombuffer(data, np.uint8)
    pairs = held[:-1] | held[1:].astype(np.uint16) << 8
    sizes = np.minimum((ends - begins) >> 1, _LONG + 1).astype(np.int8)
    order = np.argsort(-sizes, kind="stable")
    at, shrinking = begins[order], -sizes[order]
    is_odd = (ends[order] - at) & 1
    found = np.where(is_odd, _table(1)[0xFF ^ held[at]] ^ np.uint32(0xFFFFFF), np.uint32(0xFFFFFFFF))
    at += is_odd
    longer = int(np.searchsorted(shrinking, -_LONG))
    for done in range(_LONG):
        left = slice(longer, int(np.searchsorted(shrinking, -done)))
        if left.start >= left.stop:
            break
        found[left] = _table(2)[(found[left] ^ pairs[at[left] + 2 * done]) & 0xFFFF] ^ (found[left] >> 16)
    found ^= np.uint32(0xFFFFFFFF)
    for each in range(longer):
        found[each] = zlib.crc32(data[begins[order[each]] : ends[order[each]]])
    hashes = np.empty(len(order), np.uint64)
    hashes[order] = found
    return hashes


@cache
def _table(width: int) -> npt.NDArray[np.uint32]:
    """What so many bytes make of a CRC-32."""
    rest = np.arange(1 << 8 * width, dtype=np.uint32)
    for _ in range(8 * width):
        rest = np.where(rest & 1, np.uint32(0xEDB88320) ^ (rest >> 1), rest >> 1)
    return rest.astype(np.uint32)


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Per code point its width in UTF-8, and _WORD where it belongs to one: letters, digits, the underscore."""
    letters = np.fromiter((char.isalnum() for char in map(chr, range(0x110000))), np.bool_, 0x110000)
    letters[ord("_")] = True
    kinds = letters * np.uint8(_WORD)
    for wider in (0, 0x80, 0x800, 0x10000):
        kinds[wider:] += 1
    return kinds
