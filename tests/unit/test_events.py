import pytest

from bienban.classify import main_event
from bienban.events import find_events
from bienban.layout import find_layout
from bienban.lexicon import lowered
from bienban.records import Article


def events(text: str):
    article = Article(id="a", text=text)
    normal = article.normal.text
    return find_events(normal, lowered(normal), find_layout(article))


@pytest.mark.parametrize(
    ("text", "shape", "body"),
    [
        pytest.param("Ngày 5/3, UBND huyện Mai Sơn tổ chức hội nghị.", "subject_verb_noun", "UBND", id="who held what"),
        pytest.param("Sáng 5/3, UBND huyện Mai Sơn họp phiên thường kỳ.", "subject_met", "UBND", id="who met"),
        pytest.param(
            "Hội thảo do Sở Y tế tỉnh Sơn La tổ chức ngày 5/3.", "noun_by_agent", "Sở Y tế", id="held by whom"
        ),
        pytest.param(
            "Hội nghị của Sở Y tế tỉnh Sơn La diễn ra sáng 5/3.", "noun_was_held", "Sở Y tế", id="whose took place"
        ),
        pytest.param(
            "Phát biểu tại phiên họp Chính phủ sáng 5/3, ông nói.", "noun_of_body", "Chính phủ", id="whose, by the way"
        ),
        pytest.param("Chủ tịch UBND tỉnh Sơn La chủ trì cuộc họp.", "office_chaired", "UBND", id="whose head chaired"),
    ],
)
def test_shapes(text, shape, body):
    found = events(text)[0]
    assert (found.shape, found.host.body, found.mode) == (shape, body, "held")


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        pytest.param("Ngày 5/3 tới, UBND huyện Mai Sơn sẽ tổ chức hội nghị.", "announced", id="still to come"),
        pytest.param("UBND huyện Mai Sơn đề nghị các xã tổ chức hội nghị.", "unreal", id="wished for"),
    ],
)
def test_what_was_not_held_weighs_nothing(text, mode):
    found = events(text)[0]
    assert found.mode == mode
    assert found.weight == 0


def test_a_kind_of_unit_inside_an_address_is_no_wish():
    found = events("Trường ĐH Sông Hậu (TP Cần Thơ) vừa tổng kết năm học 2020-2021.")[0]  # "Cần" is no "cần"
    assert found.mode == "held"


def test_the_owner_of_a_document_holds_no_meeting():
    assert events("Quyết định của Thủ tướng Chính phủ về chế độ họp đã quy định rõ.") == []


def test_a_second_event_of_the_day_is_minor():
    found = events(
        "Chiều 14/10, Huyện ủy Mai Sơn tổ chức hội nghị.\n\n"
        "Trước đó, sáng cùng ngày, UBND huyện Mai Sơn họp mặt doanh nghiệp."
    )
    assert [event.is_minor for event in found] == [False, True]
    assert main_event(found).host.body == "Huyện ủy"
