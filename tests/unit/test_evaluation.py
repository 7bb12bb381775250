import copy
import json
from pathlib import Path

import pytest

from bienban.evaluation import as_json, as_table, load_gold, score
from bienban.evaluation.__main__ import main
from bienban.evaluation.comparing import agree, body_name, person_name, unit_name, written_out
from bienban.evaluation.figure_scores import pair
from bienban.evaluation.gold import GoldError
from bienban.version import extractor_version

GOLD = {
    "id": "a",
    "is_meeting_report": True,
    "meeting": {
        "session_types": ["year_end_review", "launch"],
        "held_on": "2021-01-14",
        "date_precision": "day",
        "part_of_day": None,
        "reviewed_period": ["2020-01-01", "2020-12-31"],
        "planned_period": None,
        "host": {"body": "UBND", "unit": {"level": "commune", "kind": "xã", "name": "Tú Đoạn", "province": "Lạng Sơn"}},
        "chairs": [{"name": "Vi Văn Hòa", "positions": ["Phó Bí thư Đảng ủy"]}],
        "participants": [],
    },
    "documents": [{"kind": "Nghị quyết", "number": "31/NQ-HĐND", "issuer": None, "dated": None}],
    "figures": [
        {
            "span": [10, 20],
            "quote": "12 hộ",
            "low": 12,
            "high": 12,
            "qualifier": "exact",
            "counted": "hộ",
            "unit": "count",
        }
    ],
    "byline": {"authors": [], "agency": None},
}


def test_the_annotation_itself_is_a_perfect_answer():
    scores = score([GOLD], {"a": GOLD})
    assert all(tally.score == 1 for tally in scores.fields.values())
    assert not scores.errors["a"]


def test_no_answer_is_missed_and_a_wrong_one_is_false_too():
    assert score([GOLD], {}).fields["held_on"].missed == 1
    assert score([GOLD], {}).fields["held_on"].false == 0
    wrong = copy.deepcopy(GOLD)
    wrong["meeting"]["held_on"] = "2020-01-14"
    scores = score([GOLD], {"a": wrong})
    assert (scores.fields["held_on"].missed, scores.fields["held_on"].false) == (1, 1)
    assert scores.errors["a"] == ["held_on: 2021-01-14, found 2020-01-14"]


def test_optional_figures_are_neither_asked_for_nor_counted():
    gold = copy.deepcopy(GOLD)
    gold["figures"][0]["optional"] = True
    assert score([gold], {"a": gold}).fields["figures_value"].f1 == 1
    assert score([gold], {"a": {**GOLD, "figures": []}}).fields["figures_value"].f1 == 1


def test_figures_pair_by_place_then_by_value():
    gold = [{"span": [0, 5], "low": 1, "high": 1}, {"span": [50, 55], "low": 2, "high": 2}]
    found = [{"span": [90, 95], "low": 2, "high": 2}, {"span": [1, 5], "low": 1, "high": 1}]
    assert pair(gold, found) == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(written_out("PBT Huyện uỷ"), written_out("Phó Bí thư Huyện ủy"), id="short forms of offices"),
        pytest.param(unit_name("TP. Uông Bí"), unit_name("Uông Bí"), id="a unit's kind"),
        pytest.param(person_name("Đ/c Hoàng Thị Hoà"), person_name("Hoàng Thị Hòa"), id="honorific and tone"),
        pytest.param(
            body_name("UBND xã Tú Đoạn", GOLD["meeting"]["host"]["unit"]),
            body_name("Ủy ban nhân dân", {}),
            id="a body's unit",
        ),
    ],
)
def test_one_thing_written_two_ways(one, other):
    assert one == other
    assert agree(one, other)


def test_tables_for_people_and_programs():
    scores = score([GOLD], {"a": GOLD})
    assert "| held_on | accuracy | 1.0000 |" in as_table(scores)
    assert as_json(scores)["scores"]["micro"]["score"] == 1


def test_a_folder_without_articles_says_so(tmp_path):
    with pytest.raises(GoldError, match="no annotated articles"):
        load_gold(tmp_path)
    (tmp_path / "x.json").write_text(json.dumps(GOLD), encoding="utf-8")
    with pytest.raises(GoldError, match=r"no text x\.txt"):
        load_gold(tmp_path)


def test_released_scores_say_of_which_extractor_and_articles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Trời mưa.")
    (tmp_path / "a.json").write_text('{"id": "a", "is_meeting_report": false}')
    released = [tmp_path / "one.release", tmp_path / "two.release"]
    assert main([str(tmp_path), "--release", str(released[0])]) == 0
    (tmp_path / "a.txt").write_text("Trời nắng.")
    assert main([str(tmp_path), "--release", str(released[1])]) == 0
    first, second = (json.loads(path.read_text()) for path in released)
    assert first["extractor_version"] == second["extractor_version"] == extractor_version()
    assert first["scores"]["is_meeting_report"]["score"] == 1
    assert first["gold"] != second["gold"]
