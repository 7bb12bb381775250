"""The candidate filter: which articles may report a meeting of a public body. Recall before precision.

Two stages over a batch of articles: every phrase that names a gathering is looked for in all texts at once; the few
articles that hold one are weighed by which phrases stand where. Pure functions without state, so that any engine can
map them over Arrow batches.

Not here: phrases and weights (``lexicon/candidates.yml``); whether it is a report (the extractor).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bienban.lexicon import Entry, load_lexicon
from bienban.phrases import FAR, Hits, Numbers, PhraseScanner, layout, one_form
from bienban.spellings import without_longer

NO_GATHERING = "no_gathering"  # no phrase names one
IN_PASSING = "in_passing"  # named, but by nobody who could have held it, or far down
OTHER_TOPIC = "other_topic"  # sport, courts, other countries … outweigh what is named
REASONS = (NO_GATHERING, IN_PASSING, OTHER_TOPIC)
KEPT = -1

_PLACES = ("title", "lead", "rest", "hosted")
_TITLE, _LEAD, _REST, _HOSTED = range(len(_PLACES))
_LEAD_BYTES = 1000  # about 700 letters
_LEAST_SHARE = 0.68  # of the threshold, for an article shorter than a lead: it has no room to say more
_HEAD_BYTES = 2500  # what the second stage reads
_TITLE_BYTES = 300  # a first line as short as this is a title
_BEFORE, _AFTER = 180, 140  # a host stands so near to the gathering, in bytes


def is_candidate(text: str, title: str | None = None) -> bool:
    """``filtered`` of one article: whether it is kept."""
    texts, titles = pa.array([text], pa.large_string()), pa.array([title], pa.large_string())
    return bool(filtered(texts, titles)[0] == KEPT)


def filter_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches with their candidates only. Columns ``text`` and, where there is one, ``title``; others pass."""
    for batch in batches:
        titles = batch.column("title") if "title" in batch.schema.names else None
        yield batch.filter(pa.array(filtered(batch.column("text"), titles) == KEPT))


def filtered(texts: pa.Array, titles: pa.Array | None = None) -> npt.NDArray[np.int8]:
    """Per article KEPT, or why it is dropped as an index of REASONS. Arrays of (large) strings, nulls allowed.

    The answer is a function of the words of the article alone: in any case, normal form or tone placement, with
    blanks or underscores between the syllables.
    """
    outcome = np.full(len(texts), REASONS.index(NO_GATHERING), np.int8)
    model = _model()
    in_texts = model.gatherings.scan(texts)
    in_titles = model.gatherings.scan(texts[:0] if titles is None else titles)
    left = np.union1d(in_texts.rows, in_titles.rows)
    if len(left):
        titled = None if titles is None else _begins(titles, left, in_titles.odd)
        heads = _Heads.of(_begins(texts, left, in_texts.odd), titled)
        score, against = model.scores(heads)
        wanted = model.threshold * np.clip(np.diff(heads.offsets) / _LEAD_BYTES, _LEAST_SHARE, 1)
        dropped = np.where(score - against >= wanted, REASONS.index(OTHER_TOPIC), REASONS.index(IN_PASSING))
        outcome[left] = np.where(score >= wanted, KEPT, dropped)
    return outcome


@dataclass(frozen=True, slots=True)
class _Heads:
    """Title, line break and the begin of the text of some articles, one after the other."""

    data: bytes
    offsets: Numbers
    title_ends: Numbers  # up to here it is title, the text's first line included when it may be one

    @classmethod
    def of(cls, bodies: list[bytes], titles: list[bytes] | None) -> "_Heads":
        """The heads of articles whose texts and titles begin so."""
        parts: list[bytes] = []
        ends: list[int] = []
        for body, title in zip(bodies, titles or [b""] * len(bodies), strict=True):
            told = title + b"\n" if title else b""
            ends.append(len(told) + (_first_line(body) if not told or body.startswith(title) else 0))
            parts.append(told + body)
        offsets = np.zeros(len(parts) + 1, np.int64)
        np.cumsum([len(part) for part in parts], out=offsets[1:])
        return cls(b"".join(parts), offsets, np.array(ends, np.int64))

    def places(self, hits: Hits) -> Numbers:
        """Where each hit stands, as an index of _PLACES."""
        ends = self.title_ends[hits.rows]
        return np.where(hits.ends <= ends, _TITLE, np.where(hits.ends <= ends + _LEAD_BYTES, _LEAD, _REST))


def _begins(texts: pa.Array, rows: Numbers, odd: Numbers) -> list[bytes]:
    """The begins of some rows, those of odd ones in one form."""
    offsets, data = layout(texts)
    held = memoryview(data)
    lasts = np.minimum(offsets[rows + 1], offsets[rows] + 2 * _HEAD_BYTES)  # composed, a text shrinks
    is_odd = np.isin(rows, odd)
    return [
        (one_form(bytes(held[first:last])) if odd else bytes(held[first:last]))[:_HEAD_BYTES]
        for first, last, odd in zip(offsets[rows].tolist(), lasts.tolist(), is_odd.tolist(), strict=True)
    ]


def _first_line(head: bytes) -> int:
    """The bytes of a first line that could be a title; 0: it could not. A title is no sentence with its stop."""
    blank = len(head) - len(head.lstrip()) if head[:1].isspace() else 0
    end = head.find(b"\n", blank, blank + _TITLE_BYTES)
    return 0 if end < 0 or head[blank:end].rstrip().endswith(b".") else end + 1


@dataclass(frozen=True, slots=True)
class _Model:
    """Phrases and weights."""

    gatherings: PhraseScanner  # whether there is one
    phrases: PhraseScanner  # all groups, in the order of the lexicon
    is_gathering: npt.NDArray[np.bool_]  # per group
    hosts: int  # the group of those who could hold a meeting
    others: int  # the group of what begins with a gathering and is none
    weights: npt.NDArray[np.float64]  # group × place
    at_most: npt.NDArray[np.float64]  # group × place: more of them tell nothing more
    threshold: float

    def scores(self, heads: _Heads) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """The score of each article, and what of it speaks against a meeting (never above 0)."""
        hits = self.phrases.scan_bytes(heads.data, heads.offsets)
        here = hits.rows * FAR + hits.ends
        gathers = self.is_gathering[hits.groups] & ~_is_followed(here, here[hits.groups == self.others], 0, _NEXT_WORD)
        is_told = gathers | ~self.is_gathering[hits.groups]
        places = heads.places(hits)
        is_hosted = gathers & (places != _REST)
        is_hosted &= _is_followed(here, here[hits.groups == self.hosts], np.minimum(_BEFORE, hits.ends), _AFTER)
        counts = np.zeros((len(heads.offsets) - 1, *self.weights.shape))
        np.add.at(counts, (hits.rows[is_told], hits.groups[is_told], places[is_told]), 1)
        np.add.at(counts, (hits.rows[is_hosted], hits.groups[is_hosted], _HOSTED), 1)
        weighed = (np.minimum(counts, self.at_most) * self.weights).reshape(len(counts), -1)
        return weighed.sum(1), np.minimum(weighed, 0).sum(1)


def _is_followed(here: Numbers, others: Numbers, before: Numbers | int, after: int) -> npt.NDArray[np.bool_]:
    """Whether one of the others, in ascending order, stands at most so many bytes before or after each place."""
    at = np.searchsorted(others, here - before)
    return np.append(others, FAR**2)[at] <= here + after


_NEXT_WORD = 24  # bytes


@cache
def _model() -> _Model:
    lexicon = load_lexicon("candidates")
    groups = {key: entry for key, entry in lexicon.items() if entry.forms}
    is_gathering = [bool(entry.fields.get("is_gathering")) for entry in groups.values()]
    gathering = compress(groups.values(), is_gathering)
    names = list(groups)
    return _Model(
        gatherings=PhraseScanner({"any": without_longer(form for each in gathering for form in each.forms)}),
        phrases=PhraseScanner({key: entry.forms for key, entry in groups.items()}),
        is_gathering=np.array(is_gathering),
        hosts=names.index("hosts"),
        others=names.index("others"),
        weights=np.array([[_number(entry, "weights", place, 0) for place in _PLACES] for entry in groups.values()]),
        at_most=np.array([[_number(entry, "at_most", place, 2) for place in _PLACES] for entry in groups.values()]),
        threshold=float(lexicon["score"].fields["at_least"]),
    )


def _number(entry: Entry, field: str, place: str, default: float) -> float:
    values: dict[str, Any] = entry.fields.get(field, {})
    return float(values.get(place, default))
