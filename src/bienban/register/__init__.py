"""The administrative units of Vietnam: names, codes, validity, parents and successors, by day.

A code or a name means nothing without a day: on 1 July 2025 districts ended and most commune codes
passed to units with other borders or names. ``docs/register.md`` says what is exact and what is not.
"""

from datetime import date

from bienban.records import Unit
from bienban.register.describe import describe, why_no_match, why_no_unit
from bienban.register.names import LATER_KINDS, accent_key, name_keys
from bienban.register.resolve import resolve_units, unit_named
from bienban.register.store import FIRST_DAY, LAST_DAY_OF_DISTRICTS, Register, Succession, UnitVersion, load

__all__ = [
    "FIRST_DAY",
    "LAST_DAY_OF_DISTRICTS",
    "Register",
    "Succession",
    "UnitVersion",
    "describe",
    "history",
    "is_unique_name",
    "load",
    "parent_of",
    "province_of_site",
    "resolve_units",
    "successors",
    "unit_at",
    "unit_named",
    "units_named",
    "why_no_match",
    "why_no_unit",
]


def unit_at(unit_code: str, level: str, on: date) -> Unit | None:
    """The unit that bears the official code on the day; None when there is none."""
    if on < FIRST_DAY:
        return None
    return next((version.unit for version in load().bearers(unit_code, level) if version.holds_on(on)), None)


def successors(unit_code: str, level: str, on: date) -> list[Unit]:
    """What stands on ``on`` where the unit stood: itself while it stands, else its successors, main one first.

    A code that passed from one unit to another means its first bearer: on or after 1 July 2025 the
    commune code of an old list gives the successors of the old commune. Unknown code: [].
    """
    register = load()
    bearers = register.bearers(unit_code, level)
    if not bearers:
        return []
    return [version.unit for version in register.heirs(bearers[0].unit.unit_id, on)]


def history(unit_id: str) -> list[Unit]:
    """The versions of a unit, oldest first; [] for an unknown id."""
    return [version.unit for version in load().history(unit_id)]


def parent_of(unit: Unit, on: date | None = None) -> Unit | None:
    """The unit above in the version that spans ``unit``'s (or holds on ``on``); None for the nation."""
    if unit.parent is None:
        return None
    day = on or unit.valid_to or date.max  # a version lies inside one version of its parent
    version = load().unit_on(unit.parent, day)
    return version.unit if version else None


def units_named(
    name: str,
    kind: str | None = None,
    on: date | None = None,
    province: str | None = None,
    level: str | None = None,
) -> list[Unit]:
    """The units that bear exactly this name (diacritics count, i/y and tone placement do not).

    ``on`` keeps the versions valid that day; without it the last version of each unit that bore it.
    ``province`` is a name, compared in the same way. Where no unit bears the kind, one that may have borne it
    earlier answers, if its history is unknown: "huyện Ba Đồn" is the later thị xã.
    """
    wanted = {kind} if kind is not None else None
    found = _bearers(name, wanted, on, province, level)
    if not found and kind is not None:
        found = [
            unit
            for unit in _bearers(name, LATER_KINDS.get(kind, set()), on, province, level)
            if unit.valid_from is None
        ]
    return found


def _bearers(name: str, kinds: set[str] | None, on: date | None, province: str | None, level: str | None) -> list[Unit]:
    register = load()
    accent, plain = name_keys(name)
    province_key = None if province is None else accent_key(province)
    found: dict[str, Unit] = {}
    for row in register.rows_by_key.get(plain, ()):
        version = register.version(row)
        unit = version.unit
        if accent not in register.spellings(row) or level not in (None, unit.level):
            continue
        if (kinds is not None and unit.kind not in kinds) or (on is not None and not version.holds_on(on)):
            continue
        if province_key is None or accent_key(unit.province or "") == province_key:
            found[unit.unit_id] = unit
    return list(found.values())


def is_unique_name(name: str, kind: str | None = None, on: date | None = None, level: str | None = None) -> bool:
    """Whether exactly one unit of the country bears the name (of that kind or level, on that day)."""
    return len(units_named(name, kind=kind, on=on, level=level)) == 1


def province_of_site(host: str, on: date | None = None) -> Unit | None:
    """The province whose official portal or paper ``host`` is ("hamyen.tuyenquang.gov.vn"); None when unknown."""
    from bienban.register.sites import province_id_of_host

    unit_id = province_id_of_host(host)
    if unit_id is None:
        return None
    register = load()
    if on is None:
        return register.history(unit_id)[-1].unit
    heirs = register.heirs(unit_id, on)
    return heirs[0].unit if heirs else None
