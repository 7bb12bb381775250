"""The candidate filter: every meeting report stays in, in every spelling."""

import json
import unicodedata
from pathlib import Path

import pyarrow as pa
import pytest

from bienban.candidates import (
    IN_PASSING,
    KEPT,
    NO_GATHERING,
    OTHER_TOPIC,
    REASONS,
    filter_batches,
    filtered,
    is_candidate,
)
from bienban.lexicon import all_forms
from tests.gold.conftest import CASES

_GOLD = [Path(__file__).resolve().parents[1] / "gold", *([CASES / "gold"] if CASES else [])]
REPORTS = [
    path.with_suffix(".txt")
    for folder in _GOLD
    for path in sorted(folder.rglob("*.json"))
    if json.loads(path.read_text()).get("is_meeting_report")
]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_meeting_report_is_kept(path: Path) -> None:
    assert is_candidate(path.read_text())


@pytest.mark.parametrize("word", sorted(all_forms("meetings", "nouns", "meeting_verbs")))
def test_whatever_the_extractor_takes_for_a_sitting_is_kept(word: str) -> None:
    assert is_candidate(f"Đảng ủy, HĐND và UBND xã {word} hôm qua.")


@pytest.mark.parametrize(
    "spelled",
    [
        pytest.param("hội nghị của ủy ban", id="as written"),
        pytest.param("HỘI NGHỊ CỦA ỦY BAN", id="upper case"),
        pytest.param(unicodedata.normalize("NFD", "hội nghị của ủy ban"), id="decomposed"),
        pytest.param("hội nghị của uỷ ban", id="older tone placement"),
        pytest.param("hội\u00a0nghị của\nủy  ban", id="other blanks"),
        pytest.param("ÐẠI HỘI Ðảng bộ", id="Eth for Đ"),
    ],
)
def test_every_spelling_is_kept(spelled: str) -> None:
    assert is_candidate(spelled)


def test_the_title_counts() -> None:
    assert is_candidate("Ủy ban nhân dân xã vừa thông báo.", title="Hội nghị sơ kết")
    assert not is_candidate("Ủy ban nhân dân xã vừa thông báo.")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Đội bóng thắng 2-1 tại sân vận động huyện.", id="a body without a gathering"),
        pytest.param("Cuộc họp mặt gia đình cuối tuần tại nhà hàng.", id="a gathering without a body"),
        pytest.param("Giá vàng hôm nay tăng nhẹ.", id="neither"),
    ],
)
def test_what_names_no_gathering_of_a_body_is_dropped(text: str) -> None:
    assert not is_candidate(text)


def _column(*texts: str | None) -> pa.Array:
    return pa.array(texts, pa.large_string())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("Giá vàng hôm nay tăng nhẹ.", NO_GATHERING, id="nobody met"),
        pytest.param("Anh kể chuyện đã gặp mặt bạn cũ." + " Trời xanh." * 200, IN_PASSING, id="told in passing"),
        pytest.param(
            "Bị cáo khai tại phiên tòa: chủ tịch xã đã dự họp, hội đồng xét xử hỏi về cuộc họp.",
            OTHER_TOPIC,
            id="before a court",
        ),
        pytest.param(None, NO_GATHERING, id="no text"),
    ],
)
def test_what_is_dropped_has_a_reason(text: str | None, reason: str) -> None:
    assert REASONS[filtered(_column(text))[0]] == reason


def test_a_batch_is_judged_as_its_articles_are() -> None:
    texts = [path.read_text() for path in REPORTS] + ["Hội", "nghị của ủy ban", None, "", "ban", "\u0323ủy"]
    spelled = [text and unicodedata.normalize("NFD", text.upper()) for text in texts]
    expected = [text is not None and is_candidate(text) for text in texts]
    assert (filtered(_column(*texts)) == KEPT).tolist() == expected
    assert (filtered(_column("x", *texts, "y")[1:-1]) == KEPT).tolist() == expected  # a slice of a column
    assert (filtered(pa.array(texts, pa.string())) == KEPT).tolist() == expected
    assert (filtered(_column(*spelled)) == KEPT).tolist() == expected


def test_phrases_do_not_cross_the_border_of_two_articles() -> None:
    assert filtered(_column("Ủy ban xã tổ chức hội", " nghị")).tolist() == [REASONS.index(NO_GATHERING)] * 2


def test_filter_over_record_batches() -> None:
    batch = pa.record_batch({"id": ["a", "b"], "text": ["UBND xã họp.", "Trời nắng."], "title": [None, "Hội nghị"]})
    assert [each.column("id").to_pylist() for each in filter_batches([batch, batch])] == [["a"], ["a"]]
