"""The packaged register in memory: units by code and day, by id, by name; parents and successors.

Loaded once, on first use. Days before ``FIRST_DAY`` are before the register: every answer is None or
empty there. A unit whose first day is unknown counts as standing from ``FIRST_DAY`` on.
"""

import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

import orjson

from bienban.records import Unit
from bienban.register.name_tree import NameTree
from bienban.register.names import LEVELS_OF_KIND, accent_key, own_key

# The first national list of units with codes: Quyết định 124/2004/QĐ-TTg of 8 July 2004.
FIRST_DAY = date(2004, 7, 8)
LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)
_WIDTH = {"province": 2, "district": 3, "commune": 5}  # digits of an official code
LEVELS_WITH_CODES = tuple(_WIDTH)


@dataclass(frozen=True, slots=True)
class UnitVersion:
    """One version of one unit, with what ``dim_units`` needs beside the public ``Unit``."""

    unit: Unit
    row: int
    parent_row: int | None
    province_row: int | None
    validity_basis: str
    latitude: float | None
    longitude: float | None

    def holds_on(self, day: date) -> bool:
        """Whether this version is valid on ``day``."""
        unit = self.unit
        return (unit.valid_from or FIRST_DAY) <= day and (unit.valid_to is None or day <= unit.valid_to)


@dataclass(frozen=True, slots=True)
class Succession:
    """``share`` of the predecessor (by its communes) went to the successor on the day ``effective_on``."""

    predecessor_id: str
    successor_id: str
    effective_on: date
    is_main: bool
    is_whole: bool
    share: float
    legal_act: str


@dataclass(frozen=True, slots=True, eq=False)
class Bearers:
    """Who bears a name, any day: one object for one name, so that what is worked out for it can be kept by it."""

    rows: tuple[int, ...]
    spellings: frozenset[str]  # accent keys of all their names


class Register:
    """All versions of all units. Immutable."""

    def __init__(self, packed: bytes) -> None:
        body = orjson.loads(gzip.decompress(packed))
        days: dict[str | None, date | None] = {None: None}
        for row in body["versions"]:
            for value in (row[6], row[7]):
                if value not in days:
                    days[value] = date.fromisoformat(value)
        # Tuples of plain values, which the garbage collector need not look at again and again.
        self._rows: list[tuple[Any, ...]] = [tuple(row) for row in body["versions"]]
        self._days = days
        self._versions: list[UnitVersion | None] = [None] * len(self._rows)
        self._packed_successions = body["successions"]
        self.rows_by_key: dict[str, list[int]] = defaultdict(list)  # plain key of a name or alias -> rows
        self._rows_of_level: dict[str, list[int]] = defaultdict(list)
        self._spellings: dict[int, tuple[str, ...]] = {}
        self._ids_above: dict[int, frozenset[str]] = {}
        self._bearers: dict[tuple[str, tuple[str, ...]], Bearers] = {}
        self._aliases: dict[str, list[str]] = defaultdict(list)
        self._rows_of: dict[str, list[int]] = defaultdict(list)
        self._rows_by_code: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, row in enumerate(body["versions"]):
            self.rows_by_key[row[11]].append(number)
            self._rows_of_level[row[4]].append(number)
            self._rows_of[row[0]].append(number)
            if row[1] is not None:
                self._rows_by_code[row[4], row[1]].append(number)
        for unit_id, plain, name in body["aliases"]:
            self._aliases[unit_id].append(name)
            known = self.rows_by_key[plain]
            known.extend(number for number in self._rows_of[unit_id] if number not in known)
        self.rows_by_key.default_factory = None

    @cached_property
    def names(self) -> NameTree:
        """The plain keys of all names and aliases."""
        return NameTree.of(self.rows_by_key)

    @cached_property
    def provinces_by_accent(self) -> dict[str, Bearers]:
        """Accent key of a province's name or alias -> the province and a city in it of the same name."""
        found: dict[str, list[int]] = defaultdict(list)
        for number in self._rows_of_level["province"]:
            for accent in self.spellings(number):
                found[accent].append(number)
        for number in self._rows_of_level["district"]:
            if self._rows[number][3] == "thành phố" and (accent := self.spellings(number)[0]) in found:
                found[accent].append(number)
        return {accent: self._all_bearers(rows) for accent, rows in found.items()}

    @cached_property
    def provinces(self) -> NameTree:
        """The accent keys of all names and aliases of provinces."""
        return NameTree.of(self.provinces_by_accent)

    def __len__(self) -> int:
        return len(self._rows)

    def version(self, number: int) -> UnitVersion:
        """The version in row ``number``."""
        found = self._versions[number]
        if found is None:
            found = self._versions[number] = self._make(number)
        return found

    def versions(self) -> Iterator[UnitVersion]:
        """Every version: by level from the top, then by unit, then by day."""
        return (self.version(number) for number in range(len(self._rows)))

    def _make(self, number: int) -> UnitVersion:
        unit_id, code, name, kind, level, parent_row, start, end, basis, latitude, longitude, _ = self._rows[number]
        province_row: int | None = None
        above: int | None = number
        while above is not None:
            if self._rows[above][4] == "province":
                province_row = above
            above = self._rows[above][5]
        unit = Unit(
            unit_id=unit_id,
            code=code,
            name=name,
            kind=kind,
            level=level,
            parent=None if parent_row is None else self._rows[parent_row][0],
            province=None if province_row is None else self._rows[province_row][2],
            valid_from=self._days[start],
            valid_to=self._days[end],
        )
        return UnitVersion(unit, number, parent_row, province_row, basis, latitude, longitude)

    def spellings(self, number: int) -> tuple[str, ...]:
        """Accent keys under which the unit of row ``number`` is written: its name first, then its aliases."""
        found = self._spellings.get(number)
        if found is None:
            own = self._rows[number]
            aliases = self._aliases.get(own[0], ())
            found = self._spellings[number] = (own_key(own[2]), *(accent_key(name) for name in aliases))
        return found

    def bearers_at_levels(self, key: str, kind: str) -> Bearers:
        """The bearers of the plain key at the levels at which units of ``kind`` stand."""
        return self._bearers_among(key, LEVELS_OF_KIND[kind])

    def bearers_of_kind(self, key: str, kind: str) -> Bearers:
        """The bearers of the plain key in versions of that very kind."""
        return self._bearers_among(key, (kind,))

    def bearers_of_any(self, key: str) -> Bearers:
        """The bearers of the plain key, whatever their kind."""
        return self._bearers_among(key, ())

    def _bearers_among(self, key: str, wanted: tuple[str, ...]) -> Bearers:
        """The bearers whose kind or level is ``wanted``; no kind is called like a level."""
        found = self._bearers.get((key, wanted))
        if found is None:
            rows = self.rows_by_key.get(key, ())
            among = [row for row in rows if not wanted or not {*self._rows[row][3:5]}.isdisjoint(wanted)]
            found = self._bearers[key, wanted] = self._all_bearers(among)
        return found

    def _all_bearers(self, rows: list[int]) -> Bearers:
        return Bearers(tuple(rows), frozenset(spelling for row in rows for spelling in self.spellings(row)))

    def plain_name(self, number: int) -> str:
        """The plain key of the name in row ``number``."""
        return str(self._rows[number][11])

    def history(self, unit_id: str) -> list[UnitVersion]:
        """The versions of a unit, oldest first; empty for an unknown id."""
        return [self.version(number) for number in self._rows_of.get(unit_id, ())]

    def unit_on(self, unit_id: str, day: date) -> UnitVersion | None:
        """The version of a unit on ``day``."""
        if day < FIRST_DAY:
            return None
        return next((version for version in self.history(unit_id) if version.holds_on(day)), None)

    def bearers(self, code: str, level: str) -> list[UnitVersion]:
        """Every version that bore an official code, oldest first. Leading zeros may be missing."""
        code = code.strip()
        padded = code.zfill(_WIDTH.get(level, 0)) if code.isdecimal() else code
        found = [self.version(number) for number in self._rows_by_code.get((level, padded), ())]
        return sorted(found, key=lambda version: version.unit.valid_to or date.max)

    def ancestors(self, version: UnitVersion) -> Iterator[UnitVersion]:
        """Parent, its parent … up to the nation, in the versions that hold with ``version``."""
        above = version.parent_row
        while above is not None:
            parent = self.version(above)
            yield parent
            above = parent.parent_row

    def ids_above(self, number: int) -> frozenset[str]:
        """The ids of the units above the one in row ``number``."""
        found = self._ids_above.get(number)
        if found is None:
            above, ids = self._rows[number][5], []
            while above is not None:
                ids.append(self._rows[above][0])
                above = self._rows[above][5]
            found = self._ids_above[number] = frozenset(ids)
        return found

    def line_of(self, unit_id: str) -> str:
        """The first of the units that handed this one's name, kind and level down to it; itself when it got none."""
        return self._lines.get(unit_id, unit_id)

    @cached_property
    def _lines(self) -> dict[str, str]:
        lines: dict[str, str] = {}
        for succession in self.successions:  # by day, so that a line's first unit is known before its second
            old, new = self._rows[self._rows_of[succession.predecessor_id][-1]], self._first(succession.successor_id)
            if old[2:5] == new[2:5]:
                lines[new[0]] = lines.get(old[0], old[0])
        return lines

    def _first(self, unit_id: str) -> tuple[Any, ...]:
        return self._rows[self._rows_of[unit_id][0]]

    @cached_property
    def successions(self) -> list[Succession]:
        """Every succession, by day."""
        return [
            Succession(old, new, date.fromisoformat(day), is_main, is_whole, share, act)
            for old, new, day, is_main, is_whole, share, act in self._packed_successions
        ]

    @cached_property
    def successions_of(self) -> dict[str, list[Succession]]:
        """The successions by predecessor."""
        found: dict[str, list[Succession]] = defaultdict(list)
        for succession in self.successions:
            found[succession.predecessor_id].append(succession)
        return dict(found)

    def heirs(self, unit_id: str, day: date) -> list[UnitVersion]:
        """What stands on ``day`` where the unit stood: itself, or its successors, main ones first."""
        if day < FIRST_DAY:
            return []
        found: dict[str, UnitVersion] = {}
        open_ids, seen = [unit_id], {unit_id}
        while open_ids:
            current = open_ids.pop(0)
            standing = self.unit_on(current, day)
            if standing is not None:
                found.setdefault(current, standing)
                continue
            nexts = [s for s in self.successions_of.get(current, ()) if s.effective_on <= day]
            for succession in sorted(nexts, key=lambda s: (not s.is_main, -s.share, s.successor_id)):
                if succession.successor_id not in seen:
                    seen.add(succession.successor_id)
                    open_ids.append(succession.successor_id)
        return list(found.values())


@lru_cache(maxsize=1)
def load() -> Register:
    """The packaged register."""
    return Register(files("bienban.register").joinpath("data/register.json.gz").read_bytes())
