"""Which units a text names: the bearers of each name, weighed by kind, day and the other units named.

Every candidate has a method and a score; the scores of one place add up to at most 1. Nothing that
the text does not decide is presented as decided: close candidates stay side by side.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bienban.records import Span, UnitMatch
from bienban.register.mentions import Mention, find_unit_mentions
from bienban.register.store import FIRST_DAY, Register, UnitVersion, load
from bienban.text import normalise

# Confidence of a candidate that has no rival, by method.
_BASE = {
    "full_name": 0.99,  # kind word, name and the unit above it
    "with_kind": 0.95,
    "alias": 0.9,
    "former_name": 0.9,
    "bare_name": 0.75,
    "unaccented": 0.85,
    "other_kind": 0.6,  # the name is right, the kind is not that of any known version
    "spelling": 0.5,  # other diacritics than any bearer
    "later_name": 0.3,  # no unit bore the name yet
}
_LINK = re.compile(r"[ \n]*(?:[,;(/|.-]|thuộc|của|ở|tại|trực thuộc)?[ \n]*", re.IGNORECASE)
_MAX_LINK = 16
_DEPTH = {"commune": 0, "district": 1, "province": 2, "central": 3}
_KEPT = 0.02  # candidates below this part of the best one's weight are dropped


class _Candidate(NamedTuple):
    version: UnitVersion  # the one returned
    named: UnitVersion  # the one that bears the name
    method: str
    weight: float


def resolve_units(text: str, on: date | None = None) -> list[UnitMatch]:
    """The units that ``text`` names, smallest level first, the candidates of one place best first.

    ``on`` is the day of which the text speaks: names valid then win, a former name gives its former
    bearer. Without a day every version is a candidate, today's first. Spans are of ``text`` as given.
    A day before the register gives no match.
    """
    if not text or (on is not None and on < FIRST_DAY):
        return []
    normal = normalise(text)
    return [
        match
        for mention, found in _places(normal.text, on)
        for match in _matches(found, Span(*normal.original_span(mention.span)))
    ]


def resolve_normal(text: str, on: date | None = None) -> list[UnitMatch]:
    """As ``resolve_units``, for a text in normal form and with its spans."""
    if on is not None and on < FIRST_DAY:
        return []
    return [match for mention, found in _places(text, on) for match in _matches(found, mention.span)]


def _places(text: str, on: date | None) -> list[tuple[Mention, list[_Candidate]]]:
    """Each mention with its candidates, best first; the mentions of small units first, then in reading order."""
    mentions = list(find_unit_mentions(text))
    named = [_bearers(mention.kind, mention.accent, mention.plain, mention.rows, on) for mention in mentions]
    if len(mentions) > 1:
        named = _weigh_context(text, mentions, named, load())
    places = [(mention, sorted(found, key=_rank)) for mention, found in zip(mentions, named, strict=True)]
    if len(places) > 1:
        places.sort(key=lambda place: (_DEPTH[place[1][0].version.unit.level], place[0].span.start))
    return places


@lru_cache(maxsize=1 << 15)
def _bearers(
    kind: str | None, accent: str, plain: str, rows: tuple[int, ...], on: date | None
) -> tuple[_Candidate, ...]:
    """The units that a name may mean on its own, before the text around it is asked."""
    register = load()
    named = [register.version(row) for row in rows]
    of_kind = [version for version in named if kind in (None, version.unit.kind)]
    rated = [(version, *_spelling(accent, plain, version, register)) for version in of_kind or named]
    if any(weight >= 0.5 for _, weight, _ in rated):
        rated = [entry for entry in rated if entry[1] >= 0.5]
    best: dict[str, _Candidate] = {}
    for version, weight, method in rated:
        if method is None:
            method = "bare_name" if kind is None else ("with_kind" if of_kind else "other_kind")
        if kind is None:
            weight *= {"province": 20.0, "district": 3.0}.get(version.unit.level, 1.0)
        candidate = _on_day(version, on, weight, method, register)
        kept = best.get(version.unit.unit_id)
        if kept is None or candidate.weight >= kept.weight:
            best[version.unit.unit_id] = candidate
    return tuple(best.values())


def _spelling(accent: str, plain: str, version: UnitVersion, register: Register) -> tuple[float, str | None]:
    spellings = register.spellings(version.row)
    if accent == spellings[0]:
        return 1.0, None
    if accent in spellings:
        return 1.0, "alias"
    return (0.9, "unaccented") if accent == plain else (0.1, "spelling")


def _on_day(version: UnitVersion, on: date | None, weight: float, method: str, register: Register) -> _Candidate:
    unit = version.unit
    if on is None:
        return _Candidate(version, version, method, weight * (1.5 if unit.valid_to is None else 1.0))
    if version.holds_on(on):
        return _Candidate(version, version, method, weight)
    standing = register.unit_on(unit.unit_id, on)
    if unit.valid_to is not None and unit.valid_to < on:
        return _Candidate(standing or version, version, "former_name", weight * 0.05)
    return _Candidate(standing or version, version, "later_name", weight * 0.01)


def _weigh_context(
    text: str, mentions: list[Mention], named: list[tuple[_Candidate, ...]], register: Register
) -> list[tuple[_Candidate, ...]]:
    """Weigh each candidate by the units named around it."""
    ids = [{candidate.named.unit.unit_id for candidate in found} for found in named]
    depths = [min(_DEPTH[candidate.named.unit.level] for candidate in found) for found in named]
    decided: set[str] = set()
    for mention, found, depth in zip(mentions, ids, depths, strict=True):
        if (len(found) == 1 and mention.kind) or depth == _DEPTH["province"]:
            decided |= found
    return [
        tuple(_weighed(candidate, _chain(text, mentions, at), ids, depths, decided, register) for candidate in found)
        for at, found in enumerate(named)
    ]


def _weighed(
    candidate: _Candidate,
    chain: list[int],
    ids: list[set[str]],
    depths: list[int],
    decided: set[str],
    register: Register,
) -> _Candidate:
    above = register.ids_above(candidate.named.row)
    depth = _DEPTH[candidate.named.unit.level]
    weight, method = candidate.weight, candidate.method
    for other in chain:
        if not above.isdisjoint(ids[other]):
            weight *= 100.0
            method = "full_name" if method == "with_kind" else method
        elif depths[other] > depth:
            weight *= 0.01
    if not above.isdisjoint(decided):
        weight *= 10.0
    return _Candidate(candidate.version, candidate.named, method, weight)


def _chain(text: str, mentions: list[Mention], at: int) -> list[int]:
    """The mentions that follow directly ("xã A, huyện B, tỉnh C"), nearest first, at most three."""
    chain = []
    for other in range(at + 1, min(at + 4, len(mentions))):
        gap_start, gap_end = mentions[other - 1].span.end, mentions[other].span.start
        if gap_end - gap_start > _MAX_LINK or not _LINK.fullmatch(text, gap_start, gap_end):
            break
        chain.append(other)
    return chain


def _matches(ranked: list[_Candidate], span: Span) -> list[UnitMatch]:
    total = _rivals_weight(ranked)
    least = _KEPT * ranked[0].weight
    return [
        UnitMatch(
            unit=candidate.version.unit,
            span=span,
            score=round(_BASE[candidate.method] * candidate.weight / total, 4),
            method=candidate.method,
        )
        for candidate in ranked
        if candidate.weight >= least
    ]


def _rivals_weight(ranked: list[_Candidate]) -> float:
    """The weight of all candidates; a unit and the heir of its name (tỉnh Đắk Lắk before and after) count once."""
    if len(ranked) == 1:
        return ranked[0].weight
    register = load()
    best: dict[str, float] = {}
    for candidate in ranked:
        best.setdefault(register.line_of(candidate.named.unit.unit_id), candidate.weight)
    return sum(best.values())


def _rank(candidate: _Candidate) -> tuple[float, bool, str]:
    unit = candidate.version.unit
    return -candidate.weight, unit.valid_to is not None, unit.unit_id
