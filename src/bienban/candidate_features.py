"""What the candidate filter weighs: which phrases stand where at the begin of an article, as a row of numbers.

Phrases come in groups. Of each group and place so many hits count; a gathering counts once more for a host, and for a
time of day or date, near to it. A few features tell of the article as a whole.

Not here: phrases and what their groups are (``lexicon/candidates.yml``); weights (``candidate_weights.json``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bienban.lexicon import Entry, load_lexicon
from bienban.phrases import FAR, Hits, Numbers, PhraseScanner, layout, one_form
from bienban.spellings import small_spellings

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

PLACES = ("title", "opening", "lead", "rest")
_TITLE, _OPENING, _LEAD, _REST = range(len(PLACES))
HOSTED, DATED = "hosted", "dated"
# Of the article: no gathering that counts in title or opening; none up to the lead; up to there nobody who could hold a
# meeting for sure, no time; no witness at all; a gathering with host and time that is named; one that is named or told;
# how much shorter than a lead it is: it has no room to say more.
WHOLE = ("is_late", "is_unsaid", "is_hostless", "is_timeless", "is_unseen", "has_named", "has_told", "shortness")

_OPENING_BYTES, _LEAD_BYTES = 700, 1200  # from the end of the title; about 500 and 850 letters
_HEAD_BYTES = 2500  # what is read
_TITLE_BYTES = 300  # a first line as short as this is a title
_HOST_BEFORE, _HOST_AFTER = 180, 140  # so near to the gathering, in bytes
_TIME_BEFORE, _TIME_AFTER = 120, 60
_NEXT_WORD = 24  # bytes
_AT_MOST = 2  # of one group and place
_BLANKS = bytes.maketrans(b"_\n", b"  ")
_ETH = "ð".encode(), "đ".encode()  # of one length
_LETTER_BYTES = 4


@dataclass(frozen=True, slots=True)
class Heads:
    """Title, line break and the begin of the text of some articles, one after the other."""

    data: bytes
    offsets: Numbers
    title_ends: Numbers  # up to here it is title, the text's first line included when it may be one

    @classmethod
    def of(cls, bodies: list[bytes], titles: list[bytes] | None) -> "Heads":
        """The heads of articles whose texts and titles begin so."""
        parts: list[bytes] = []
        ends: list[int] = []
        for body, title in zip(bodies, titles or [b""] * len(bodies), strict=True):
            told = title + b"\n" if title else b""
            ends.append(len(told) + (_first_line(body) if not told or body.startswith(title) else 0))
            parts.append(told + body)
        offsets = np.zeros(len(parts) + 1, np.int64)
        np.cumsum([len(part) for part in parts], out=offsets[1:])
        data = b"".join(parts).translate(_BLANKS).replace(*_ETH)
        return cls(data, offsets, np.array(ends, np.int64))

    def places(self, hits: Hits) -> Numbers:
        """Where each hit stands, as an index of PLACES."""
        after = hits.ends - self.title_ends[hits.rows]
        return np.searchsorted((0, _OPENING_BYTES, _LEAD_BYTES), after)


def begins(texts: pa.Array, rows: Numbers, odd: Numbers) -> list[bytes]:
    """The begins of some rows in small letters, those of odd ones in one form."""
    offsets, data = layout(texts)
    is_odd = np.isin(rows, odd)
    most = np.where(is_odd, 2, 1) * _HEAD_BYTES  # composed, a text shrinks
    firsts, lasts = offsets[rows], _whole_letters(data, offsets[rows] + most, offsets[rows + 1])
    held = memoryview(data)
    heads = [bytes(held[first:last]) for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)]
    for at in np.flatnonzero(is_odd).tolist():
        heads[at] = one_form(heads[at])[:_HEAD_BYTES].decode(errors="ignore").encode()
    return _small(heads)


def _whole_letters(data: Any, lasts: Numbers, ends: Numbers) -> Numbers:
    """Up to where to read, at most to ``lasts`` and to the text's end, without cutting a letter."""
    held = np.frombuffer(data, np.uint8)
    cut = lasts < ends
    at = lasts[cut]
    for _ in range(_LETTER_BYTES - 1):
        at = at - (held[at] & 0xC0 == 0x80)
    whole = ends.copy()
    whole[cut] = at
    return whole


def _small(heads: list[bytes]) -> list[bytes]:
    try:
        small = pc.utf8_lower(pa.array(heads, pa.large_binary()).view(pa.large_string()))
    except pa.ArrowInvalid:  # bytes of a column that are no UTF-8
        small = pc.utf8_lower(pa.array([head.decode(errors="ignore") for head in heads], pa.large_string()))
    told: list[bytes] = small.view(pa.large_binary()).to_pylist()
    return told


def _first_line(head: bytes) -> int:
    """The bytes of a first line that could be a title; 0: it could not. A title is no sentence with its stop."""
    blank = len(head) - len(head.lstrip()) if head[:1].isspace() else 0
    end = head.find(b"\n", blank, blank + _TITLE_BYTES)
    return 0 if end < 0 or head[blank:end].rstrip().endswith(b".") else end + 1


@dataclass(frozen=True, slots=True)
class Features:
    """The phrases and what can be counted of them."""

    phrases: PhraseScanner  # all groups, in the order of the lexicon
    names: tuple[str, ...]  # of the features: "group.place", "group.hosted", "group.dated", those of WHOLE
    gathering: npt.NDArray[np.str_]  # per group: named, told, other; "" is none
    is_host: Flags  # per group
    is_time: Flags
    is_for: Flags  # never speaks against
    is_witness: Flags
    is_none: Flags  # begins with a gathering and is none
    is_against: Flags  # per feature: speaks against a meeting
    at_most: Numbers  # per group

    def of(self, heads: Heads) -> Floats:
        """A row of features for each head."""
        hits = self.phrases.scan_bytes(heads.data, heads.offsets)
        here = hits.rows * FAR + hits.ends
        gathers = self.gathering[hits.groups] != ""
        told = ~(gathers & _has_near(here, here[self.is_none[hits.groups]], 0, _NEXT_WORD))
        gathers &= told
        places = heads.places(hits)
        early = gathers & (places != _REST)
        hosts, times = (here[kind[hits.groups]] for kind in (self.is_host, self.is_time))
        hosted = early & _has_near(here, hosts, np.minimum(_HOST_BEFORE, hits.ends), _HOST_AFTER)
        dated = early & _has_near(here, times, np.minimum(_TIME_BEFORE, hits.ends), _TIME_AFTER)
        rows, width = len(heads.offsets) - 1, len(self.gathering)
        counts = self._counted(hits, told, rows, places, len(PLACES))
        by_host, by_time = (self._counted(hits, each, rows)[:, 0] for each in (hosted, dated))
        gathering = self.gathering != ""
        capped = np.minimum(counts, self.at_most).transpose(0, 2, 1).reshape(rows, width * len(PLACES))
        near = (np.minimum(each[:, gathering], _AT_MOST) for each in (by_host, by_time))
        whole = self._whole(counts, by_host, by_time, np.diff(heads.offsets))
        return np.concatenate([capped, *near, whole], 1).astype(float)

    def _counted(
        self, hits: Hits, wanted: Flags, rows: int, places: Numbers | None = None, kinds: int = 1
    ) -> npt.NDArray[np.int64]:
        """Hits by row, place and group."""
        width = len(self.gathering)
        at = hits.rows[wanted] * kinds + (0 if places is None else places[wanted])
        return np.bincount(at * width + hits.groups[wanted], minlength=rows * kinds * width).reshape(rows, kinds, width)

    def _whole(self, counts: Numbers, hosted: Numbers, dated: Numbers, lengths: Numbers) -> Floats:
        counting = np.isin(self.gathering, ("named", "told"))
        early = counts[:, :, counting].sum(2)
        columns = [early[:, : _OPENING + 1].sum(1) == 0, early[:, : _LEAD + 1].sum(1) == 0]
        columns += [~counts[:, : _LEAD + 1, kind].any((1, 2)) for kind in (self.is_host & self.is_for, self.is_time)]
        columns.append(~counts[:, :, self.is_witness].any((1, 2)))
        for kinds in (self.gathering == "named", counting):
            columns.append(hosted[:, kinds].any(1) & dated[:, kinds].any(1))
        return np.stack([*columns, np.clip(1 - lengths / _LEAD_BYTES, 0, 1)], 1)


def _has_near(here: Numbers, others: Numbers, before: Numbers | int, after: int) -> Flags:
    """Whether one of the others, in ascending order, stands at most so many bytes before or after each place."""
    at = np.searchsorted(others, here - before)
    return np.append(others, FAR**2)[at] <= here + after


@cache
def features() -> Features:
    """Those of ``lexicon/candidates.yml``."""
    groups = load_lexicon("candidates")
    gathering = [str(entry.fields.get("gathering", "")) for entry in groups.values()]
    gathers = [name for name, kind in zip(groups, gathering, strict=True) if kind]
    names = [f"{name}.{place}" for name in groups for place in PLACES]
    names += [f"{name}.{kind}" for kind in (HOSTED, DATED) for name in gathers] + [*WHOLE]
    against = {name for name, entry in groups.items() if entry.fields.get("speaks") == "against"}
    return Features(
        phrases=PhraseScanner({key: entry.forms for key, entry in groups.items()}, small_spellings),
        names=tuple(names),
        gathering=np.array(gathering),
        is_host=_flags(groups.values(), "is_host"),
        is_time=_flags(groups.values(), "is_time"),
        is_for=np.array([entry.fields.get("speaks") == "for" for entry in groups.values()]),
        is_witness=_flags(groups.values(), "is_witness"),
        is_none=_flags(groups.values(), "is_none"),
        is_against=np.array([name.split(".")[0] in against for name in names]),
        at_most=np.array([int(entry.fields.get("at_most", _AT_MOST)) for entry in groups.values()]),
    )


def _flags(entries: Iterable[Entry], field: str) -> Flags:
    return np.array([bool(entry.fields.get(field)) for entry in entries])
