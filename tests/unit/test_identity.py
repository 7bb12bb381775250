"""Ids: the same for the same, whatever the spelling, the run or the order."""

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bienban.identity import article_id, day_in_vietnam, dump_file_id, record_id, stored_text, text_sha256


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Hội nghị", unicodedata.normalize("NFD", "Hội nghị"), id="normal forms"),
        pytest.param("Hội nghị", "HỘI NGHỊ", id="case"),
        pytest.param("Hội nghị\nsơ kết", "  Hội \u00a0nghị sơ kết\r\n", id="white space"),
    ],
)
def test_equal_texts_have_one_id(one: str, other: str) -> None:
    assert text_sha256(one) == text_sha256(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Hội nghị", "Hội nghi", id="diacritics are words"),
        pytest.param("12 3", "1 23", id="a blank divides"),
    ],
)
def test_other_texts_have_other_ids(one: str, other: str) -> None:
    assert text_sha256(one) != text_sha256(other)


def test_ids_never_move() -> None:
    """Keys in the warehouses of this world hang on these values."""
    assert str(article_id(text_sha256("Hội nghị sơ kết"))) == "20534da5-871a-5c00-9c4e-198423572801"
    assert dump_file_id("file:///a.jsonl", "1-2") == "0abada11a3ddb8914b0d66af37cecf36"
    assert record_id("a", "figures", 0, 5, 0) == "80c5f8d0398b242ff868ced3539f590e"


def test_parts_of_an_id_do_not_run_together() -> None:
    assert record_id("a", "figures", 1, 23, 0) != record_id("a", "figures", 12, 3, 0)


@given(st.text())
def test_stored_text_is_what_the_database_takes(text: str) -> None:
    stored = stored_text(text)
    assert stored_text(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert not set(stored) & {"\x00", "\r"}
    assert text_sha256(stored) == text_sha256(stored.replace("\n", "\r\n"))


def test_days_are_vietnams() -> None:
    assert str(day_in_vietnam(datetime(2024, 6, 20, 17, tzinfo=UTC))) == "2024-06-21"
    assert day_in_vietnam(None) is None
