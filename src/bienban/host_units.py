"""Which unit a host's name means: the register, asked with what stands around the name.

The day decides the name's bearers; an address, a bracket, the page's province or the other units that it names
decide among namesakes. Nothing does: the province stays open.

Not here: whose meeting it was (``hosts.py``), the units themselves (``bienban.register``).
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bienban.bodies import BodyMention, find_bodies
from bienban.layout import Layout
from bienban.lexicon import alternation, load_lexicon, lowered
from bienban.people_names import is_surname
from bienban.records import HostUnit, Unit, UnitLevel
from bienban.register import LAST_DAY_OF_DISTRICTS, province_of_site, unit_named, units_named
from bienban.unit_phrases import KIND_LEVELS, UnitPhrase, address_after, find_units

_CENTRAL_CITIES = frozenset(load_lexicon("bodies")["central_cities"].forms)
_MOST_WORDS = 6
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")
_FORMER = re.compile(rf"[ \t]*\(?{alternation(load_lexicon('bodies')['former'].forms)}(?!\w)")
_BRACKETS = re.compile(r"[ \t]*[(-][ \t]*([^()\d\n]{2,40})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the host is read from."""

    text: str
    lower: str
    layout: Layout
    url: str | None
    agency: str | None


def map_day(reading: Reading) -> date | None:
    """The day whose map a page without any day speaks of; None when nothing tells.

    Districts, named as such and not as former ones, ended on 30 June 2025; else the newest year that the page names
    decides when it is an earlier one. A later year may be a plan's.
    """
    newest = max((int(year) for year in _YEAR.findall(reading.text)), default=None)
    for phrase in find_units(reading.text, reading.lower):
        if KIND_LEVELS.get(phrase.kind) == "district" and not _FORMER.match(reading.lower, phrase.end):
            name = known_name(phrase.kind, phrase.name)
            if name and all(unit.level == "district" for unit in units_named(name, kind=phrase.kind)):
                return LAST_DAY_OF_DISTRICTS
    return date(newest, 12, 31) if newest is not None and newest < LAST_DAY_OF_DISTRICTS.year else None


def find_unit(
    reading: Reading, kind: str | None, name: str | None, within: tuple[UnitPhrase, ...], on: date | None
) -> HostUnit:
    """The unit of that name as of ``on``; its province is None when neither register nor page decides it."""
    if name is None:
        return HostUnit(level=level_of(kind, None), kind=kind, name=None, province=None)
    candidates = units_on_day(name, kind, on)
    said = (
        province_said(within, on)
        or _province_by_address(reading, kind, name, on)
        or _province_in_brackets(reading, kind, name, on)
    )
    level = level_of(kind, name) if not candidates else candidates[0].level
    candidates = [unit for unit in candidates if unit.level == level]
    if level == "province":
        return _as_host(candidates, level, kind, name, candidates[0].name if candidates else name)
    chosen = [unit for unit in candidates if said in (None, unit.province)]
    province = said or _one([unit.province for unit in candidates])
    if province is None and candidates:
        province = _decided(reading, {unit.province for unit in candidates if unit.province}, on)
        chosen = [unit for unit in candidates if unit.province == province] if province else []
    return _as_host(chosen, level, kind, name, province)


def _as_host(units: list[Unit], level: UnitLevel, kind: str | None, name: str, province: str | None) -> HostUnit:
    sure = units[0] if len({unit.unit_id for unit in units}) == 1 else None
    return HostUnit(
        level=level,
        kind=kind or (sure.kind if sure else None),
        name=name,
        province=province,
        unit_id=sure.unit_id if sure else None,
        code=sure.code if sure else None,
    )


def find_place(reading: Reading, mention: BodyMention, on: date | None) -> Unit | None:
    """The unit that the organisation's name or the address behind it decides, here or where the page names it again."""
    again = find_bodies(reading.text, reading.lower)
    behind = [mention.within, *(body.within for body in again if body.organisation == mention.organisation)]
    addresses = [reading.text[within[0].start : within[-1].end] for within in behind if within]
    places = (unit_named(address, on) for address in (*addresses, mention.organisation or ""))
    return next((place for place in places if place is not None), None)


def known_name(kind: str | None, words: str) -> str | None:
    """``words`` cut to the longest name that the register knows for ``kind`` ("Gia Lai Đinh Quốc" -> "Gia Lai").

    A name that it does not know stays whole, up to three words; a person's name gives None.
    """
    parts = words.split()
    for size in range(min(len(parts), _MOST_WORDS), 0, -1):
        name = " ".join(parts[:size]).rstrip(" -")
        units = units_named(name, kind=kind) or units_named(name)
        if units:
            return units[0].name if name.isupper() else name
    if is_person(parts):
        return None
    return " ".join(parts[:3]) if not words.isupper() else words.title()


def is_person(words: list[str]) -> bool:
    return len(words) >= 3 and is_surname([lowered(word) for word in words])


def units_on_day(name: str, kind: str | None, on: date | None) -> list[Unit]:
    return units_named(name, kind=kind, on=on) or units_named(name, kind=kind)


def level_of(kind: str | None, name: str | None) -> UnitLevel:
    if kind == "thành phố" and name and lowered(name) in _CENTRAL_CITIES:
        return "province"
    return KIND_LEVELS.get(kind or "", "organisation")  # type: ignore[return-value]  # a test reads the levels


def _one(values: list[str | None]) -> str | None:
    return values[0] if len(set(values)) == 1 else None


def province_said(within: tuple[UnitPhrase, ...], on: date | None) -> str | None:
    """The province that an address beside the unit names, or its district decides."""
    for phrase in reversed(within):
        name = known_name(phrase.kind, phrase.name)
        if name is None:
            continue
        units = units_on_day(name, phrase.kind, on)
        if phrase.kind == "tỉnh" or any(unit.level == "province" for unit in units):
            return units[0].name if units else name
        if province := _one([unit.province for unit in units]):
            return province
    return None


def _province_by_address(reading: Reading, kind: str | None, name: str, on: date | None) -> str | None:
    """The province that stands beside another mention of the unit: "xã Yên Định, huyện Hải Hậu, tỉnh Nam Định"."""
    for phrase in find_units(reading.text, reading.lower):
        if phrase.kind == kind and phrase.name.startswith(name):
            address = tuple(address_after(reading.text, reading.lower, phrase.end, phrase.end + 120))
            if province := province_said(address, on):
                return province
    return None


def _province_in_brackets(reading: Reading, kind: str | None, name: str, on: date | None) -> str | None:
    """ "xã Hồng Thái (Na Hang)": a bare name behind the unit, when it means one district or province."""
    for phrase in find_units(reading.text, reading.lower):
        if (
            phrase.kind == kind
            and phrase.name == name
            and (province := bracketed_province(reading.text, phrase.end, on))
        ):
            return province
    return None


def bracketed_province(text: str, at: int, on: date | None) -> str | None:
    """The province of the bare names in the bracket that begins at ``at``, when they mean one."""
    bare = _BRACKETS.match(text, at)
    for part in reversed(bare[1].split(",")) if bare else ():
        units = [unit for unit in units_on_day(part.strip(), None, on) if unit.level in ("district", "province")]
        if province := _one([unit.province for unit in units]):
            return province
    return None


def _decided(reading: Reading, provinces: set[str], on: date | None) -> str | None:
    """The one of ``provinces`` that the page speaks for: named with its kind, by its site or paper, by its units."""
    named = {
        known_name(p.kind, p.name) for p in find_units(reading.text, reading.lower) if p.kind in ("tỉnh", "thành phố")
    }
    if len(named & provinces) == 1:
        return next(iter(named & provinces))
    if (page := province_of_page(reading, on)) in provinces:
        return page
    votes: set[str] = set()
    for phrase in find_units(reading.text, reading.lower):
        if phrase.kind not in ("tỉnh",):
            units = units_on_day(known_name(phrase.kind, phrase.name) or "", phrase.kind, on)
            if (only := _one([unit.province for unit in units])) in provinces and only:
                votes.add(only)
    return next(iter(votes)) if len(votes) == 1 else None


def province_of_units(reading: Reading, on: date | None) -> str | None:
    """The province that holds every district and commune of the page whose name occurs in one province only."""
    held: set[str] = set()
    for phrase in find_units(reading.text, reading.lower):
        name = known_name(phrase.kind, phrase.name)
        units = units_on_day(name, phrase.kind, on) if name else []
        if (only := _one([unit.province for unit in units])) and all(unit.level != "province" for unit in units):
            held.add(only)
    return held.pop() if len(held) == 1 else None


def province_of_page(reading: Reading, on: date | None) -> str | None:
    """The province of the portal's address or of the paper that signs: "Điện Biên TV", "Báo Lào Cai"."""
    if reading.url and (host := urlsplit(reading.url).hostname):
        unit = province_of_site(host, on)
        if unit:
            return unit.name
    if reading.agency and (unit := province_of_site(reading.agency.lower(), on)):  # "(Baoquangngai.vn)"
        return unit.name
    words = (reading.agency or "").split()
    for start in range(len(words)):
        for size in range(min(4, len(words) - start), 0, -1):
            units = [
                unit
                for unit in units_on_day(" ".join(words[start : start + size]), None, on)
                if unit.level == "province"
            ]
            if units:
                return units[0].name
    return None
