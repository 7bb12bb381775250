"""The normal form, and the way back from each of its characters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bienban.text import normalise

_PIECES = [
    "a", "hoà", "quý", "Ð", " ", "  ", "\u00a0", "&nbsp;", "&amp;", "<b>", "</p>", "e\u0301", "\u0301", "\u200b", "\n",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "normal", "words", "given_words"),
    [
        pytest.param("họp ngày 5", "họp ngày 5", "ngày", "ngày", id="a plain text is its own normal form"),
        pytest.param("hội  \u00a0nghị", "hội nghị", " ", "  \u00a0", id="one blank stands for a run of blanks"),
        pytest.param("12 &nbsp; bài", "12 bài", "12 bài", "12 &nbsp; bài", id="a reference among blanks"),
        pytest.param("a \u200b b", "a b", " ", " \u200b ", id="what has no width parts no blanks"),
        pytest.param("Ho\u0300a", "Hòa", "ò", "o\u0300", id="a letter with its mark"),
        pytest.param("khoẻ, thuỷ, quý, hoàn", "khỏe, thủy, quý, hoàn", "khỏe", "khoẻ", id="the modern placement"),
        pytest.param("một<br/>hai", "một\nhai", "\n", "<br/>", id="a block's tag ends a line"),
        pytest.param("<b>ba</b> tỷ", "ba tỷ", "ba tỷ", "ba</b> tỷ", id="tags around words belong to no word"),
        pytest.param("\u1112\u1161\u11ab", "한", "한", "\u1112\u1161\u11ab", id="letters of Hangul"),
        pytest.param("T&#432; vấn", "Tư vấn", "Tư", "T&#432;", id="a reference of a letter"),
    ],
)  # fmt: skip
def test_normalise(text: str, normal: str, words: str, given_words: str) -> None:
    found = normalise(text)
    assert found.text == normal
    at = normal.index(words)
    start, end = found.original_span((at, at + len(words)))
    assert text[start:end] == given_words


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3)), max_size=15).map("".join))
def test_every_character_leads_back(text: str) -> None:
    found = normalise(text)
    spans = [found.original_span((at, at + 1)) for at in range(len(found.text))]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    last_of = {start: at for at, (start, _) in enumerate(spans)}
    assert all(found.normal_offset(start) == at for start, at in last_of.items())
