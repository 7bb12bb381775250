"""Units by code, id and name, on a day; what stands where a unit stood."""

from datetime import date

import pytest

from bienban.register import (
    FIRST_DAY,
    history,
    is_unique_name,
    parent_of,
    province_of_site,
    resolve_units,
    successors,
    unit_at,
    units_named,
    why_no_match,
    why_no_unit,
)

EVE = date(2025, 6, 30)
REFORM = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("code", "level", "on", "expected"),
    [
        pytest.param("26740", "commune", EVE, ("phường", "Bến Nghé"), id="a code before the reform"),
        pytest.param("26740", "commune", REFORM, ("phường", "Sài Gòn"), id="the same code lives on under another name"),
        pytest.param("24", "province", EVE, ("tỉnh", "Bắc Giang"), id="a province's code before"),
        pytest.param("24", "province", REFORM, ("tỉnh", "Bắc Ninh"), id="and its next bearer"),
        pytest.param("24", "province", date(2026, 9, 20), ("thành phố", "Bắc Ninh"), id="a later change of kind"),
        pytest.param("14", "province", date(2026, 1, 1), ("tỉnh", "Sơn La"), id="the statistics office's code"),
        pytest.param("074", "district", EVE, ("huyện", "Hàm Yên"), id="a district stands on the last day"),
        pytest.param("74", "district", EVE, ("huyện", "Hàm Yên"), id="a leading zero may be missing"),
        pytest.param("074", "district", REFORM, None, id="no districts from the reform on"),
        pytest.param("769", "district", date(2020, 12, 31), ("quận", "2"), id="a district's code before its reuse"),
        pytest.param("769", "district", date(2021, 1, 1), ("thành phố", "Thủ Đức"), id="and its next bearer, too"),
        pytest.param("28", "province", date(2008, 7, 31), ("tỉnh", "Hà Tây"), id="a province of before 2008"),
        pytest.param("46", "province", date(2024, 12, 31), ("tỉnh", "Thừa Thiên Huế"), id="under its former name"),
        pytest.param("074", "district", date(1990, 1, 1), None, id="a day before the register"),
        pytest.param("99999", "commune", EVE, None, id="an unknown code"),
        pytest.param("", "commune", EVE, None, id="no code"),
        pytest.param("二六", "commune", EVE, None, id="another script"),
        pytest.param("074", "canton", EVE, None, id="an unknown level"),
    ],
)
def test_unit_at(code: str, level: str, on: date, expected: tuple[str, str] | None) -> None:
    unit = unit_at(code, level, on)
    assert (None if unit is None else (unit.kind, unit.name)) == expected


@pytest.mark.parametrize(
    ("code", "level", "on", "expected"),
    [
        pytest.param(
            "074",
            "district",
            REFORM,
            {"Hàm Yên", "Bạch Xa", "Phù Lưu", "Yên Phú", "Bình Xa", "Thái Sơn", "Thái Hòa", "Hùng Đức"},
            id="an abolished district: all communes on its land",
        ),
        pytest.param("074", "district", EVE, {"Hàm Yên"}, id="itself while it stands"),
        pytest.param("204", "district", EVE, {"Hạ Long"}, id="an earlier merger"),
        pytest.param("769", "district", EVE, {"Thủ Đức"}, id="a code reused by the successor"),
        pytest.param("754", "district", EVE, {"Phú Mỹ"}, id="a unit that was renamed stands itself"),
        pytest.param("02", "province", REFORM, {"Tuyên Quang"}, id="a merged province"),
        pytest.param("22", "province", date(2026, 10, 1), {"Quảng Ninh"}, id="a province that only changed its kind"),
        pytest.param("28", "province", REFORM, {"Hà Nội"}, id="a province of before 2008"),
        pytest.param("755", "district", REFORM, {"Côn Đảo"}, id="an island district becomes a special zone"),
        pytest.param("00367", "commune", REFORM, {"Thanh Liệt", "Thanh Xuân"}, id="a commune that was split"),
        pytest.param("28252", "commune", REFORM, {"Đạo Thạnh"}, id="a namesake's successors are not its own"),
        pytest.param("074", "district", date(1990, 1, 1), set(), id="a day before the register"),
        pytest.param("00000", "commune", REFORM, set(), id="an unknown code"),
    ],
)
def test_successors(code: str, level: str, on: date, expected: set[str]) -> None:
    assert {unit.name for unit in successors(code, level, on)} == expected


def test_the_main_successor_comes_first() -> None:
    assert successors("074", "district", REFORM)[0].name == "Hàm Yên"


def test_successors_follow_one_another() -> None:
    """Quận 2 -> thành phố Thủ Đức (2021) -> phường of 2025."""
    found = successors("769", "district", REFORM)
    assert {unit.level for unit in found} == {"commune"}
    assert {"Thủ Đức", "Cát Lái", "Long Bình"} <= {unit.name for unit in found}


def test_history_is_durable_and_ordered() -> None:
    assert [(unit.kind, unit.name, unit.valid_from, unit.valid_to) for unit in history("d754")] == [
        ("huyện", "Tân Thành", None, date(2018, 4, 11)),
        ("thị xã", "Phú Mỹ", date(2018, 4, 12), date(2025, 2, 28)),
        ("thành phố", "Phú Mỹ", date(2025, 3, 1), EVE),
    ]
    assert history("x1") == []


def test_parents_are_those_of_the_day() -> None:
    before = unit_at("10081", "commune", date(2008, 7, 31))
    assert before is not None
    assert before.province == "Hà Tây"
    district = parent_of(before)
    assert district is not None
    assert (district.name, district.province, district.valid_to) == ("Chương Mỹ", "Hà Tây", date(2008, 7, 31))
    province = parent_of(district)
    assert province is not None
    nation = parent_of(province)
    assert nation is not None
    assert (nation.level, parent_of(nation)) == ("central", None)


@pytest.mark.parametrize(
    ("name", "kind", "on", "count"),
    [
        pytest.param("Kỳ Anh", None, EVE, 2, id="twins: a town and a district"),
        pytest.param("Kỳ Anh", "thị xã", EVE, 1, id="the kind decides"),
        pytest.param("Phú Tân", "huyện", EVE, 2, id="An Giang and Cà Mau"),
        pytest.param("Lục Sỹ Thành", "xã", REFORM, 1, id="i and y are one"),
        pytest.param("Hòa Bình", "tỉnh", EVE, 1, id="tone placement, new"),
        pytest.param("Hoà Bình", "tỉnh", EVE, 1, id="tone placement, old"),
        pytest.param("Ham Yen", "huyện", EVE, 0, id="diacritics count"),
        pytest.param("Hàm Yên", "huyện", REFORM, 0, id="gone on that day"),
        pytest.param("Hàm Yên", "huyện", None, 1, id="any day"),
        pytest.param("HCM", None, REFORM, 1, id="an alias"),
        pytest.param("Ba Đồn", "huyện", EVE, 1, id="another kind, where the earlier ones are unknown"),
        pytest.param("Phú Mỹ", "quận", EVE, 0, id="but not where they are known"),
        pytest.param("Quảng Ninh", "thành phố", EVE, 0, id="and never for a province"),
        pytest.param("", None, None, 0, id="no name"),
    ],
)
def test_units_named(name: str, kind: str | None, on: date | None, count: int) -> None:
    assert len(units_named(name, kind=kind, on=on)) == count


def test_units_named_in_a_province() -> None:
    assert [u.unit_id for u in units_named("Phú Tân", kind="huyện", on=EVE, province="Cà Mau")] == ["d972"]


def test_is_unique_name() -> None:
    assert is_unique_name("Hàm Yên", kind="huyện", on=EVE)
    assert not is_unique_name("Châu Thành", kind="huyện", on=EVE)


@pytest.mark.parametrize(
    ("host", "on", "name"),
    [
        pytest.param("hamyen.tuyenquang.gov.vn", EVE, "Tuyên Quang", id="a district's portal"),
        pytest.param("baoquangninh.vn", None, "Quảng Ninh", id="a provincial paper"),
        pytest.param("www.hochiminhcity.gov.vn", EVE, "Hồ Chí Minh", id="not the name written together"),
        pytest.param("thuathienhue.gov.vn", date(2025, 2, 1), "Huế", id="its name on the day"),
        pytest.param("hagiang.gov.vn", REFORM, "Tuyên Quang", id="what stands there on the day"),
        pytest.param("vnexpress.net", None, None, id="a national paper"),
        pytest.param("", None, None, id="no host"),
    ],
)
def test_province_of_site(host: str, on: date | None, name: str | None) -> None:
    province = province_of_site(host, on)
    assert (province and province.name) == name


def test_the_register_begins_with_the_first_list_of_codes() -> None:
    assert unit_at("074", "district", FIRST_DAY) is not None


@pytest.mark.parametrize(
    ("code", "level", "on", "reason"),
    [
        pytest.param("074", "district", date(1990, 1, 1), "before the register", id="too early"),
        pytest.param("074", "canton", EVE, "no codes at the level 'canton'", id="no such level"),
        pytest.param("99999", "commune", EVE, "ever bore the code '99999'", id="no such code"),
        pytest.param("074", "district", REFORM, "huyện Hàm Yên from 2004-07-08 to 2025-06-30", id="not on that day"),
    ],
)
def test_no_unit_has_a_reason(code: str, level: str, on: date, reason: str) -> None:
    assert unit_at(code, level, on) is None
    assert reason in why_no_unit(code, level, on)


@pytest.mark.parametrize(
    ("text", "on", "reason"),
    [
        pytest.param(" ", None, "empty", id="blank"),
        pytest.param("huyện Hàm Yên", date(1990, 1, 1), "before the register", id="too early"),
        pytest.param("北京", None, "names no unit", id="another script"),
    ],
)
def test_no_match_has_a_reason(text: str, on: date | None, reason: str) -> None:
    assert resolve_units(text, on) == []
    assert reason in why_no_match(text, on)
