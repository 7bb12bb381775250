"""Any text at all: random Unicode, pieces of real reports in any order, and pieces repeated without end.

``BIENBAN_FUZZ`` is the number of examples (default 150); `BIENBAN_FUZZ=20000 make fuzz` is the long run.
"""

import json
import os
import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bienban.clauses import find_clauses
from bienban.export import to_json
from bienban.extract import extract
from bienban.records import Article, Span

_EXAMPLES = int(os.environ.get("BIENBAN_FUZZ", "150"))
_REPORTS = sorted((Path(__file__).parents[1] / "gold/articles").glob("*.txt"))
_LINES = [line for path in _REPORTS for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
_WORDS = sorted({word for line in _LINES for word in line.split()})
_HOSTILE = [
    "\x00", "\ud800", "\u0301", "\u200b", "\u202e", "\ufeff", "İ", "ǅ", "ß", "ﬁ", "\u1100", "\u1161", "\u11a8", "각",
    "½", "٣", "&nbsp;", "&#0;", "&#xD800;", "&amp;lt;", "<p>", "<td", "</div>", "(", ")", "[", '"', "“", "…", "./.",
    "*", "»", "|", "//", "--", "31/2", "29/02/2023", "00/00/0000", "9" * 40, "1.000.000.000.000.000.000", "1,2,3,4,5",
    "0/0", "-5%", "1e9", "XIV", "IIII", "%", "tỷ", "rưỡi", "lẻ", "quý", "năm", "nhiệm kỳ 2020 - 2025", "từ ngày", "đến",
    "/ngày", "các", "và", "đồng chí", "\n", "\n\n", "\r\n", "\t",
]  # fmt: skip
_REPEATED = ["…", "1", "1,", "1.", "1 ", "(", ")", "ngày ", "và ", "Nguyễn Văn A, ", "đồng chí ", "\n", "&", "<", '"']
_piece = st.one_of(*map(st.sampled_from, (_LINES, _WORDS, _WORDS, _HOSTILE)), st.text(max_size=6))
_texts = st.lists(st.tuples(_piece, st.sampled_from([" ", " ", " ", "", "\n", ", "])), max_size=40).map(
    lambda pieces: "".join(part for piece in pieces for part in piece)
)
_settings = settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def _read(text: str, day: date | None = None, title: str | None = None) -> dict:
    """The result as JSON, its offsets proved."""
    article = Article(id="a", text=text, title=title, published_on=day)
    found = to_json(extract(article), article)
    for record in _records(found):
        start, end = record["span"]
        assert 0 <= start <= end <= len(text)
        assert text[start:end] == record["quote"]
        assert 0 <= record["confidence"] <= 1
    return found


def _records(value: object) -> list[dict]:
    if isinstance(value, list):
        return [record for item in value for record in _records(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if "span" in value else []
    return own + [record for content in value.values() for record in _records(content)]


def _without_offsets(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_offsets(content) for key, content in value.items() if key not in ("span", "quote")}
    return [_without_offsets(item) for item in value] if isinstance(value, list) else value


@_settings
@given(_texts, st.one_of(st.none(), st.dates()), st.one_of(st.none(), _piece))
@example("ngày 31/2/2023, " * 3, date.min, "năm 0000")
@example("nhiệm kỳ 9998 - 9999, 100 năm tới ", date.max, None)
def test_any_text_gives_a_result_that_can_be_proved(text: str, day: date | None, title: str | None) -> None:
    found = _read(text, day, title)
    assert _read(text, day, title) == found
    json.dumps(found, allow_nan=False)


@_settings
@given(_texts)
def test_composed_and_decomposed_texts_give_the_same_records(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert _without_offsets(_read(composed)) == _without_offsets(_read(decomposed))


_LENGTH = 1500


def _seconds(piece: str, length: int) -> float:
    article = Article(id="a", text=(piece * (length // len(piece) + 1))[:length])
    start = time.process_time()
    extract(article)
    return time.process_time() - start


@settings(max_examples=max(_EXAMPLES // 10, 10), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(_piece, st.sampled_from(["1", "1,", ".1", "ngày ", "(", "và ", "Nguyễn "])), min_size=1, max_size=4
    )
)
def test_a_piece_repeated_without_end_costs_its_length(pieces: list[str]) -> None:
    piece = "".join(pieces)[:200]
    if not piece:
        return
    few = max(min(_seconds(piece, _LENGTH) for _ in range(2)), 0.004)
    many = _seconds(piece, 8 * _LENGTH)
    if many > 24 * few:  # eight times the text; a square would be 64 times the work. Again: the machine may be busy
        many = min(_seconds(piece, 8 * _LENGTH) for _ in range(3))
    assert many <= 24 * few


@pytest.mark.parametrize(
    "piece", ["1", "1,", "1.", "1 ", "(", ")", "ngày ", "và ", "Nguyễn Văn A, ", "đồng chí ", "\n", "&", "<", '"']
)
def test_a_long_repeat_costs_its_length(piece: str) -> None:
    few = max(min(_seconds(piece, 5_000) for _ in range(2)), 0.004)
    assert min(_seconds(piece, 40_000) for _ in range(2)) <= 24 * few


@pytest.mark.parametrize("piece", ["Chủ tịch UBND tỉnh ", "do Sở Y tế, ", "UBND huyện Phú Tân ", "(UBND xã Tân Lập "])
def test_a_sentence_that_names_bodies_over_and_over_costs_its_length(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        start = time.process_time()
        list(find_clauses(text, text.lower(), Span(0, len(text))))
        return time.process_time() - start

    few = max(min(seconds(100) for _ in range(2)), 0.002)
    assert min(seconds(1600) for _ in range(2)) <= 48 * few  # a square would be 256 times the work
