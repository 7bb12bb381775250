"""Any text gives a result in linear time."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bienban.register import describe, resolve_units

_PIECES = ["huyện ", "Hàm Yên", "xã", "P.", "1", ", ", "\n", "TP HCM", "tỉnh", "&nbsp;", "\u0301", "Đ", "và ", "các "]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=5)), max_size=20).map("".join))
def test_any_text_gives_valid_spans(text: str) -> None:
    for match in resolve_units(text, date(2024, 1, 1)):
        assert 0 <= match.span.start < match.span.end <= len(text)
        assert 0 < match.score <= 1
    assert describe(text) == describe(text)


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("huyện ", id="kinds without names"),
        pytest.param("Tân ", id="the commonest first syllable"),
        pytest.param("xã Tân Thành, ", id="a chain without end"),
        pytest.param("các huyện Hàm Yên, Yên Sơn, ", id="a list without end"),
        pytest.param("P.1 ", id="letters and numbers"),
        pytest.param("-", id="hyphens"),
    ],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.process_time()
        resolve_units(text, date(2024, 1, 1))
        return time.process_time() - started

    def best(size: int) -> float:
        return min(seconds(size) for _ in range(3))  # the rest is the machine's other work

    seconds(2_000)
    # Ten times the text: a square would take a hundred times as long.
    assert best(100_000) < 40 * max(best(10_000), 0.004)
