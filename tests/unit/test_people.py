"""People of a report: who is named, with which positions, in which part."""

import unicodedata

import pytest

from bienban.layout import find_layout
from bienban.lexicon import load_lexicon
from bienban.people import find_people
from bienban.people_names import is_same_name
from bienban.people_positions import read_chain
from bienban.records import Article, Person
from bienban.text import modern

TITLE = "Huyện ủy tổ chức hội nghị tổng kết công tác năm 2023"
LEAD = "Chiều 5/1, Huyện ủy tổ chức hội nghị tổng kết công tác năm 2023, triển khai nhiệm vụ năm 2024."


def people(text: str) -> list[Person]:
    article = Article(id="a", text=f"{TITLE}\n\n{LEAD}\n{text}")
    found = find_people(article, find_layout(article))
    assert all(article.text[one.span.start : one.span.end] == one.quote for one in found)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Đ/c Lò Văn Sương, Bí thư Huyện ủy chủ trì. Cùng dự có đ/c Quàng Thị Hạnh, Phó Chủ tịch UBND huyện.",
            [("Lò Văn Sương", "chair"), ("Quàng Thị Hạnh", "attended")],
            id="a chair and a guest",
        ),
        pytest.param(
            "Tại hội nghị, bà Lê Thị Bưởi, khu phố Hải Lâm phản ánh nhà bà đông người.",
            [("Lê Thị Bưởi", "speaker")],
            id="where somebody without an office lives, before the verb",
        ),
        pytest.param(
            "Tại hội nghị, em Siu Đức Anh, lớp 12 chuyên Sinh, Trường THPT Hùng Vương, phát biểu cảm ơn thầy cô.",
            [("Siu Đức Anh", "speaker")],
            id="a pupil's class and school",
        ),
        pytest.param(
            "Chủ tịch Ủy ban MTTQ huyện Phùng Thị Kim Thoa Ngọc chủ trì hội nghị.",
            [("Phùng Thị Kim Thoa Ngọc", "chair")],
            id="a family name that is a town's as well",
        ),
        pytest.param(
            "Chủ trì hội nghị có các đồng chí: Nguyễn Văn Nam, Trưởng Ban Tuyên giáo Tỉnh ủy; Trần Thị Bích Hạnh, "
            "Phó Giám đốc Sở Nội vụ; Đại tá Lê Văn Hùng, Phó Giám đốc Công an tỉnh.",
            [("Nguyễn Văn Nam", "chair"), ("Trần Thị Bích Hạnh", "chair"), ("Lê Văn Hùng", "chair")],
            id="the opening clause goes for the whole list",
        ),
        pytest.param(
            "Hội nghị do các đồng chí Hoàng Văn An, Bí thư Huyện ủy và Nông Thị Hà, Chủ tịch UBND huyện đồng chủ trì.",
            [("Hoàng Văn An", "chair"), ("Nông Thị Hà", "chair")],
            id="the verb goes for both",
        ),
        pytest.param(
            "Dưới sự chủ trì của đồng chí Lê Minh Khôi, Bí thư Thành ủy, hội nghị thảo luận.",
            [("Lê Minh Khôi", "chair")],
            id="dưới sự chủ trì",
        ),
        pytest.param(
            "Đoàn Chủ tịch gồm các đồng chí: Sùng A Dế, Bí thư Đảng ủy xã; Lù Seo Páo, Chủ tịch UBND xã điều hành.",
            [("Sùng A Dế", "chair"), ("Lù Seo Páo", "chair")],
            id="presidium, minority names without honorific",
        ),
        pytest.param(
            "Đồng chí Sùng A Dế, Bí thư Huyện ủy chủ trì. Kết luận hội nghị, đồng chí Sùng A Dế yêu cầu.",
            [("Sùng A Dế", "chair")],
            id="who chairs and concludes is a chair, once",
        ),
        pytest.param(
            "Kết luận hội nghị, Đại tá Vi Đình Bảo, Phó Giám đốc Công an tỉnh yêu cầu giữ vững địa bàn.",
            [("Vi Đình Bảo", "concluded")],
            id="concluded beats speaking",
        ),
        pytest.param(
            "Ông Đặng Hoàng Lũy, Trưởng Ban Tuyên giáo Thành ủy đến dự và phát biểu chỉ đạo.",
            [("Đặng Hoàng Lũy", "speaker")],
            id="dự và phát biểu is speaking",
        ),
        pytest.param(
            "Báo cáo do đ/c Cà Văn Thiết, Trưởng Ban Tuyên giáo Huyện ủy trình bày nêu rõ kết quả.",
            [("Cà Văn Thiết", "presenter")],
            id="a report by somebody",
        ),
        pytest.param(
            "Trao đổi tại hội nghị, anh Vừ Mí Sính, Bí thư Đoàn trường giới thiệu mô hình; "
            "bà Lê Thị Lan, Trưởng khoa giới thiệu Quy định số 85-QĐ/TW.",
            [("Vừ Mí Sính", "speaker"), ("Lê Thị Lan", "presenter")],
            id="what is introduced decides",
        ),
        pytest.param(
            "Giám đốc Sở Tài chính Trương Hồng Phấn báo cáo; Chủ tịch UBND xã Ia Dom Siu Klơi kiến nghị bổ sung kỹ sư.",
            [("Trương Hồng Phấn", "presenter"), ("Siu Klơi", "speaker")],
            id="position before the name, a place between them",
        ),
        pytest.param(
            "Tổng Bí thư Trần Văn Nam, Chủ tịch nước Lê Thị Thu dự hội nghị.",
            [("Trần Văn Nam", "attended"), ("Lê Thị Thu", "attended")],
            id="each position belongs to the name after it",
        ),
        pytest.param(
            "Anh Katơr Quyết, ở xã Phước Tiến hỏi về thủ tục vay vốn.",
            [("Katơr Quyết", "speaker")],
            id="a citizen who speaks at the meeting",
        ),
        pytest.param(
            "Ông Trần Ngọc Cư, Cụm trưởng Cụm thi đua số 3 của tỉnh chủ trì hội nghị.",
            [("Trần Ngọc Cư", "chair")],
            id="past words that the lexicon does not know",
        ),
        pytest.param(
            "Thực hiện chỉ đạo của Tổng Bí thư Nguyễn Phú Trọng, các chi bộ triển khai học tập.",
            [],
            id="who is cited was not there",
        ),
        pytest.param("Học tập và làm theo tấm gương đạo đức Chủ tịch Hồ Chí Minh.", [], id="a name that is cited"),
        pytest.param(
            "Hội nghị giao đồng chí Lê Văn Tám, Phó Chủ tịch UBND huyện chủ trì, phối hợp với các phòng.",
            [],
            id="charged with a task",
        ),
        pytest.param(
            "Ông Lê Văn Tám, Giám đốc Sở Nội vụ - cơ quan chủ trì soạn thảo trình bày dự thảo Đề án.",
            [("Lê Văn Tám", "presenter")],
            id="the office that drafts does not chair",
        ),
        pytest.param(
            "Cùng dự có các đồng chí nguyên lãnh đạo thành phố: Ngô Văn Hùng, Phạm Thị Hoa.",
            [("Ngô Văn Hùng", "attended"), ("Phạm Thị Hoa", "attended")],
            id="a list behind a colon, without offices",
        ),
        pytest.param(
            "Cùng dự có Phó thủ tướng Trịnh Đình Dũng, Bộ trưởng Bộ Nông nghiệp (NN) Nguyễn Xuân Cường.",
            [("Trịnh Đình Dũng", "attended"), ("Nguyễn Xuân Cường", "attended")],
            id="an alias between office and name",
        ),
        pytest.param("Thủ tướng Thái Lan phát biểu.", [], id="a country is no person"),
        pytest.param("Bí thư Thành ủy Long Xuyên phát biểu.", [], id="a unit is no person"),
        pytest.param("Các đại biểu Quảng Bình, Bắc Kạn đề nghị.", [], id="a crowd from a place"),
        pytest.param("Hiệu trưởng Trường Tiểu học Nguyễn Bá Ngọc phát biểu.", [], id="a school's name"),
        pytest.param(
            "Giám đốc Sở Tài nguyên và Môi trường Phạm Sỹ Quý phát biểu.",
            [("Phạm Sỹ Quý", "speaker")],
            id="môi trường is no school",
        ),
        pytest.param(
            "Tham luận có ông Thạch Rítt, Trưởng thôn; ông Thạch Rít phát biểu thêm.",
            [("Thạch Rít", "speaker")],
            id="the spelling without a letter typed twice",
        ),
        pytest.param("Bà con Nhân dân đồng tình; chị em phụ nữ hưởng ứng.", [], id="words of address in other words"),
        pytest.param(
            "* Cũng trong ngày, ông Lê Văn Tám, Chủ tịch UBND huyện gặp mặt doanh nghiệp.", [], id="a side event"
        ),
        pytest.param("Ảnh: Lê Văn Tám", [], id="a photographer"),
    ],
)
def test_names_and_roles(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.name, one.role) for one in people(text)] == expected


def test_private_persons_outside_of_meetings_are_left_out() -> None:
    text = "Cháy nhà trong đêm\n\nKhoảng 2 giờ ngày 5/1, lửa bùng lên. Ông Nguyễn Văn Bé, ở xã Phước Tiến cho biết."
    article = Article(id="a", text=text)
    assert find_people(article, find_layout(article)) == []


def test_positions_are_those_of_the_first_full_mention() -> None:
    found = people(
        "Đồng chí Lê Khánh Trâm phát biểu. Đồng chí Lê Khánh Trâm, Phó Bí thư Đảng ủy, Trưởng Ban Chỉ đạo 35 phường "
        "chủ trì. Đồng chí Lê Khánh Trâm, Đại biểu HĐND phường tiếp thu."
    )
    assert [one.positions for one in found] == [("Phó Bí thư Đảng ủy", "Trưởng Ban Chỉ đạo 35 phường")]


def test_offsets_hold_in_a_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", f"{LEAD}\nĐồng chí Nguyễn Duy Hoà, Phó Bí thư Huyện uỷ chủ trì hội nghị.")
    article = Article(id="a", text=text)
    found = find_people(article, find_layout(article))
    assert [(one.name, one.positions) for one in found] == [("Nguyễn Duy Hòa", ("Phó Bí thư Huyện ủy",))]
    assert text[found[0].span.start : found[0].span.end] == found[0].quote


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("Nguyễn Duy Hoà", "Nguyễn Duy Hòa", True, id="tone placement"),
        pytest.param("Thạch Rít", "Thạch Rítt", True, id="a letter typed twice"),
        pytest.param("Lý Thế Hoành", "Lí Thế Hoành", True, id="i and y"),
        pytest.param("Nguyễn Văn Hùng", "Nguyen Văn Hùng", True, id="marks lost as a whole"),
        pytest.param("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", False, id="two well-formed words are two people"),
        pytest.param("Lê Thị Hà", "Lê Thị Hạ", False, id="two tones are two people"),
        pytest.param("Nguyễn Văn Nam", "Nguyễn Văn Dũng", False, id="another given name"),
    ],
)
def test_same_name(one: str, other: str, same: bool) -> None:
    assert is_same_name(modern(one), modern(other)) is same


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, value, id=text[:60])
        for key in ("heads", "before_heads", "short_heads", "office_before")
        for text, value in load_lexicon("positions")[key].examples.items()
    ],
)
def test_positions_of_the_lexicon(text: str, expected: str) -> None:
    normal = modern(text)
    name_end = min(at for at in (normal.find(","), normal.find(" -")) if at > 0)
    chain = read_chain(normal, normal.lower(), name_end, len(normal))
    assert "; ".join(chain.positions) == expected


@pytest.mark.parametrize("text", load_lexicon("positions")["heads"].counter_examples)
def test_no_positions_of_the_lexicon(text: str) -> None:
    normal = modern(text)
    assert read_chain(normal, normal.lower(), len("Nguyễn Văn A"), len(normal)).positions == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Chủ tọa kỳ họp có bà Lê Thị Xuân Kiều và ông Nguyễn Đức Chinh, Phó Chủ tịch HĐND tỉnh.",
            {"Lê Thị Xuân Kiều": "Phó Chủ tịch HĐND tỉnh", "Nguyễn Đức Chinh": "Phó Chủ tịch HĐND tỉnh"},
            id="two share the office told behind the second",
        ),
        pytest.param(
            "Giám đốc Công an tỉnh, Đại tá Mai Phước Tuyến chủ trì hội nghị.",
            {"Mai Phước Tuyến": "Giám đốc Công an tỉnh"},
            id="an office and a comma before the rank",
        ),
        pytest.param(
            "Bà Nông Thị Vân, Trưởng khoa Chăm sóc sức khỏe sinh sản, phát biểu tại hội nghị.",
            {"Nông Thị Vân": "Trưởng khoa Chăm sóc sức khỏe sinh sản"},
            id="small words of an office",
        ),
    ],
)
def test_positions_of_people(text: str, expected: dict[str, str]) -> None:
    assert {person.name: "; ".join(person.positions) for person in people(text)} == expected
