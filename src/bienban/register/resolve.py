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
    "against_context": 0.35,  # the unit named after it is not above it, and no bearer fits better
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
    is_plain = text.isascii()
    named = [_bearers(mention.kind, mention.accent, mention.plain, mention.rows, on, is_plain) for mention in mentions]
    if len(mentions) > 1:
        named = _weigh_context(text, mentions, named, load())
    places = [(mention, _by_unit(found)) for mention, found in zip(mentions, named, strict=True)]
    if len(places) > 1:
        places.sort(key=lambda place: (_DEPTH[place[1][0].version.unit.level], place[0].span.start))
    return places


@lru_cache(maxsize=1 << 15)
def _bearers(
    kind: str | None, accent: str, plain: str, rows: tuple[int, ...], on: date | None, is_plain: bool
) -> tuple[_Candidate, ...]:
    """The versions that a name may mean on its own, before the text around it is asked."""
    register = load()
    named = [register.version(row) for row in rows]
    of_kind = [version for version in named if kind in (None, version.unit.kind)]
    rated = [(version, *_spelling(accent, plain, version, is_plain, register)) for version in of_kind or named]
    best = max(weight for _, weight, _ in rated)
    found = []
    for version, weight, method in rated:
        if weight * 5 < best:
            continue  # another spelling, where a unit of this very spelling stands
        if method is None:
            method = "bare_name" if kind is None else ("with_kind" if of_kind else "other_kind")
        if kind is None:
            weight *= {"province": 20.0, "district": 3.0}.get(version.unit.level, 1.0)
        found.append(_on_day(version, on, weight, method, register))
    return tuple(found)


def _spelling(
    accent: str, plain: str, version: UnitVersion, is_plain: bool, register: Register
) -> tuple[float, str | None]:
    spellings = register.spellings(version.row)
    if accent == spellings[0]:
        return 1.0, None
    if accent in spellings:
        return 1.0, "alias"
    if accent == plain:  # "Sa Pa" in a text with diacritics is not "Sa Pả"
        return (0.9 if is_plain else 0.15), "unaccented"
    return 0.1, "spelling"


def _on_day(version: UnitVersion, on: date | None, weight: float, method: str, register: Register) -> _Candidate:
    unit = version.unit
    if on is None:
        stands = register.history(unit.unit_id)[-1].unit.valid_to is None
        return _Candidate(version, version, method, weight * (1.5 if stands else 1.0))
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
    met: set[str] = set()
    for other in chain:
        if shared := above & ids[other]:
            if shared <= met:
                continue  # "thành phố Bắc Ninh, tỉnh Bắc Ninh" are two units above, or one named twice
            met |= shared
            weight *= 100.0
            method = "full_name" if method == "with_kind" else method
        elif depths[other] > depth:
            weight *= 0.01
            method = "against_context" if not met and method in ("with_kind", "bare_name") else method
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


def _by_unit(found: tuple[_Candidate, ...]) -> list[_Candidate]:
    """The best candidate of each unit, best first."""
    if len(found) == 1:
        return list(found)
    best: dict[str, _Candidate] = {}
    for candidate in sorted(found, key=_rank):
        best.setdefault(candidate.version.unit.unit_id, candidate)
    return list(best.values())


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


def _rank(candidate: _Candidate) -> tuple[float, bool, str, int]:
    unit = candidate.version.unit
    return -candidate.weight, unit.valid_to is not None, unit.unit_id, -candidate.version.row
