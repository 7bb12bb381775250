"""Figures that do not fit their neighbours are marked, and left as the article says them."""

import pytest

from bienban.figures import FigureContext, find_figures
from bienban.layout import find_layout
from bienban.records import Article

HEAD = "Huyện tổng kết năm\n\nHuyện ủy tổ chức hội nghị tổng kết công tác năm tại trung tâm huyện lỵ.\n\n"


def doubts(body: str) -> list[tuple[str, str]]:
    article = Article(id="a", text=HEAD + body)
    return [
        (f.quote, f.disagreement)
        for f in find_figures(article, find_layout(article), FigureContext())
        if f.disagreement
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Có 44/48 đại biểu đồng ý (chiếm tỷ lệ 96,7%).", [("96,7%", "share")], id="another share"),
        pytest.param("Có 44/48 đại biểu đồng ý (chiếm tỷ lệ 91,7%).", [], id="rounded"),
        pytest.param("Có 44/48 đại biểu đồng ý (chiếm tỷ lệ 91,6%).", [], id="cut"),
        pytest.param("Có 11/19 chỉ tiêu đạt 50% kế hoạch năm.", [], id="a share of something else"),
        pytest.param("Xử lý 12 vụ, gồm 7 vụ trộm cắp và 4 vụ lừa đảo.", [("12 vụ", "sum")], id="parts that make less"),
        pytest.param("Xử lý 12 vụ, gồm 7 vụ trộm cắp và 5 vụ lừa đảo.", [], id="parts that make it"),
        pytest.param("Xử lý 12 vụ, trong đó 7 vụ trộm cắp.", [], id="one of the parts"),
        pytest.param(
            "Thu 52 tỷ đồng, trong đó thu nội địa 61 tỷ đồng.", [("52 tỷ đồng", "sum")], id="a part above all"
        ),
        pytest.param("Mở 3 lớp, gồm 180 học viên.", [], id="not of one kind"),
    ],
)
def test_disagreements(body, expected):
    assert doubts(body) == expected
