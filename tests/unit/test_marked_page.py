"""Pages of articles: every find marked, nothing of a hostile text alive."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bienban.export import to_json
from bienban.extract import extract
from bienban.io.pages import Pages
from bienban.marked_page import marked_page
from bienban.records import Article

TEXT = (
    "Sáng 14/1/2021, Ban Chỉ đạo 35 tỉnh Quảng Ninh tổ chức hội nghị tổng kết năm 2020. Đồng chí Nguyễn Văn An, "
    "Phó Bí thư Tỉnh ủy chủ trì. Có 15 đại biểu dự theo Kế hoạch số 12-KH/TU.\n"
)


class _Reader(HTMLParser):
    """The text of the article element, and every tag and attribute that is not the page's own."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.foreign, self._inside = "", [], False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "article"
        if tag in {"script", "img", "iframe", "link", "object"} or any(name.startswith("on") for name, _ in attrs):
            self.foreign.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "article"

    def handle_data(self, data: str) -> None:
        self.text += data if self._inside else ""


def _page(text: str) -> str:
    article = Article(id="a", text=text)
    return marked_page(text, to_json(extract(article), article))


def test_the_text_stays_whole_and_every_find_is_marked() -> None:
    page = _page(TEXT)
    assert _Reader(page).text == TEXT
    kinds = set(re.findall(r'<mark class="(\w+)">', page))
    assert kinds == {"meeting", "chair", "figure", "document"}
    for number in range(page.count('<li id="f')):
        assert f'id="t{number}"' in page  # every find leads to its place


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("<script>alert(1)</script>", id="script"),
        pytest.param('"><img src=x onerror=alert(1)>', id="attribute"),
        pytest.param("</article></main><iframe src=//evil.example>", id="end tags"),
        pytest.param("&lt;script&gt;", id="a reference is no tag"),
    ],
)
def test_hostile_text_is_only_text(hostile: str) -> None:
    read = _Reader(_page(TEXT + hostile))
    assert read.foreign == []
    assert unescape(read.text) == unescape(TEXT + hostile) or read.text == TEXT + hostile


def test_what_does_not_show_is_shown() -> None:
    page = _page(TEXT + "abc\u202edcba\x1b[31m\u200b")
    assert not re.search(r"[\u202e\x1b\u200b]", page)
    assert all(code in page for code in ("U+202E", "U+001B", "U+200B"))


def test_names_of_pages_are_safe_and_do_not_collide(tmp_path: Path) -> None:
    pages = Pages(tmp_path / "new")
    written = [pages.write(name, "x") for name in ("../../etc/passwd", "a/b", "a_b", "A_B", "", "Hội nghị", "x" * 300)]
    assert {path.parent for path in written} == {tmp_path / "new"}
    assert len({path.name.lower() for path in written}) == len(written)
