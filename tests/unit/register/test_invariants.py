"""What holds for the whole packaged register."""

import math
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from bienban.register import FIRST_DAY, UnitVersion, load

EVE = date(2025, 6, 30)
REFORM = date(2025, 7, 1)
LEVELS_ABOVE = {"province": {"central"}, "district": {"province"}, "commune": {"district", "province"}}


def _span(version: UnitVersion) -> tuple[date, date]:
    return version.unit.valid_from or FIRST_DAY, version.unit.valid_to or date.max


def test_versions_follow_each_other_without_overlap_or_hole() -> None:
    histories: dict[str, list[UnitVersion]] = defaultdict(list)
    for version in load().versions():
        histories[version.unit.unit_id].append(version)
    for unit_id, versions in histories.items():
        for before, after in pairwise(versions):
            assert before.unit.valid_to is not None, unit_id
            assert after.unit.valid_from == before.unit.valid_to + timedelta(days=1), unit_id


def test_every_version_reaches_the_nation_on_every_day_of_its_validity() -> None:
    register = load()
    for version in register.versions():
        above = list(register.ancestors(version))
        assert version.unit.level == "central" or above[-1].unit.level == "central"
        for child, parent in zip([version, *above], above, strict=False):
            assert parent.unit.level in LEVELS_ABOVE[child.unit.level]
            assert child.unit.parent == parent.unit.unit_id
            assert _span(parent)[0] <= _span(child)[0] <= _span(child)[1] <= _span(parent)[1]


def test_the_province_of_a_unit_is_the_one_above_it() -> None:
    register = load()
    for version in register.versions():
        line = [version, *register.ancestors(version)]
        names = [above.unit.name for above in line if above.unit.level == "province"]
        assert version.unit.province == (names[0] if names else None)


def test_every_unit_that_ended_has_one_main_successor_that_stands_the_next_day() -> None:
    register = load()
    for version in register.versions():
        last = register.history(version.unit.unit_id)[-1].unit
        if last.valid_to is None:
            assert version.unit.unit_id not in register.successions_of
            continue
        successions = register.successions_of[last.unit_id]
        assert {s.effective_on for s in successions} == {last.valid_to + timedelta(days=1)}
        assert sum(s.is_main for s in successions) == 1
        assert sum(s.share for s in successions) == pytest.approx(1, abs=1e-3)
        assert all(s.is_whole == (len(successions) == 1) for s in successions)
        assert all(register.unit_on(s.successor_id, s.effective_on) for s in successions)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(EVE, {"central": 1, "province": 63, "district": 696, "commune": 10035}, id="before the reform"),
        pytest.param(REFORM, {"central": 1, "province": 34, "commune": 3321}, id="after the reform"),
        pytest.param(date(2026, 11, 1), {"central": 1, "province": 34, "commune": 3321}, id="after the cities of 2026"),
        pytest.param(date(2008, 7, 31), {"central": 1, "province": 64}, id="with Hà Tây"),
    ],
)
def test_as_many_units_as_the_lists_have(on: date, expected: dict[str, int]) -> None:
    counts = Counter(version.unit.level for version in load().versions() if version.holds_on(on))
    assert {level: counts[level] for level in expected} == expected
    assert on < REFORM or counts["district"] == 0


def test_cities_and_wards_of_2026() -> None:
    kinds = Counter(v.unit.kind for v in load().versions() if v.holds_on(date(2026, 9, 20)))
    assert (kinds["thành phố"], kinds["phường"], kinds["xã"], kinds["đặc khu"]) == (9, 709, 2599, 13)


def test_a_code_has_one_bearer_on_a_day() -> None:
    for on in (EVE, REFORM, date(2019, 6, 1), date(2026, 10, 1)):
        held = Counter((v.unit.level, v.unit.code) for v in load().versions() if v.unit.code and v.holds_on(on))
        assert [code for code, count in held.items() if count > 1] == []


def test_ids_say_level_and_first_code() -> None:
    for version in load().versions():
        if version.unit.level != "central":
            assert re.fullmatch(rf"{version.unit.level[0]}\d+(-\d{{8}})?", version.unit.unit_id)


def test_codes_that_passed_to_another_unit_keep_two_ids() -> None:
    register = load()
    both = [
        {v.unit.unit_id for v in register.bearers(v0.unit.code or "", "commune")}
        for v0 in register.versions()
        if v0.unit.level == "commune" and v0.holds_on(EVE)
    ]
    assert sum(len(ids) == 2 for ids in both) > 3000


def test_coordinates_lie_in_vietnam() -> None:
    for version in load().versions():
        assert version.latitude is not None and 7 < version.latitude < 24, version
        assert version.longitude is not None and 102 < version.longitude < 118, version


def test_a_commune_of_today_lies_near_those_it_was_made_of() -> None:
    register = load()
    made_of: dict[str, list[UnitVersion]] = defaultdict(list)
    for succession in register.successions:
        if succession.effective_on == REFORM and succession.predecessor_id.startswith("c"):
            old = register.unit_on(succession.predecessor_id, EVE)
            assert old is not None
            made_of[succession.successor_id].append(old)
    far = {}
    for unit_id, olds in made_of.items():
        unit = register.unit_on(unit_id, REFORM)
        assert unit is not None
        distance = min(math.hypot(_at(unit)[0] - _at(old)[0], _at(unit)[1] - _at(old)[1]) for old in olds)
        if distance > 0.3:  # degrees, some 30 km
            far[unit_id] = unit.unit.name
    assert far == {}


def _at(version: UnitVersion) -> tuple[float, float]:
    assert version.latitude is not None and version.longitude is not None
    return version.latitude, version.longitude
