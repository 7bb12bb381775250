"""The register against what other projects published: ``peers/admin_units_cases.jsonl`` and their issues.

A case counts as documented disagreement when ``docs/register.md`` names it with its source.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bienban.records import Unit
from bienban.register import load, resolve_units, successors, unit_at
from bienban.register.names import accent_key
from bienban.register.sources import split_name

Case = dict[str, Any]

_NOTES = Path(__file__).resolve().parents[2] / "docs" / "register.md"
DOCUMENTED = set(
    re.findall(r"`((?:vau|dist|prov|alias|ambig|reuse|tlq|issue)-[\w-]+)`", _NOTES.read_text(encoding="utf-8"))
)


def _read(path: Path) -> list[Case]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _is(unit: Unit | None, full_name: str) -> bool:
    """The same unit name, spellings that the register folds apart ("Đắk", "Đăk") counted as one."""
    if unit is None:
        return False
    kind, name = split_name(full_name)
    return (unit.kind, accent_key(unit.name)) == (kind, accent_key(name))


def _level(case: Case) -> str:
    if case["kind"] == "province":
        return "province"
    return "district" if case["kind"].startswith("district") else "commune"


def _conversion(case: Case) -> bool:
    """The text names the old unit on its last day, and the new ones are exactly those expected."""
    level = _level(case)
    old_code = case["old"][{"province": "province_code", "district": "district_code", "commune": "ward_code"}[level]]
    found = resolve_units(case["input_text"], date.fromisoformat(case["valid_to"]))
    expected = {unit.get("ward_code") or unit["province_code"] for unit in case["expected"]}
    heirs = {unit.code for unit in successors(old_code, level, date.fromisoformat(case["effective"]))}
    return bool(found) and (found[0].unit.code, found[0].unit.level) == (old_code, level) and heirs == expected


def _district_on_day(case: Case) -> bool:
    """The name, perhaps a former one, leads to the district that stands on the day; its code alone does, too."""
    on = date.fromisoformat(case["as_of"])
    found = resolve_units(case["input_text"], on)
    if not found:
        return False
    expected = case["expected"][0]
    standing = [version.unit for version in load().heirs(found[0].unit.unit_id, on)]
    by_code = successors(found[0].unit.code or "", "district", on)
    return all(
        [unit.code for unit in units] == [expected["district_code"]] and _is(units[0], expected["district"])
        for units in (standing, by_code)
    )


def _address(case: Case) -> bool:
    """An address leads to the commune that stands where it lies today."""
    on = date.fromisoformat(case["as_of"]) if "as_of" in case else None
    found = resolve_units(case["input_text"], on)
    if not case["expected"]:
        return found == []
    expected = case["expected"][0]
    standing = load().heirs(found[0].unit.unit_id, on or date(2026, 1, 1)) if found else []
    if not standing:
        return False
    unit = standing[0].unit
    if "ward_code" in expected and unit.code != expected["ward_code"]:
        return False
    place, name = expected["province"], expected.get("ward")
    return accent_key(place).endswith(accent_key(unit.province or "")) and (
        name is None or accent_key(name).endswith(accent_key(unit.name))
    )


def _change_of_2026(case: Case) -> bool:
    found = resolve_units(case["input_text"], date.fromisoformat(case["as_of"]))
    return _address(case) and _is(found[0].unit, case["expected"][0]["ward"])


def _reused_code(case: Case) -> bool:
    sides = [case["old"], case["expected"][0]]
    return all(
        _is(unit_at(side["ward_code"], "commune", date.fromisoformat(side["as_of"])), side["ward"]) for side in sides
    )


CHECKS: dict[str, Callable[[Case], bool]] = {
    "split": _conversion,
    "merged": _conversion,
    "unchanged": _conversion,
    "district_to_special_zone": _conversion,
    "province": _conversion,
    "district_abolished": _conversion,
    "historic_district_alias": _district_on_day,
    "ambiguous_district_name": _district_on_day,
    "address_convert": _address,
    "address_parse_2025": _address,
    "not_found": _address,
    "type_change_2026": _change_of_2026,
    "code_reused": _reused_code,
}
GROUPS = {
    "communes and provinces": (0.99, ("split", "merged", "unchanged", "province", "district_to_special_zone")),
    "successor sets of districts": (0.95, ("district_abolished",)),
    "earlier mergers": (0.90, ("historic_district_alias",)),
    "twins": (1.0, ("ambiguous_district_name",)),
    "addresses": (0.90, ("address_convert", "address_parse_2025", "not_found")),
    "changes of 2026": (0.90, ("type_change_2026",)),
    "reused codes": (0.90, ("code_reused",)),
}


@pytest.fixture(scope="module")
def by_kind(peers: Path) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = defaultdict(list)
    for case in _read(peers / "admin_units_cases.jsonl"):
        found[case["kind"]].append(case)
    return found


def test_every_kind_of_case_is_checked(by_kind: dict[str, list[Case]]) -> None:
    assert set(by_kind) <= {kind for _, kinds in GROUPS.values() for kind in kinds}


@pytest.mark.parametrize("group", GROUPS)
def test_admin_units(group: str, by_kind: dict[str, list[Case]]) -> None:
    least, kinds = GROUPS[group]
    cases = [case for kind in kinds for case in by_kind[kind] if case["case_id"] not in DOCUMENTED]
    wrong = [f"{case['case_id']}: {case['input_text']}" for case in cases if not CHECKS[case["kind"]](case)]
    assert cases
    assert 1 - len(wrong) / len(cases) >= least, wrong


def _issue(case: Case) -> bool:
    text, expected = case["text"], case["expected"]
    if text.startswith("ward_code "):
        code = text.removeprefix("ward_code ")
        return all(_is(unit_at(code, "commune", date.fromisoformat(day)), name) for day, name in expected.items())
    names = [text]
    for alias in expected.get("aliases", ()):
        kind, _, place = text.partition(",")
        names.append(f"{split_name(kind)[0]} {alias},{place}")
    codes = expected.get("ward_codes_accepted") or [expected.get("ward_code") or expected.get("province_code")]
    found = [resolve_units(name, date(2026, 8, 1))[0].unit for name in names]
    return len({unit.unit_id for unit in found}) == 1 and (codes == [None] or found[0].code in codes)


def test_issue_regressions(peers: Path) -> None:
    cases = [case for case in _read(peers / "issue_regressions.jsonl") if case["kind"] == "unit"]
    assert cases
    wrong = [case["case_id"] for case in cases if case["case_id"] not in DOCUMENTED and not _issue(case)]
    assert wrong == []
