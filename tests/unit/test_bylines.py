"""Signatures of articles: authors and agencies, and what is neither."""

import pytest

from bienban.bylines import find_byline
from bienban.layout import find_layout
from bienban.records import Article

TEXT = (
    "Sáng 27/6, Ban Chỉ đạo 35 huyện họp đánh giá kết quả 6 tháng đầu năm.\nHội nghị khen thưởng 5 tập thể, 9 cá nhân."
)


@pytest.mark.parametrize(
    ("line", "authors", "agency"),
    [
        pytest.param("Mai Thắm (Trung tâm TT&VH)", ("Mai Thắm",), "Trung tâm TT&VH", id="agency in brackets"),
        pytest.param("Lộc Bích (công chức VH-XH xã)", ("Lộc Bích",), None, id="a job is no agency"),
        pytest.param("Xuân Hòa (CTV)", ("Xuân Hòa",), None, id="a contributor is no agency"),
        pytest.param("Quốc Thắng – Phạm Hưng", ("Quốc Thắng", "Phạm Hưng"), None, id="two authors"),
        pytest.param("Tin, ảnh: Ngọc Trinh", ("Ngọc Trinh",), None, id="a label before"),
        pytest.param("Tin: Mai Thắm - Ảnh: Văn Hùng", ("Mai Thắm", "Văn Hùng"), None, id="two labels"),
        pytest.param("T/h: Ngọc Thắng", ("Ngọc Thắng",), None, id="a short label"),
        pytest.param("THANH HUYỀN", ("THANH HUYỀN",), None, id="in capitals"),
        pytest.param("Trường Giang", ("Trường Giang",), None, id="a given name that is a word for schools"),
        pytest.param("Kăn Sương", ("Kăn Sương",), None, id="a minority name"),
        pytest.param("Mai Thắm - Trung tâm Văn hóa huyện", ("Mai Thắm",), None, id="an office after a dash"),
        pytest.param("Mai Thắm | 12/05/2023 08:30", ("Mai Thắm",), None, id="with the day"),
        pytest.param("Ảnh: Văn Hùng", ("Văn Hùng",), None, id="a photographer under the text"),
        pytest.param("Thúy Hòa và Siu H'Mơ", ("Thúy Hòa", "Siu H'Mơ"), None, id="và"),
    ],
)
def test_signatures(line: str, authors: tuple[str, ...], agency: str | None) -> None:
    text = f"{TEXT}\n{line}"
    article = Article(id="a", text=text)
    byline = find_byline(article, find_layout(article))
    assert byline is not None
    assert (byline.authors, byline.agency) == (authors, agency)
    assert text[byline.span.start : byline.span.end] == byline.quote == line


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Văn phòng HĐND và UBND", id="an office"),
        pytest.param("Ảnh: Minh Hòa chụp tại hội nghị", id="a photo credit"),
        pytest.param("Toàn cảnh hội nghị", id="a caption"),
        pytest.param("BAN TỔ CHỨC LỄ TANG VÀ GIA ĐÌNH KÍNH BÁO", id="a closing formula"),
        pytest.param("TM. HỘI ĐỒNG QUẢN TRỊ", id="the signature of a board"),
        pytest.param("Trường THPT", id="a school's sign under a picture"),
        pytest.param("Lượt truy cập: 3.418.206", id="a counter"),
    ],
)
def test_no_signature(line: str) -> None:
    article = Article(id="a", text=f"{TEXT}\n{line}")
    assert find_byline(article, find_layout(article)) is None


def test_the_last_line_may_hold_the_author() -> None:
    article = Article(id="a", text=f"{TEXT.rstrip('.')}./. Vàng Thị Sua")
    byline = find_byline(article, find_layout(article))
    assert byline is not None
    assert byline.authors == ("Vàng Thị Sua",)


def test_the_agency_may_open_the_text() -> None:
    article = Article(id="a", text=f"(Điện Biên TV) - {TEXT}\nBạc Cầm Dung")
    byline = find_byline(article, find_layout(article))
    assert byline is not None
    assert (byline.authors, byline.agency) == (("Bạc Cầm Dung",), "Điện Biên TV")
