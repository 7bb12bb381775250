"""Confidence is the smoothed share of right records of a rule; the shipped counts cover the rules of the gold."""

import pytest

from bienban.confidence import confidence_of, smoothed
from bienban.evaluation.calibration import Judged, count, record, recorded, reliability


def test_a_rule_with_many_records_is_as_sure_as_they_were_right():
    chances = smoothed({"figure": {"a": (900, 1000), "b": (0, 0)}})
    assert chances["figure", "a"] == pytest.approx(0.9, abs=0.005)
    assert chances["figure", "b"] == chances["figure", ""]


def test_one_lucky_record_is_not_certain():
    chances = smoothed({"figure": {"a": (1, 1), "b": (50, 100)}})
    assert 0.5 < chances["figure", "a"] < 0.6


def test_an_unknown_rule_is_as_sure_as_its_kind():
    assert confidence_of("figure", "figure.never.seen") == confidence_of("figure", "")
    assert 0.5 < confidence_of("document", "documents.kind_number") <= 1


def test_records_are_counted_by_kind_and_rule():
    records = [Judged("x", "figure", "a", True), Judged("y", "figure", "a", False), Judged("y", "person", "b", True)]
    assert count(records) == {"figure": {"a": (1, 2)}, "person": {"b": (1, 1)}}


def test_the_table_predicts_each_article_from_the_others():
    records = [Judged(str(n), "figure", "a", n % 4 != 0) for n in range(100)]
    (row,) = reliability(records).splitlines()[2:]
    kind, _, seen, predicted, agreement = (cell.strip() for cell in row.strip("|").split("|"))
    assert (kind, seen, agreement) == ("figure", "100", "0.750")
    assert float(predicted) == pytest.approx(0.75, abs=0.02)


def test_what_was_judged_at_first_sight_is_kept(tmp_path):
    records = [Judged("x", "figure", "noun.a", True), Judged("y", "person", "b", False)]
    record(records, tmp_path / "seen.csv")
    assert recorded(tmp_path / "seen.csv") == records
