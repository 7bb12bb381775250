"""The extractor is total, exact in its offsets, and blind to how characters are composed."""

import dataclasses
import unicodedata
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bienban.export import to_json
from bienban.extract import RESULT_SCHEMA, extract, extract_batches
from bienban.records import Article

REPORT = """Hội Nông dân huyện Đồng Hỷ tổng kết công tác năm 2021

Sáng 6/1, Hội Nông dân huyện Đồng Hỷ tổ chức hội nghị tổng kết công tác Hội năm 2021, triển khai nhiệm vụ năm 2022. \
Đồng chí Hoàng Thị Thúy Hòa, Chủ tịch Hội Nông dân huyện chủ trì hội nghị.

Năm 2021, các cấp Hội kết nạp 1.250 hội viên, thực hiện Nghị quyết số 04-NQ/TU ngày 1/2/2021 của Tỉnh ủy; \
vận động 3,5 tỷ đồng cho Quỹ Hỗ trợ nông dân.

Thu Hà"""

WORDS = [
    *REPORT.split(),
    "UBND", "tỉnh", "(", ")", "Ngày", "31/2", "tổ chức", "hội nghị", "sơ kết", "quý", "IV", "nhiệm kỳ 2020 - 2025",
    "\n", "\n\n", "&nbsp;", "<p>", "\u0301", "\u00d0", "\ud800", "12,5%", "Từ ngày", "đến", "\x00", "…", "ǅ", "İ",
]  # fmt: skip


def offsets_hold(article: Article) -> None:
    found = extract(article)
    records = [*found.people, *found.documents, *found.figures, *filter(None, (found.meeting, found.byline))]
    for record in records:
        assert 0 <= record.span.start <= record.span.end <= len(article.text)
        assert article.text[record.span.start : record.span.end] == record.quote
        assert 0 <= record.confidence <= 1


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_any_text_gives_a_result(text):
    offsets_hold(Article(id="a", text=text))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_any_order_of_the_words_of_reports_gives_a_result(text):
    offsets_hold(Article(id="a", text=text, published_on=date(2022, 1, 8)))


def without_offsets(text: str) -> dict:
    def strip(value):
        if isinstance(value, dict):
            return {key: strip(content) for key, content in value.items() if key not in ("span", "quote")}
        return [strip(item) for item in value] if isinstance(value, list) else value

    article = Article(id="a", text=text)
    return strip(to_json(extract(article), article))


def test_composed_and_decomposed_text_give_the_same_records():
    decomposed = unicodedata.normalize("NFD", REPORT)
    assert decomposed != REPORT
    assert without_offsets(decomposed) == without_offsets(REPORT)
    offsets_hold(Article(id="a", text=decomposed))


def test_a_report_yields_everything():
    found = extract(Article(id="a", text=REPORT))
    assert found.is_meeting_report
    assert found.meeting.host.name == "Hội Nông dân huyện Đồng Hỷ"
    assert found.meeting.held_on == date(2022, 1, 6)
    assert [person.name for person in found.people] == ["Hoàng Thị Thúy Hòa"]
    assert [document.number for document in found.documents] == ["04-NQ/TU"]
    assert [str(figure.low) for figure in found.figures][:1] == ["1250"]
    assert found.byline.authors == ("Thu Hà",)
    assert found.fields["held_on"] == "found"


def test_a_non_report_says_what_was_not_looked_for():
    found = extract(Article(id="a", text="Giá vàng hôm nay tăng nhẹ."))
    assert not found.is_meeting_report
    assert found.fields["held_on"] == "not_looked"
    assert found.fields["documents"] == "absent"


def test_the_same_article_twice_gives_the_same_records():
    article = Article(id="a", text=REPORT)
    assert extract(article) == extract(dataclasses.replace(article))


def test_batches_keep_rows_and_order():
    batch = pa.RecordBatch.from_pydict(
        {"id": ["1", "2", "3"], "text": [REPORT, None, "Tin vắn"], "published_at": ["2022-01-07", None, "hôm qua"]}
    )
    (result,) = extract_batches([batch])
    assert result.schema == RESULT_SCHEMA
    assert result.column("id").to_pylist() == ["1", "2", "3"]
    assert result.column("is_meeting_report").to_pylist() == [True, False, False]


@pytest.mark.parametrize(
    "unit",
    ["Ban Chỉ đạo 35 ", "tổ chức ", "UBND tỉnh ", "hội nghị, ", "năm 2020, ", "(huyện ", "Nguyễn ", "1.", "ngày 1/1 "],
)
def test_repeats_cost_no_more_than_their_length(unit):
    import time

    def seconds(times: int) -> float:
        article = Article(id="a", text=unit * times)
        start = time.process_time()
        extract(article)
        return time.process_time() - start

    few = max(min(seconds(500) for _ in range(2)), 0.005)
    assert seconds(4000) < 40 * few  # eight times the text; quadratic would be 64 times the work


def test_two_blanks_where_one_is_meant_change_no_record():
    wide = REPORT.replace(" ", "  ")
    assert without_offsets(wide) == without_offsets(REPORT)
    offsets_hold(Article(id="a", text=wide))
