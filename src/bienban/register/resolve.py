"""Which units a text names: the bearers of each name, weighed by kind, day and the other units named.

Every candidate has a method and a score; the scores of one place add up to at most 1. Nothing that
the text does not decide is presented as decided: close candidates stay side by side.
"""

import re
from dataclasses import dataclass
from datetime import date

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


@dataclass(slots=True)
class _Candidate:
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
    places = resolve_normal(normal.text, on)
    return [
        UnitMatch(unit=match.unit, span=Span(*normal.original_span(match.span)), score=match.score, method=match.method)
        for match in places
    ]


def resolve_normal(text: str, on: date | None = None, register: Register | None = None) -> list[UnitMatch]:
    """As ``resolve_units``, for a text in normal form and with its spans."""
    register = register or load()
    mentions = list(find_unit_mentions(text, register))
    if not mentions:
        return []
    candidates = [_candidates(mention, on, register) for mention in mentions]
    _weigh_context(text, mentions, candidates, register)
    ranked = []
    for mention, found in zip(mentions, candidates, strict=True):
        matches = _matches(mention, found)
        if matches:
            ranked.append((_DEPTH[matches[0].unit.level], mention.span.start, matches))
    return [match for _, _, matches in sorted(ranked, key=lambda r: r[:2]) for match in matches]


def _candidates(mention: Mention, on: date | None, register: Register) -> list[_Candidate]:
    named = [register.version(row) for row in mention.rows]
    of_kind = [version for version in named if mention.kind in (None, version.unit.kind)]
    rated = [(version, *_spelling(mention, version, register)) for version in of_kind or named]
    if any(weight >= 0.5 for _, weight, _ in rated):
        rated = [entry for entry in rated if entry[1] >= 0.5]
    best: dict[str, _Candidate] = {}
    for version, weight, method in rated:
        if method is None:
            method = "bare_name" if mention.kind is None else ("with_kind" if of_kind else "other_kind")
        candidate = _on_day(version, on, weight, method, register)
        if mention.kind is None:
            candidate.weight *= {"province": 20.0, "district": 3.0}.get(version.unit.level, 1.0)
        kept = best.get(version.unit.unit_id)
        if kept is None or candidate.weight >= kept.weight:
            best[version.unit.unit_id] = candidate
    return list(best.values())


def _spelling(mention: Mention, version: UnitVersion, register: Register) -> tuple[float, str | None]:
    spellings = register.spellings(version.row)
    if mention.accent == spellings[0]:
        return 1.0, None
    if mention.accent in spellings:
        return 1.0, "alias"
    return (0.9, "unaccented") if mention.accent == mention.plain else (0.1, "spelling")


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


def _weigh_context(text: str, mentions: list[Mention], candidates: list[list[_Candidate]], register: Register) -> None:
    """Weigh each candidate by the units named around it, from the largest level down."""
    ids = [{candidate.named.unit.unit_id for candidate in found} for found in candidates]
    levels = [{candidate.named.unit.level for candidate in found} for found in candidates]
    decided = {
        next(iter(found)) for mention, found in zip(mentions, ids, strict=True) if len(found) == 1 and mention.kind
    } | {unit_id for found, level in zip(ids, levels, strict=True) if level == {"province"} for unit_id in found}
    for at, found in enumerate(candidates):
        if len(found) < 2 and not (found and at + 1 < len(mentions)):
            continue
        chain = _chain(text, mentions, at)
        for candidate in found:
            above = {version.unit.unit_id for version in register.ancestors(candidate.named)}
            depth = _DEPTH[candidate.named.unit.level]
            for other in chain:
                if above & ids[other]:
                    candidate.weight *= 100.0
                    if candidate.method == "with_kind":
                        candidate.method = "full_name"
                elif min(_DEPTH[level] for level in levels[other]) > depth:
                    candidate.weight *= 0.01
            if above & decided:
                candidate.weight *= 10.0


def _chain(text: str, mentions: list[Mention], at: int) -> list[int]:
    """The mentions that follow directly ("xã A, huyện B, tỉnh C"), nearest first, at most three."""
    chain = []
    for other in range(at + 1, min(at + 4, len(mentions))):
        gap_start, gap_end = mentions[other - 1].span.end, mentions[other].span.start
        if gap_end - gap_start > _MAX_LINK or not _LINK.fullmatch(text, gap_start, gap_end):
            break
        chain.append(other)
    return chain


def _matches(mention: Mention, found: list[_Candidate]) -> list[UnitMatch]:
    if not found:
        return []
    total = sum(candidate.weight for candidate in found)
    best = max(candidate.weight for candidate in found)
    kept = [candidate for candidate in found if candidate.weight >= _KEPT * best]
    kept.sort(key=lambda c: (-c.weight, c.version.unit.valid_to is not None, c.version.unit.unit_id))
    return [
        UnitMatch(
            unit=candidate.version.unit,
            span=mention.span,
            score=round(_BASE[candidate.method] * candidate.weight / total, 4),
            method=candidate.method,
        )
        for candidate in kept
    ]
