"""Freshness is told by the identities of articles; bounds are learned from published runs and name them."""

from decimal import Decimal

import pytest

from bienban.io import publisher
from bienban.io.database import connect
from expectations.measures import History, Measured, _bounded, _freshness
from tests.warehouse.candidates import article_id, make_candidate

_NO_HISTORY = History((), {}, is_same_code=True, something_left=False)


def _fresh() -> Measured:
    with connect("validator") as connection:
        return _freshness(connection, _NO_HISTORY)


@pytest.mark.usefixtures("warehouse")
def test_only_articles_that_no_version_showed_are_fresh() -> None:
    make_candidate({"m1": 1, "m2": 2}, {"v1": ("m1", 10)})
    assert (_fresh().value, _fresh().floor) == (2, None)  # a first publication is fresh, whatever it holds
    publisher.publish_candidate("one", "auto", "auto")
    assert (_fresh().value, _fresh().floor) == (0, 1)  # the same dump again

    make_candidate({}, {})
    assert _fresh().value == 0  # an empty dump
    make_candidate({"m1": 1}, {"v1": ("m1", 99)})
    with connect("transformer") as connection:
        connection.execute("update marts_candidate.dim_articles set published_on = current_date")
    assert _fresh().value == 0  # yesterday's article with today's date

    make_candidate({"m1": 1, "m3": 3}, {"v1": ("m1", 10)})
    assert _fresh().value == 1
    with connect("loader") as connection:
        for number in (1, 3):
            connection.execute(
                "insert into raw.articles (article_id, text, near_duplicate_cluster) values (%s, %s, 'c')",
                (article_id(number), f"text {number}"),
            )
    assert _fresh().value == 0  # a near copy of what was shown


@pytest.mark.usefixtures("warehouse")
def test_what_was_shown_once_is_never_fresh_again() -> None:
    for run, meetings in (("one", {"m1": 1, "m2": 2}), ("two", {"m1": 1}), ("three", {"m1": 1, "m2": 2})):
        make_candidate(meetings, {"v1": ("m1", 10)})
        fresh = _fresh().value
        publisher.publish_candidate(run, "auto", "auto")
    assert fresh == 0  # withdrawn and loaded again


def _history(*values: str, is_same_code: bool = True, something_left: bool = False) -> History:
    """One measure named rows:t, filled:t.c or mean:t.c, in the newest run first."""
    runs = tuple(f"r{number}" for number in range(len(values)))
    told = {
        (run, name): Decimal(value)
        for run, value in zip(runs, values, strict=True)
        for name in ("rows:t", "filled:t.c", "mean:t.c")
    }
    return History(runs, told, is_same_code=is_same_code, something_left=something_left)


@pytest.mark.parametrize(
    ("measure", "history", "grown", "expected"),
    [
        pytest.param("rows:t", _NO_HISTORY, "1", (None, None, ()), id="nothing to learn from"),
        pytest.param("rows:t", _history("100", "9"), "1", (90, 155, ("r0",)), id="the last publication's volume"),
        pytest.param("rows:t", _history("100"), "3", (90, 455, ("r0",)), id="grown as the articles"),
        pytest.param("rows:t", _history("100"), "0.5", (45, 155, ("r0",)), id="fallen as the articles"),
        pytest.param("rows:t", _history("100", is_same_code=False), "1", (50, 305, ("r0",)), id="other code"),
        pytest.param("rows:t", _history("100", something_left=True), "1", (None, 155, ("r0",)), id="withdrawn"),
        pytest.param("filled:t.c", _history("0.5", "0.7"), "1", ("0.3", "0.9", ("r0", "r1")), id="range and slack"),
        pytest.param("filled:t.c", _history("0.95"), "1", ("0.75", "1", ("r0",)), id="no share beyond one"),
        pytest.param("mean:t.c", _history("4", "6"), "1", (2, 12, ("r0", "r1")), id="half and twice"),
    ],
)
def test_bounds(measure: str, history: History, grown: str, expected: tuple) -> None:
    found = _bounded(measure, Decimal(1), 100, history, Decimal(grown))
    floor, ceiling, runs = expected
    assert found.floor == (None if floor is None else Decimal(floor))
    assert found.ceiling == (None if ceiling is None else Decimal(ceiling))
    assert found.learned_from == runs
