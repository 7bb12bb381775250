import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bienban.figures import FigureContext, find_figures
from bienban.layout import find_layout
from bienban.records import Article, Figure, Period

HELD = Period(start=date(2020, 12, 22), end=date(2020, 12, 22))
REVIEWED = Period(start=date(2020, 1, 1), end=date(2020, 12, 31))
PLANNED = Period(start=date(2021, 1, 1), end=date(2021, 12, 31))
CONTEXT = FigureContext(held_on=HELD, reviewed=REVIEWED, planned=PLANNED)
HEAD = (
    "Huyện tổng kết năm 2020\n\nChiều 22/12, Huyện ủy tổ chức hội nghị tổng kết công tác, triển khai "
    "nhiệm vụ cho thời gian sau đó tại trung tâm huyện.\n\n"
)


def figures(body: str, context: FigureContext = CONTEXT) -> list[Figure]:
    """The figures that an article with ``body`` yields; each stands where it says."""
    article = Article(id="a", text=HEAD + body)
    found = list(find_figures(article, find_layout(article), context))
    assert all(article.text[f.span.start : f.span.end] == f.quote for f in found)
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Huyện đăng 5080 tin bài, phóng sự trên mạng.", [("5080", "tin bài, phóng sự")], id="one list"),
        pytest.param("Xuất bản 12 bản tin với 9.960 cuốn.", [("12", "bản tin"), ("9960", "cuốn")], id="two"),
        pytest.param("Thu ngân sách đạt 74,6 tỷ đồng.", [("74600000000", "thu ngân sách")], id="what stands before"),
        pytest.param(
            "Thu ngân sách 74,6 tỷ đồng, đạt 112% dự toán, tăng 8,3% so với năm 2019.",
            [("74600000000", "thu ngân sách"), ("112", "thu ngân sách"), ("8.3", "thu ngân sách")],
            id="percentages speak of the figure before them",
        ),
        pytest.param("Có 96% dân số có thẻ bảo hiểm y tế.", [("96", "dân số")], id="a share of what follows"),
        pytest.param("Huyện giao nộp 1,350 viên đạn.", [("1350", "viên đạn")], id="nobody counts thousandths"),
        pytest.param(
            "Trang tăng từ 12.000 lên 15.300 người theo dõi.",
            [("12000", "người theo dõi"), ("15300", "người theo dõi")],
            id="a step is two figures",
        ),
        pytest.param("Đàn lợn còn 1.150 con.", [("1150", "đàn lợn")], id="a stock before a classifier"),
        pytest.param("Huyện ra mắt một câu lạc bộ.", [("1", "câu lạc bộ")], id="one thing delivered"),
        pytest.param("Bị thương 5 người, chết 5 người.", [("5", "người"), ("5", "người")], id="two equal counts"),
        pytest.param("Mỗi tổ có 5-7 đồng chí.", [("5", "đồng chí")], id="a range after a word that may name"),
    ],
)  # fmt: skip
def test_values_and_nouns(body, expected):
    assert [(f.low, f.counted) for f in figures(body)] == [(Decimal(low), counted) for low, counted in expected]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("Xã trồng 99999999999999999999999999 ha rừng.", id="more than the world holds"),
        pytest.param("Thu 999.999.999.999.999 nghìn tỷ đồng.", id="money that no table could hold"),
        pytest.param("Ban Chỉ đạo 35 huyện họp khóa 15.", id="names and terms"),
        pytest.param("Nghị quyết số 35-NQ/TW ngày 22/10/2018 của Bộ Chính trị.", id="numbers of documents"),
        pytest.param("Kỷ niệm 90 năm Ngày thành lập.", id="anniversaries"),
        pytest.param("Mô hình chính quyền 2 cấp.", id="names of models"),
        pytest.param('Chiến dịch "30 ngày đêm dựng lại mái nhà".', id="slogans"),
        pytest.param("Ông Lê Văn Tám, 68 tuổi, gọi số 0275.3 860 000.", id="ages and phones"),
        pytest.param("Một số đơn vị và hàng trăm người, nhiều lượt chia sẻ.", id="vague words"),
        pytest.param("Sau hơn 5 tháng và ba năm qua.", id="time that went by"),
        pytest.param("Cũng trong ngày, huyện gặp mặt 45 doanh nghiệp.", id="another event of the day"),
        pytest.param("1. Công tác tuyên truyền\n2. Công tác kiểm tra", id="list numbers"),
    ],
)
def test_what_is_no_figure(body):
    assert figures(body) == []


@pytest.mark.parametrize(
    ("body", "status", "period"),
    [
        pytest.param("Huyện kết nạp 121 đảng viên.", "result", REVIEWED, id="a result"),
        pytest.param("Năm 2021, huyện phấn đấu kết nạp 130 đảng viên.", "target", PLANNED, id="a target"),
        pytest.param("Dịp này, 9 tập thể được khen thưởng.", "result", HELD, id="at the meeting"),
        pytest.param(
            "Trong quý II/2020, huyện đăng 300 tin bài.",
            "result",
            Period(start=date(2020, 4, 1), end=date(2020, 6, 30)),
            id="a period of its own",
        ),
        pytest.param("Huyện vượt 115 tấn so với kế hoạch (4.100 tấn).", "target", REVIEWED, id="planned"),
        pytest.param("Xã rộng gần 96 km2.", "result", None, id="size of the unit"),
    ],
)  # fmt: skip
def test_status_and_period(body, status, period):
    found = figures(body)[-1]
    assert (found.status, found.period) == (status, period)


def test_without_a_context_there_is_no_period():
    (found,) = figures("Huyện kết nạp 121 đảng viên.", FigureContext())
    assert found.period is None


def test_a_fact_told_again_stands_once_at_its_first_place():
    found = figures("Có 260 cuốn sách được trao tặng.\n\nLãnh đạo huyện trao 260 cuốn sách cho các chi bộ vùng cao.")
    assert len(found) == 1
    assert found[0].quote == "260 cuốn sách"


def test_metric_and_cumulation():
    (found,) = figures("Lũy kế có 8 xã đạt chuẩn nông thôn mới.")
    assert (found.metric, found.is_cumulative) == ("new_rural_communes", True)


def test_decomposed_text_gives_the_same_figures():
    import unicodedata

    body = "Huyện đăng 5080 tin bài, phóng sự; đạt trên 14.000 lượt chia sẻ."
    composed = Article(id="a", text=HEAD + body)
    decomposed = Article(id="a", text=unicodedata.normalize("NFD", HEAD + body))
    one, two = (
        [(f.low, f.counted, f.unit) for f in find_figures(a, find_layout(a), CONTEXT)] for a in (composed, decomposed)
    )
    assert one == two != []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='0123456789.,%-/ \ntỷđồngtriệuhộxãtinbàikhoảngtừđếnmỗinăm("):;', max_size=200))
def test_any_text_gives_figures_that_stand_in_it(text):
    article = Article(id="a", text=text)
    for figure in find_figures(article, find_layout(article), CONTEXT):
        assert article.text[figure.span.start : figure.span.end] == figure.quote


@pytest.mark.parametrize(
    "piece",
    [
        "một ",
        "1.",
        "1 000 ",
        "2 triệu ",
        "12/7 ",
        "từ 1 đến ",
        "tin, bài, ",
        "5% ",
        "năm 2020 ",
        "(1) ",
        '"1',
        "quý I, ",
        "tháng 6/2020 ",
    ],
)
def test_time_grows_with_length_alone(piece):
    def seconds(size: int) -> float:
        article = Article(id="a", text=(piece * size)[: size * 4])
        layout = find_layout(article)
        begun = time.process_time()
        list(find_figures(article, layout, CONTEXT))
        return time.process_time() - begun

    seconds(100)
    # A busy machine spoils one comparison, not three.
    assert any(seconds(5_000) < 40 * max(seconds(500), 0.005) for _ in range(3))
