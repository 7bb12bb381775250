"""Which units a text names: the bearers of each name, weighed by kind, day and the other units named.

Every candidate has a method and a score; the scores of one place add up to at most 1. Nothing that
the text does not decide is presented as decided: close candidates stay side by side.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bienban.records import Span, Unit, UnitMatch
from bienban.register.mentions import Mention, find_mentions
from bienban.register.names import LATER_KINDS
from bienban.register.store import FIRST_DAY, Bearers, Register, UnitVersion, load
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
    "earlier_kind": 0.8,  # a lower kind than any known version's, and the unit's history is unknown
    "other_kind": 0.6,  # the name is right, the kind is not that of any known version
    "spelling": 0.5,  # other diacritics than any bearer
    "later_name": 0.3,  # no unit bore the name yet
}
_DECIDED = 0.8  # score from which no rival is left
_DOUBTFUL = ("later_name", "other_kind", "spelling", "against_context")
_PAST = ("former_name", "later_name")
_CONTEXTUAL = ("with_kind", "bare_name", "earlier_kind", "other_kind", "spelling")
_LINK = re.compile(r"[ \n]*(?:[,;(/|.-]|thuộc|của|ở|tại|trực thuộc)?[ \n]*", re.IGNORECASE)
_LINKS = frozenset({" ", ", ", " - "})  # the commonest of them
_MAX_LINK = 16
_MOST_ABOVE = 3  # names that follow directly and are asked: "xã A, huyện B, tỉnh C" has two after the first
_DEPTH = {"commune": 0, "district": 1, "province": 2, "central": 3}
_NONE: frozenset[str] = frozenset()
_MOST = 25  # candidates of one place; "phường 1" has 250 bearers, none of them likely
_KEPT = 0.02  # candidates below this part of the best one's weight are dropped


class _Candidate(NamedTuple):
    version: UnitVersion  # the one returned
    named: UnitVersion  # the one that bears the name
    method: str
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class _Name:
    """A name as a text writes it, with all that it may mean on a day; one object for one way of writing."""

    candidates: tuple[_Candidate, ...]
    ids: frozenset[str]
    ids_above: frozenset[str]  # of the units above any candidate
    depth: int  # the level of its smallest candidate
    is_decided: bool  # one unit, or a province


class _Scored(NamedTuple):
    unit: Unit
    score: float
    method: str


def resolve_units(text: str, on: date | None = None) -> list[UnitMatch]:
    """The units that ``text`` names, smallest level first, the candidates of one place best first.

    ``on`` is the day of which the text speaks: names valid then win, a former name gives its former
    bearer. Without a day every version is a candidate, today's first. Spans are of ``text`` as given.
    A day before the register gives no match.
    """
    if not text or (on is not None and on < FIRST_DAY):
        return []
    normal = normalise(text)
    found = []
    for mention, candidates in _places(normal.text, on):
        span = Span(*normal.original_span((mention.start, mention.end)))
        found += [UnitMatch(unit, span, score, method) for unit, score, method in candidates]
    return found


def unit_named(address: str, on: date | None = None) -> Unit | None:
    """The smallest unit that ``address`` names ("xã Yên Định, huyện Hải Hậu"), as of ``on``.

    None when it names no unit, when several may be meant, and when the name is not right as it stands.
    """
    best = next(iter(resolve_units(address, on)), None)
    return best.unit if best is not None and best.score >= _DECIDED and best.method not in _DOUBTFUL else None


def _places(text: str, on: date | None) -> list[tuple[Mention, list[_Scored]]]:
    """Each mention with its candidates, best first; the mentions of small units first, then in reading order."""
    mentions = list(find_mentions(text))
    is_plain = text.isascii()
    names = [_name(m.kind, m.accent, m.plain, m.bearers, on, is_plain) for m in mentions]
    if len(names) < 2:
        return [(mention, _scored((name,), _NONE)) for mention, name in zip(mentions, names, strict=True)]
    decided = _NONE.union(*[name.ids for name in names if name.is_decided])
    places: list[tuple[int, int, Mention, list[_Scored]]] = []
    chain: tuple[_Name, ...] = ()
    for at in range(len(names) - 1, -1, -1):
        mention, name = mentions[at], names[at]
        is_linked = at + 1 < len(names) and _is_link(text, mention.end, mentions[at + 1].start)
        chain = (name, *chain[:_MOST_ABOVE]) if is_linked else (name,)
        found = _scored(chain, decided & name.ids_above)
        places.append((_DEPTH[found[0].unit.level], mention.start, mention, found))
    places.sort()
    return [(mention, found) for _, _, mention, found in places]


@lru_cache(maxsize=1 << 15)
def _name(kind: str | None, accent: str, plain: str, bearers: Bearers, on: date | None, is_plain: bool) -> _Name:
    """The versions that a name may mean on its own, before the text around it is asked."""
    register = load()
    named = [register.version(row) for row in bearers.rows]
    of_kind = [version for version in named if kind in (None, version.unit.kind)]
    rated = [(version, *_spelling(accent, plain, version, is_plain, register)) for version in of_kind or named]
    best = max(weight for _, weight, _ in rated)
    found = []
    for version, weight, method in rated:
        if weight * 5 < best:
            continue  # another spelling, where a unit of this very spelling stands
        if method is None:
            method = "bare_name" if kind is None else ("with_kind" if of_kind else _kind_method(kind, version))
            weight *= 0.2 if method == "other_kind" else 1.0
        if kind is None:
            weight *= {"province": 20.0, "district": 3.0}.get(version.unit.level, 1.0)
        found.append(_on_day(version, on, weight, method, register))
    if kind is None and any(c.version.unit.level == "province" and c.method not in _PAST for c in found):
        found = [c for c in found if c.version.unit.level == "province"]  # a bare "Bến Tre" is the province
    ids = frozenset(candidate.named.unit.unit_id for candidate in found)
    depth = min(_DEPTH[candidate.named.unit.level] for candidate in found)
    is_decided = depth == _DEPTH["province"] or (len(ids) == 1 and kind is not None)
    above = _NONE.union(*[register.ids_above(candidate.named.row) for candidate in found])
    return _Name(tuple(found), ids, above, depth, is_decided)


def _kind_method(kind: str, version: UnitVersion) -> str:
    """How a unit that never bore the kind, as far as is known, may be meant all the same."""
    may_have = version.unit.valid_from is None and version.unit.kind in LATER_KINDS.get(kind, ())
    return "earlier_kind" if may_have else "other_kind"


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


def _is_link(text: str, start: int, end: int) -> bool:
    return end - start <= _MAX_LINK and (text[start:end] in _LINKS or _LINK.fullmatch(text, start, end) is not None)


@lru_cache(maxsize=1 << 15)
def _scored(chain: tuple[_Name, ...], decided: frozenset[str]) -> list[_Scored]:
    """The candidates of the first name of ``chain``, the others following it directly, best first."""
    name, above = chain[0], chain[1:]
    ranked = _by_unit([_weighed(candidate, above, decided) for candidate in name.candidates])
    total = _rivals_weight(ranked)
    least = _KEPT * ranked[0].weight
    return [
        _Scored(c.version.unit, round(_BASE[c.method] * c.weight / total, 4), c.method)
        for c in ranked[:_MOST]
        if c.weight >= least
    ]


def _weighed(candidate: _Candidate, chain: tuple[_Name, ...], decided: frozenset[str]) -> _Candidate:
    """A candidate, weighed by the names that follow directly and by those decided anywhere."""
    if not chain and not decided:
        return candidate
    version, named, method, weight = candidate
    above = load().ids_above(named.row)
    met: frozenset[str] = _NONE
    for other in chain:
        if shared := above & other.ids:
            if shared <= met:
                continue  # "thành phố Bắc Ninh, tỉnh Bắc Ninh" are two units above, or one named twice
            met |= shared
            weight *= 100.0
            method = "full_name" if method == "with_kind" else method
        elif other.depth > _DEPTH[named.unit.level]:
            weight *= 0.01
            method = "against_context" if not met and method in _CONTEXTUAL else method
    if not above.isdisjoint(decided):
        weight *= 10.0
    return _Candidate(version, named, method, weight)


def _by_unit(found: list[_Candidate]) -> list[_Candidate]:
    """The best candidate of each unit, best first."""
    if len(found) == 1:
        return found
    best: dict[str, _Candidate] = {}
    for candidate in sorted(found, key=_rank):
        best.setdefault(candidate.version.unit.unit_id, candidate)
    return list(best.values())


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
