"""Which units a text names: kind, day, context, spelling."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from bienban.register import describe, resolve_units

EVE = date(2025, 6, 30)
CASES = yaml.safe_load((Path(__file__).parent / "resolve_cases.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in CASES])
def test_resolve_units(case: dict[str, str]) -> None:
    on = date.fromisoformat(case["day"]) if "day" in case else None
    found = resolve_units(case["text"], on)
    best = [f"{m.unit.unit_id} {m.unit.kind} {m.unit.name}, {m.unit.province}: {m.method}" for m in found]
    assert best[:1] == [case["best"]] if case["best"] else best == []
    if "quote" in case:
        span = found[0].span
        assert case["text"][span.start : span.end] == case["quote"]


def test_a_name_that_many_bear_stays_open() -> None:
    found = resolve_units("huyện Châu Thành", EVE)
    assert len(found) == 10
    assert {match.score for match in found} == {0.095}
    assert len({match.unit.province for match in found}) == 10


def test_twins_are_never_mixed() -> None:
    assert [m.unit.unit_id for m in resolve_units("huyện Kỳ Anh", EVE)] == ["d447"]
    assert [m.unit.unit_id for m in resolve_units("thị xã Kỳ Anh", EVE)] == ["d449"]


def test_scores_of_one_place_are_shares() -> None:
    found = resolve_units("tỉnh An Giang. Sáng nay, UBND huyện Phú Tân họp", EVE)
    place = [match for match in found if match.unit.name == "Phú Tân"]
    assert [match.unit.province for match in place] == ["An Giang", "Cà Mau"]
    assert place[0].score > 5 * place[1].score
    assert sum(match.score for match in place) <= 1


def test_an_address_gives_its_smallest_unit_first() -> None:
    found = resolve_units("P.Phúc Xá, Q.Ba Đình, TP.Hà Nội", EVE)
    assert [match.unit.level for match in found] == ["commune", "district", "province"]


def test_a_list_shares_its_kind() -> None:
    text = "lãnh đạo các huyện Hàm Yên, Yên Sơn và Sơn Dương dự"
    found = resolve_units(text, EVE)
    assert [match.unit.unit_id for match in found] == ["d074", "d075", "d076"]
    assert [text[m.span.start : m.span.end] for m in found] == ["huyện Hàm Yên", "Yên Sơn", "Sơn Dương"]


def test_a_list_ends_where_another_kind_begins() -> None:
    text = "lãnh đạo các huyện Hàm Yên và thị xã Kỳ Anh dự"
    assert [match.unit.unit_id for match in resolve_units(text, EVE)] == ["d074", "d449"]


def test_spans_are_of_the_text_as_given() -> None:
    text = "UBND\u200b huye\u0323\u0302n&nbsp;Ha\u0300m Ye\u0302n ho\u0323p"
    match = resolve_units(text, EVE)[0]
    assert text[match.span.start : match.span.end] == "huye\u0323\u0302n&nbsp;Ha\u0300m Ye\u0302n"


def test_describe_says_what_became_of_a_unit() -> None:
    told = describe("huyện Hàm Yên, tỉnh Tuyên Quang", date(2024, 6, 20))[0]
    assert told["code"] == "074"
    assert told["valid_to"] == "2025-06-30"
    assert [parent["name"] for parent in told["parents"]] == ["Tuyên Quang", "Việt Nam"]
    assert len(told["successors"]) == 8
    assert told["quote"] == "huyện Hàm Yên"
    assert describe("") == []
