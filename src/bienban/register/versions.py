"""Versions of units while the register is built: states, reviewed changes, parents, successions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One unit as it was from ``start`` to ``end`` (inclusive; None: unknown start, stands today)."""

    unit_id: str
    code: str | None
    name: str
    kind: str
    level: str
    parent_id: str | None
    start: date | None
    end: date | None
    basis: str  # official_list | act | unknown: where ``start`` comes from
    latitude: float | None = None
    longitude: float | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the version is valid on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """What became of a unit that ended: ``share`` of it (by its communes) went to the successor."""

    predecessor_id: str
    successor_id: str
    on: date
    is_main: bool
    is_whole: bool
    share: float
    act: str


@dataclass(slots=True)
class History:
    """All versions by unit, and the successions."""

    versions: dict[str, list[Version]] = field(default_factory=dict)
    successions: list[Succession] = field(default_factory=list)

    def add(self, version: Version) -> None:
        """Append a version of its unit."""
        self.versions.setdefault(version.unit_id, []).append(version)

    def at(self, unit_id: str, day: date) -> Version:
        """The version of ``unit_id`` on ``day``; KeyError when there is none."""
        for version in self.versions[unit_id]:
            if version.holds_on(day):
                return version
        raise KeyError(f"{unit_id} has no version on {day}")

    def split(self, unit_id: str, on: date, was: dict[str, str], becomes: dict[str, str]) -> None:
        """End the version that holds on ``on`` the day before, with the values ``was``; begin one with ``becomes``."""
        before = self.at(unit_id, on)
        if before.start == on:
            raise ValueError(f"{unit_id} already begins on {on}")
        at = self.versions[unit_id].index(before)
        self.versions[unit_id][at : at + 1] = [
            replace(before, end=on - DAY, **was),  # type: ignore[arg-type]
            replace(before, start=on, basis="act", **becomes),  # type: ignore[arg-type]
        ]

    def all_versions(self) -> Iterable[Version]:
        """Every version, by level from the top, then id, then start."""
        order = {"central": 0, "province": 1, "district": 2, "commune": 3}
        for unit_id in sorted(self.versions, key=lambda u: (order[self.versions[u][0].level], u)):
            yield from sorted(self.versions[unit_id], key=lambda v: v.start or date.min)


def join_equal(history: History) -> None:
    """Make one version of two that follow each other and differ in nothing but their coordinates."""
    for versions in history.versions.values():
        versions.sort(key=lambda v: v.start or date.min)
        at = 0
        while at + 1 < len(versions):
            first, second = versions[at], versions[at + 1]
            if all(getattr(first, name) == getattr(second, name) for name in ("code", "name", "kind", "parent_id")):
                versions[at : at + 2] = [replace(second, start=first.start, basis=first.basis)]
            else:
                at += 1


def split_at_parents(history: History) -> None:
    """Cut every version where its parent begins a new version, so that one parent version spans each child's.

    A child of unknown start begins with the first version of its parent: before, nothing is known of it.
    """
    for level in ("district", "commune"):
        for unit_id, versions in list(history.versions.items()):
            if versions[0].level != level:
                continue
            history.versions[unit_id] = [piece for v in versions for piece in _pieces(v, history)]


def _pieces(version: Version, history: History) -> list[Version]:
    assert version.parent_id is not None
    pieces = []
    for parent in sorted(history.versions[version.parent_id], key=lambda v: v.start or date.min):
        start = max((d for d in (version.start, parent.start) if d is not None), default=None)
        end = min((d for d in (version.end, parent.end) if d is not None), default=None)
        if start is not None and end is not None and start > end:
            continue
        basis = version.basis if start == version.start else parent.basis
        pieces.append(replace(version, start=start, end=end, basis=basis))
    return pieces


def check(history: History) -> None:
    """Raise ValueError when versions overlap, a parent is missing, or an ended unit has no successor."""
    ended = {s.predecessor_id for s in history.successions}
    for unit_id, versions in history.versions.items():
        ordered = sorted(versions, key=lambda v: v.start or date.min)
        for before, after in pairwise(ordered):
            if before.end is None or after.start != before.end + DAY:
                raise ValueError(f"{unit_id}: versions {before} and {after} do not follow each other")
        last = ordered[-1]
        if last.end is not None and unit_id not in ended:
            raise ValueError(f"{unit_id} {last.kind} {last.name} ended on {last.end} without a successor")
        for version in ordered:
            if version.parent_id is None:
                continue
            day = version.end or version.start or date(2025, 7, 1)
            parent = history.at(version.parent_id, day)
            if (parent.start or date.min) > (version.start or date.min) or (parent.end or date.max) < (
                version.end or date.max
            ):
                raise ValueError(f"{unit_id}: {version} outlives its parent {parent}")


def shares(parts: Iterable[dict[str, float]]) -> dict[str, float]:
    """Mean share by successor over ``parts`` (one mapping per commune of the unit that ended)."""
    total: dict[str, float] = defaultdict(float)
    count = 0
    for part in parts:
        count += 1
        for successor, share in part.items():
            total[successor] += share
    return {successor: value / count for successor, value in total.items()}
