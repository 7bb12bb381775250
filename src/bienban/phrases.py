"""Phrases in a whole column of texts at once: one scan over its contiguous bytes, the hits mapped back to rows.

Not here: which phrases (``lexicon/candidates.yml``), how they may be spelled (``spellings.py``), what hits mean
(``candidates.py``).
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import hyperscan
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bienban.spellings import spellings

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]

_MOST_BYTES = 1 << 24  # of one scan: what is made of it stays in the processor's cache
FAR = 1 << 31  # longer than any text
_AT = 16  # a hit is one number: where it ends, then its spelling in so many bits
_SPELLING = (1 << _AT) - 1
# What the spellings do not know: combining marks, and blanks of two bytes or of other kinds.
_MARK, _BLANKS = b"\xcc", (b"\xc2\xa0", b"\r\n", b"\r", b"\t", b"  ")
_ODD = {_SPELLING - at: odd for at, odd in enumerate((_MARK, *_BLANKS))}
_LEAST_ODD = min(_ODD)


@dataclass(frozen=True, slots=True)
class Hits:
    """One place per phrase found, ordered by row and place. All arrays have one length."""

    rows: Numbers
    ends: Numbers  # bytes from the begin of the row's text, composed where it came decomposed
    groups: Numbers  # index of the phrase's group
    odd: Numbers  # rows that had to be brought into one form first, ascending


class PhraseScanner:
    """Finds the phrases of some groups, at word borders, in every spelling or in those that ``spelled`` gives."""

    def __init__(
        self, groups: Mapping[str, Iterable[str]], spelled: Callable[[str], Iterable[bytes]] = spellings
    ) -> None:
        found = [
            (form, group)
            for group, phrases in enumerate(groups.values())
            for form in sorted({form for phrase in phrases for form in spelled(phrase)})
        ]
        self.groups = tuple(groups)
        self._group_of = np.array([group for _, group in found], np.int64)
        self._length_of = np.array([len(form) for form, _ in found], np.int64)
        self._engine = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._engine.compile(
            expressions=[*(form for form, _ in found), *_ODD.values()],
            ids=[*range(len(found)), *_ODD],
            # What is odd is told once per scan: that nothing is, which is usual, costs nothing. (Scans are faster for
            # it: with long literals only, the engine takes strides that suit letters of three bytes ill.)
            flags=[hyperscan.HS_FLAG_CASELESS] * len(found) + [hyperscan.HS_FLAG_SINGLEMATCH] * len(_ODD),
            literal=True,
        )

    def scan(self, texts: pa.Array) -> Hits:
        """The phrases of every row. ``texts`` is a (large) string array; nulls hold none."""
        parts: list[Hits] = []
        first = 0
        for rows in _slices(texts):
            offsets, data = layout(rows)
            hits, kinds = self._scan(data, offsets)
            if kinds:
                odd = _odd_rows(data, offsets, kinds)
                borders, text = _composed(data, offsets, odd)
                hits = _replaced(hits, self._scan(text, borders)[0], odd)
            parts.append(Hits(hits.rows + first, hits.ends, hits.groups, hits.odd + first))
            first += len(rows)
        return _joined(parts)

    def scan_bytes(self, data: bytes, offsets: Numbers) -> Hits:
        """As ``scan``, of composed UTF-8: row ``n`` is ``data[offsets[n]:offsets[n + 1]]``."""
        return self._scan(data, offsets)[0]

    def _scan(self, data: Any, offsets: Numbers) -> tuple[Hits, set[int]]:
        """The hits as the bytes stand, and which kinds of what the spellings do not know stand somewhere."""
        start, stop = int(offsets[0]), int(offsets[-1])
        matched: list[int] = []
        if stop > start:
            add = matched.append
            self._engine.scan(
                cast(bytes, memoryview(data)[start:stop]), lambda at, _from, to, _flags, _context: add(to << _AT | at)
            )
        found = np.unique(np.fromiter(matched, np.int64, len(matched)))
        spelled = found & _SPELLING
        kinds = set(spelled[spelled >= _LEAST_ODD].tolist())
        found = found[spelled < _LEAST_ODD]
        ends, spelled = (found >> _AT) + start, found & _SPELLING
        begins = ends - self._length_of[spelled]
        rows = np.searchsorted(offsets, begins, "right") - 1
        is_whole = _at_borders(np.frombuffer(data, np.uint8), begins, ends, offsets[rows], offsets[rows + 1])
        rows, ends, groups = rows[is_whole], ends[is_whole], self._group_of[spelled[is_whole]]
        ends -= offsets[rows]
        # Spellings of one phrase, or phrases that end alike, count once.
        _, kept = np.unique((rows * FAR + ends) * len(self.groups) + groups, return_index=True)
        return Hits(rows[kept], ends[kept], groups[kept], np.zeros(0, np.int64)), kinds


def _slices(texts: pa.Array) -> Iterable[pa.Array]:
    """The array in pieces that one scan can take."""
    if len(texts) < 2 or texts.nbytes <= _MOST_BYTES:
        return [texts]
    half = len(texts) // 2
    return [*_slices(texts[:half]), *_slices(texts[half:])]


def layout(texts: pa.Array) -> tuple[Numbers, Any]:
    """Offsets and bytes of a string array."""
    wide = pa.types.is_large_string(texts.type)
    _, raw, data = texts.buffers()
    if not len(texts) or data is None:
        return np.zeros(len(texts) + 1, np.int64), b""
    offsets = np.frombuffer(raw, np.int64 if wide else np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return offsets.astype(np.int64), data


def _at_borders(data: Bytes, begins: Numbers, ends: Numbers, firsts: Numbers, lasts: Numbers) -> npt.NDArray[np.bool_]:
    """Whether no letter or digit of the same row stands right before or after each hit."""
    if not len(ends):
        return np.zeros(0, np.bool_)
    follows = _OPENS_WORD[data[np.minimum(ends, len(data) - 1)]]
    before = [data[np.maximum(begins - back, 0)] for back in (1, 2, 3, 4)]
    # A mark of punctuation has two bytes from C2 on, three from E2, E3 or EF on, an emoji four.
    precedes = _OPENS_WORD[before[0]] | (before[0] >= 0x80)
    precedes &= ~((before[0] >= 0x80) & (_is_punctuation(before, begins - firsts)))
    is_whole: npt.NDArray[np.bool_] = (
        (begins >= firsts) & (ends <= lasts) & ~(follows & (ends < lasts)) & ~(precedes & (begins > firsts))
    )
    return is_whole


def _is_punctuation(before: list[Bytes], room: Numbers) -> npt.NDArray[np.bool_]:
    two = (before[1] == 0xC2) & (room >= 2)
    three = np.isin(before[2], (0xE2, 0xE3, 0xEF)) & (before[1] >= 0x80) & (room >= 3)
    four = (before[3] >= 0xF0) & (before[2] >= 0x80) & (before[1] >= 0x80) & (room >= 4)
    punctuation: npt.NDArray[np.bool_] = two | three | four
    return punctuation


def _odd_rows(data: Any, offsets: Numbers, kinds: set[int]) -> Numbers:
    """Rows that hold one of these kinds of what the spellings do not know."""
    start, stop = int(offsets[0]), int(offsets[-1])
    held = np.frombuffer(data, np.uint8)[start:stop]
    places = [np.flatnonzero(held == _ODD[kind][0]) for kind in kinds if len(_ODD[kind]) == 1]
    pairs = [int.from_bytes(_ODD[kind], "little") for kind in kinds if len(_ODD[kind]) == 2]
    for shift in (0, 1) if pairs else ():
        shifted = held[shift:]
        numbers = shifted[: len(shifted) // 2 * 2].view("<u2")
        places += [np.flatnonzero(numbers == pair) * 2 + shift for pair in pairs]
    return np.unique(np.searchsorted(offsets, np.concatenate(places) + start, "right") - 1)


def _composed(data: Any, offsets: Numbers, rows: Numbers) -> tuple[Numbers, bytes]:
    """Offsets and bytes of some rows in one form, each ended by a byte that stands in no text."""
    held = memoryview(data)
    given = b"\xff".join(bytes(held[offsets[row] : offsets[row + 1]]) for row in rows.tolist())
    text = one_form(given) if _MARK not in given else b"\xff".join(map(one_form, given.split(b"\xff")))
    ends = np.flatnonzero(np.frombuffer(text, np.uint8) == 0xFF) + 1
    return np.concatenate([[0], ends, [len(text)]]).astype(np.int64), text


def one_form(text: bytes) -> bytes:
    """The text as its hits are counted: composed, its blanks one byte each."""
    if _MARK in text:
        text = unicodedata.normalize("NFC", text.decode(errors="replace")).encode()
    for blank in _BLANKS:
        while blank in text:
            text = text.replace(blank, b" ")
    return text


def _replaced(hits: Hits, again: Hits, odd: Numbers) -> Hits:
    """The hits with those of the odd rows taken from their composed texts."""
    kept = ~np.isin(hits.rows, odd)
    rows = np.concatenate([hits.rows[kept], odd[again.rows]])
    order = np.argsort(rows, kind="stable")
    ends, groups = (
        np.concatenate([ours[kept], theirs])[order]
        for ours, theirs in ((hits.ends, again.ends), (hits.groups, again.groups))
    )
    return Hits(rows[order], ends, groups, odd)


def _joined(parts: list[Hits]) -> Hits:
    columns = ("rows", "ends", "groups", "odd")
    return Hits(*(np.concatenate([getattr(part, name) for part in parts]) for name in columns))


def _word_openers() -> npt.NDArray[np.bool_]:
    """Per byte: whether a letter, digit or combining mark begins with it."""
    letters = np.zeros(256, np.bool_)
    letters[[byte for byte in range(0x80) if chr(byte).isalnum()]] = True
    letters[0xC3:0xE2] = True
    return letters


_OPENS_WORD = _word_openers()
