"""The parts of an article, on pages as portals and dumps deliver them."""

import pytest

from bienban.furniture import furniture
from bienban.layout import find_layout
from bienban.lexicon import Entry, load_lexicon, lowered
from bienban.records import Article
from bienban.text import modern

LEAD = "Sáng 27/6, Ban Chỉ đạo 35 huyện họp đánh giá kết quả 6 tháng đầu năm và bàn nhiệm vụ cuối năm."
BODY = "Sáu tháng qua, các tiểu ban đã bám cơ sở, đăng 2.764 tin, bài, thu hút khoảng 1,2 triệu lượt tiếp cận."


def parts(text: str, title: str | None = None) -> list[tuple[str, str]]:
    article = Article(id="a", text=text, title=title)
    normal = article.normal.text
    return [(part.kind, normal[part.span.start : part.span.end]) for part in find_layout(article).paragraphs]


def kinds(text: str, title: str | None = None) -> list[str]:
    return [kind for kind, _ in parts(text, title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"Trang chủ | Tin tức\nBan Chỉ đạo 35 huyện họp sơ kết\n\n{LEAD}\n{BODY}\nMai Thắm",
            ["boilerplate", "title", "lead", "body", "byline"],
            id="a portal: menu, title, text, signature",
        ),
        pytest.param(
            f"Chủ đề công tác năm 2020: Tự hào tiến bước\n\nHọp Ban Chỉ đạo 35 huyện\n\n{LEAD}\n{BODY}",
            ["boilerplate", "title", "lead", "body"],
            id="a banner above the title is the page's",
        ),
        pytest.param(
            f"Hội nghị sơ kết sáu tháng\n\n{LEAD}\n\n{BODY}\n{BODY}\n\nQuang cảnh hội nghị.\nĐại biểu dự hội nghị",
            ["title", "lead", "body", "body", "caption", "caption"],
            id="a dump: title, abstract, body, captions",
        ),
        pytest.param(f"{LEAD}\n{BODY}", ["lead", "body"], id="no title"),
        pytest.param(
            f"Họp giao ban công tác quý ba\n{LEAD}\n{BODY}\nMinh Hòa\nTin mới hơn:\nTrao 120 suất quà (6/10)",
            ["title", "lead", "body", "byline", "boilerplate", "boilerplate"],
            id="a list of other headlines runs to the end",
        ),
        pytest.param(
            f"Họp giao ban công tác quý ba\n{LEAD}\nẢnh: Trao 260 cuốn sách cho các chi bộ.\n{BODY}\nThời tiết\n"
            "Thống kê truy cập\nĐang online 29424 Tổng lượt truy cập 91118315",
            ["title", "lead", "caption", "body", "boilerplate", "boilerplate", "boilerplate"],
            id="weather and counters are furniture, a caption inside the text is a caption",
        ),
        pytest.param(
            f"Họp giao ban công tác quý ba\n{LEAD}\n• Hỗ trợ 11.430 lượt người gặp khó khăn;\n{BODY}",
            ["title", "lead", "body", "body"],
            id="a bullet that begins like a label is no furniture",
        ),
        pytest.param(
            f"Thứ năm, 15/10/2020 | 08:12\nHọp giao ban công tác quý ba\n{LEAD}",
            ["boilerplate", "title", "lead"],
            id="a dateline is the page's",
        ),
        pytest.param(
            f"Họp giao ban công tác quý ba\nQuang cảnh hội nghị giao ban công tác quý ba năm nay.\n{LEAD}\n{BODY}",
            ["title", "caption", "lead", "body"],
            id="a picture above the text",
        ),
        pytest.param(
            f"HỌP GIAO BAN CÔNG TÁC QUÝ BA\nBÀN NHIỆM VỤ QUÝ BỐN\n\n{LEAD}",
            ["title", "title", "lead"],
            id="a headline in capitals on two lines",
        ),
        pytest.param(
            f"Vì sao họp ít mà việc vẫn chạy đều ở huyện?\n\n{LEAD}\n\n{BODY}",
            ["title", "lead", "body"],
            id="a headline that asks",
        ),
        pytest.param(
            f"Họp giao ban công tác quý ba\n{LEAD}\nXem thêm: Trao 120 suất quà\n{BODY}\n{BODY}",
            ["title", "lead", "boilerplate", "body", "body"],
            id="a link inside the text lists only itself",
        ),
        pytest.param("", [], id="an empty text has no parts"),
        pytest.param(" \n\t\n", [], id="blanks are no paragraph"),
    ],
)
def test_kinds_of_paragraphs(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


def test_a_given_title_is_found_in_the_text() -> None:
    text = f"Huyện Mường Ảng sơ kết công tác\nẢnh đại diện của bài viết này\n{LEAD}"
    assert kinds(text, "huyện mường ảng  sơ kết công tác")[0] == "title"


def test_markup_parts_paragraphs() -> None:
    text = f'<p class="title">Họp sơ kết sáu tháng đầu năm</p><p>{LEAD}<br></p><p><b>Thu Huyền</b></p>'
    assert parts(text) == [("title", "Họp sơ kết sáu tháng đầu năm"), ("lead", LEAD), ("byline", "Thu Huyền")]


def test_a_hard_wrapped_paragraph_is_one() -> None:
    wrapped = LEAD.replace(" và bàn nhiệm vụ", "\nvà bàn nhiệm vụ")
    assert kinds(f"Họp giao ban công tác quý ba\n{wrapped}\n{BODY}") == ["title", "lead", "body"]


def test_a_side_event_is_marked() -> None:
    text = f"Họp giao ban công tác quý ba\n{LEAD}\n{BODY}\n* Cũng trong ngày, UBND huyện gặp mặt 45 doanh nghiệp."
    assert [part.is_side_event for part in find_layout(Article(id="a", text=text)).paragraphs][-2:] == [False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ông A báo cáo. Bà B phát biểu.", 2, id="a stop before a capital"),
        pytest.param("Ông A chủ trì. Đ/c B dự.", 2, id="Đ is a capital"),
        pytest.param("Tại TP. Hạ Long, TS. Lý Thế Hoành và ThS. Bùi Lệ Quyên dự.", 1, id="short forms end nothing"),
        pytest.param("Thu 1.234 tỷ đồng, đạt 92,5% dự toán.", 1, id="a point inside a number"),
        pytest.param("Hoàn thành nhiệm vụ./. Tin khác", 2, id="the closing mark of newspapers"),
        pytest.param("1. Thời gian: 8 giờ. 2 đơn vị vắng.", 2, id="a list number ends nothing"),
    ],
)
def test_sentences(text: str, expected: int) -> None:
    article = Article(id="a", text=f"{LEAD}\n{text}")
    last = find_layout(article).paragraphs[-1]
    assert len(last.sentences) == expected
    assert last.sentences[0].start == last.span.start
    assert last.sentences[-1].end == last.span.end


def _lines(counter: bool) -> list[object]:
    entries = load_lexicon("boilerplate").values()
    return [
        pytest.param(entry, line, id=f"{entry.key}: {line[:40]}")
        for entry in entries
        for line in (entry.counter_examples if counter else entry.examples)
    ]


def _is_read(entry: Entry, line: str) -> bool:
    words = furniture()
    line = lowered(modern(line))
    if entry.key == "related_headers":
        return words.related_header(line) is not None
    if entry.key in ("captions", "no_titles", "side_events"):
        return {"captions": words.is_caption, "no_titles": words.is_no_title}.get(entry.key, words.is_side_event)(line)
    return words.is_furniture(line, has_crumbs=True)


@pytest.mark.parametrize(("entry", "line"), _lines(counter=False))
def test_lines_of_furniture(entry: Entry, line: str) -> None:
    assert _is_read(entry, line)


@pytest.mark.parametrize(("entry", "line"), _lines(counter=True))
def test_prose_is_no_furniture(entry: Entry, line: str) -> None:
    assert not _is_read(entry, line)
