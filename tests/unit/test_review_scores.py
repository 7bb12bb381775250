"""What verdicts say of a version: weights, intervals, what is left out."""

import pytest

from bienban.review_scores import Verdict, estimates


def _verdicts(right: int, wrong: int, weight: float = 1.0, field: str = "value") -> list[Verdict]:
    return [Verdict("fact", "right", frozenset(), weight)] * right + [
        Verdict("fact", "wrong", frozenset({field}), weight)
    ] * wrong


def _of(found, field):
    return next(each for each in found if each.field == field)


@pytest.mark.parametrize(
    ("right", "wrong", "low", "high"),
    [
        # Wilson's score interval, level 0.95: table values of Newcombe (1998), method 3.
        pytest.param(182, 81, 0.6338, 0.7447, id="81 of 263 (its complement)"),
        pytest.param(133, 15, 0.8395, 0.9376, id="15 of 148 (its complement)"),
        pytest.param(20, 0, 0.8389, 1.0, id="0 of 20 (its complement)"),
        pytest.param(28, 1, 0.8282, 0.9939, id="1 of 29 (its complement)"),
    ],
)
def test_the_interval_is_wilsons(right: int, wrong: int, low: float, high: float) -> None:
    found = _of(estimates(_verdicts(right, wrong)), "all")
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_a_stratum_counts_by_what_it_stands_for() -> None:
    found = estimates(_verdicts(9, 0, weight=10) + _verdicts(0, 10, weight=1))
    assert _of(found, "all").share == pytest.approx(0.9)
    assert _of(found, "unit").share == 1


def test_unclear_rows_are_counted_and_left_out() -> None:
    found = estimates([*_verdicts(3, 1), Verdict("fact", "unclear", frozenset(), 5)])
    assert (_of(found, "all").reviewed, _of(found, "all").unclear, _of(found, "all").share) == (4, 1, 0.75)


def test_nothing_clear_says_nothing() -> None:
    assert estimates([Verdict("meeting", "unclear", frozenset(), 1)]) == []
