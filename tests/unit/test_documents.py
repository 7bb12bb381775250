"""Cited documents: numbers in every notation, issuers, days, short and full forms."""

from datetime import date

import pytest

from bienban.documents import find_documents
from bienban.layout import find_layout
from bienban.records import Article, Document


def documents(text: str) -> list[Document]:
    article = Article(id="a", text=text)
    found = find_documents(article, find_layout(article))
    assert all(text[one.span.start : one.span.end] == one.quote for one in found)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("theo Nghị quyết số 35-NQ/TW", [("Nghị quyết", "35-NQ/TW")], id="kind, số, number"),
        pytest.param("Nghị quyết 35  – NQ/TW", [("Nghị quyết", "35-NQ/TW")], id="blanks and a long dash"),
        pytest.param("quy định 85 – QĐ/TW của", [("Quy định", "85-QĐ/TW")], id="a small initial with a full number"),
        pytest.param("Luật số 39/2019/QH14", [("Luật", "39/2019/QH14")], id="a law"),
        pytest.param("Luật Đất đai số 31/2024/QH15", [("Luật", "31/2024/QH15")], id="the law's name in between"),
        pytest.param("Quy định số 08-QĐi/TW", [("Quy định", "08-QĐi/TW")], id="a small letter in the code"),
        pytest.param("Thông báo số 12 tới từng chi bộ", [("Thông báo", "12")], id="short after số"),
        pytest.param("tinh thần Nghị quyết 35 của Bộ Chính trị", [("Nghị quyết", "35")], id="short without số"),
        pytest.param(
            "các Quyết định số 217, 218-QĐ/TW của Bộ Chính trị",
            [("Quyết định", "217-QĐ/TW"), ("Quyết định", "218-QĐ/TW")],
            id="two numbers share one code",
        ),
        pytest.param(
            "các Nghị quyết số 70-NQ/TW ngày 20/8/2025, 71-NQ/TW ngày 22/8/2025 của Bộ Chính trị",
            [("Nghị quyết", "70-NQ/TW"), ("Nghị quyết", "71-NQ/TW")],
            id="each number of a list with its day",
        ),
        pytest.param(
            "Nghị quyết số 35-NQ/TW; tiếp tục Nghị quyết 35", [("Nghị quyết", "35-NQ/TW")], id="short joins full"
        ),
        pytest.param(
            "Quyết định số 35/2023/QĐ-UBND và Nghị quyết 35",
            [("Quyết định", "35/2023/QĐ-UBND"), ("Nghị quyết", "35")],
            id="one serial number in two kinds is two documents",
        ),
        pytest.param("một số quy định chuyển tiếp của Luật số 39/2019/QH14", [("Luật", "39/2019/QH14")], id="nearest"),
        pytest.param(
            "các Nghị quyết số 57, 59 và 68 của Bộ Chính trị",
            [("Nghị quyết", "57"), ("Nghị quyết", "59"), ("Nghị quyết", "68")],
            id="a plural goes for bare numbers",
        ),
        pytest.param("Nghị quyết 35 NQ/TW", [("Nghị quyết", "35-NQ/TW")], id="a forgotten dash"),
        pytest.param("QĐ số 12/QĐ-UBND", [("Quyết định", "12/QĐ-UBND")], id="an abbreviated kind"),
        pytest.param(
            "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15",
            [("Luật", "64/2025/QH15")],
            id="small kinds inside a law's name",
        ),
        pytest.param("Ban Chỉ đạo 35 huyện", [], id="a committee's name"),
        pytest.param("Nghị quyết Đại hội Đảng bộ phường lần thứ I", [], id="named, without a number"),
        pytest.param("Quyết định 3 nội dung quan trọng", [], id="a verb with a count"),
        pytest.param("Kế hoạch 5 năm 2021 - 2025", [], id="a plan of five years"),
        pytest.param("thông qua 12 nghị quyết", [], id="a count of resolutions"),
        pytest.param("Báo cáo 6 tháng đầu năm", [], id="a report of six months"),
    ],
)
def test_kind_and_number(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.number) for one in documents(text)] == expected


@pytest.mark.parametrize(
    ("text", "issuer", "dated"),
    [
        pytest.param(
            "Nghị quyết số 29-NQ/TW ngày 04/11/2013 của Ban Chấp hành Trung ương, ngành giáo dục",
            "Ban Chấp hành Trung ương",
            date(2013, 11, 4),
            id="day, then issuer",
        ),
        pytest.param(
            "Nghị quyết số 57-NQ/TW của Bộ Chính trị ngày 22/12/2024 về khoa học",
            "Bộ Chính trị",
            date(2024, 12, 22),
            id="issuer, then day",
        ),
        pytest.param("Chỉ thị 16/CT-TTg của Thủ tướng Chính phủ, UBND", "Thủ tướng Chính phủ", None, id="no day"),
        pytest.param(
            "Quyết định số 27-QĐ/TU của Ban Thường vụ Tỉnh ủy chỉ định Ban Chấp hành",
            "Ban Thường vụ Tỉnh ủy",
            None,
            id="a verb ends the issuer",
        ),
        pytest.param(
            "Chỉ thị số 2699/CT-BGDĐT của Bộ Giáo dục và Đào tạo, ngành đặt chỉ tiêu",
            "Bộ Giáo dục và Đào tạo",
            None,
            id="và inside the issuer",
        ),
        pytest.param(
            "Kết luận 49-KL/TW ngày 10 tháng 5 năm 2019 của Ban Bí thư và Quy định số 08-QĐi/TW",
            "Ban Bí thư",
            date(2019, 5, 10),
            id="và before the next document",
        ),
        pytest.param("Nghị quyết số 19/NQ-HĐND ngày 31/02/2021, 11/19 chỉ tiêu", None, None, id="no such day"),
        pytest.param("Nghị quyết của Bộ Chính trị số 57-NQ/TW", "Bộ Chính trị", None, id="issuer before the number"),
        pytest.param(
            "Ban Thường vụ Tỉnh ủy đã ban hành Kế hoạch số 120-KH/TU", "Ban Thường vụ Tỉnh ủy", None, id="ban hành"
        ),
        pytest.param(
            "Nghị quyết số 29-NQ/TW (khóa XI) ngày 4/11/2013 của Ban Chấp hành Trung ương",
            "Ban Chấp hành Trung ương",
            date(2013, 11, 4),
            id="the session in between",
        ),
    ],
)
def test_issuer_and_day(text: str, issuer: str | None, dated: date | None) -> None:
    first = documents(text)[0]
    assert (first.issuer, first.dated) == (issuer, dated)


def test_other_headlines_cite_nothing() -> None:
    text = "Ngày 1/2, UBND xã họp giao ban, triển khai nhiệm vụ.\nTin khác\nQuán triệt Nghị quyết số 24-NQ/TW"
    assert documents(text) == []


def test_offsets_of_a_decomposed_text() -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "Thực hiện Quyết định số 46-QĐ/ĐU ngày 18/7/2025 của Đảng ủy phường.")
    assert [(one.number, one.issuer) for one in documents(text)] == [("46-QĐ/ĐU", "Đảng ủy phường")]
