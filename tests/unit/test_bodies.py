import pytest

from bienban.bodies import find_bodies, fold_inner
from bienban.lexicon import lowered
from bienban.text import modern
from bienban.unit_phrases import find_units


def bodies(text: str):
    normal = modern(text)
    return list(find_bodies(normal, lowered(normal)))


@pytest.mark.parametrize(
    ("text", "body", "kind", "name"),
    [
        pytest.param("UBND xã Tú Đoạn tổ chức hội nghị", "UBND", "xã", "Tú Đoạn", id="a kind and a name end the body"),
        pytest.param("Huyện uỷ Châu Thành họp", "Huyện ủy", "huyện", "Châu Thành", id="the body says its unit's kind"),
        pytest.param("Ban Chỉ đạo 35 huyện sơ kết", "Ban Chỉ đạo 35", "huyện", None, id="a kind without a name"),
        pytest.param(
            "Ban Chỉ đạo 35 Đảng ủy Khối các cơ quan tỉnh Thái Nguyên tổ chức",
            "Ban Chỉ đạo 35 Đảng ủy Khối các cơ quan",
            "tỉnh",
            "Thái Nguyên",
            id="one body within another",
        ),
        pytest.param(
            "Ban chỉ đạo bảo vệ nền tảng tư tưởng của Đảng, đấu tranh TP Uông Bí (Ban Chỉ đạo 35) tổ chức",
            "Ban Chỉ đạo 35",
            "thành phố",
            "Uông Bí",
            id="the short name in brackets wins",
        ),
        pytest.param("HĐND xã Đam Rông 2 khai mạc", "HĐND", "xã", "Đam Rông 2", id="a number belongs to the name"),
        pytest.param(
            "Ban Chấp hành Đảng bộ huyện Mai Sơn họp", "Huyện ủy", "huyện", "Mai Sơn", id="a committee by its long name"
        ),
        pytest.param("Tỉnh ủy Lào Cai họp", "Tỉnh ủy", "tỉnh", "Lào Cai", id="a province that begins like a country"),
        pytest.param("Ban Pháp chế HĐND tỉnh Nam Định họp", "Ban Pháp chế HĐND", "tỉnh", "Nam Định", id="law"),
        pytest.param(
            "Ban Chỉ đạo xây dựng nông thôn mới huyện Mai Sơn họp",
            "Ban Chỉ đạo xây dựng nông thôn mới",
            "huyện",
            "Mai Sơn",
            id="a task in the words of a sentence",
        ),
        pytest.param(
            "Phòng Lao động, Thương binh và Xã hội huyện Mai Sơn họp",
            "Phòng Lao động, Thương binh và Xã hội",
            "huyện",
            "Mai Sơn",
            id="society is no commune",
        ),
        pytest.param("Sở Y tế tổ chức hội nghị", "Sở Y tế", "tỉnh", None, id="only provinces have departments"),
    ],
)
def test_find_bodies(text, body, kind, name):
    found = bodies(text)[0]
    assert (found.body, found.kind, found.name) == (body, kind, name)


@pytest.mark.parametrize(
    ("text", "body", "name", "kind"),
    [
        pytest.param(
            "Công ty TNHH MTV Cao su Ia Kreng tổ chức", "Công ty TNHH MTV", "Cao su Ia Kreng", "công ty", id="a company"
        ),
        pytest.param(
            "Trường ĐH Kỹ thuật Sông Hậu vừa tổng kết",
            "Trường Đại học",
            "Đại học Kỹ thuật Sông Hậu",
            "trường",
            id="a kind of school in short",
        ),
        pytest.param(
            "Ban Chỉ đạo 35 Trường Cao đẳng Bắc Sông Lô tổ chức",
            "Ban Chỉ đạo 35",
            "Cao đẳng Bắc Sông Lô",
            "trường",
            id="a body of a school",
        ),
    ],
)
def test_organisations(text, body, name, kind):
    found = bodies(text)[0]
    assert (found.body, found.organisation, found.organisation_kind) == (body, name, kind)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Quốc hội Trung Quốc bế mạc kỳ họp", id="of another country"),
        pytest.param("Hội Nông dân Trung Quốc họp", id="of another country, at its end"),
        pytest.param("Hội nghị bàn về du lịch", id="a meeting is no society"),
        pytest.param("phòng họp của khách sạn", id="a room"),
        pytest.param("Trung tâm hội nghị tỉnh", id="a building"),
    ],
)
def test_what_is_no_body(text):
    assert bodies(text) == []


def test_the_address_behind_a_body():
    found = bodies("Đảng bộ xã Sín Chéng (huyện Si Ma Cai, tỉnh Lào Cai) tổ chức")[0]
    assert [(unit.kind, unit.name) for unit in found.within] == [("huyện", "Si Ma Cai"), ("tỉnh", "Lào Cai")]


def test_inner_organs_fold_into_their_body():
    assert fold_inner("Ban Thường vụ Huyện ủy") == "Huyện ủy"
    assert fold_inner("Ban Thường trực Ủy ban MTTQ Việt Nam") == "Ủy ban MTTQ Việt Nam"
    assert fold_inner("Ban Thường vụ") == "Ban Thường vụ"


def test_two_blanks_inside_a_kind():
    assert bodies("UBND thành  phố Uông Bí họp")[0].kind == "thành phố"


def test_units_stand_where_they_say():
    text = "huyện Lộc Bình và TP.Uông Bí; quận 10"
    found = list(find_units(text, lowered(text)))
    assert [(unit.kind, unit.name) for unit in found] == [
        ("huyện", "Lộc Bình"),
        ("thành phố", "Uông Bí"),
        ("quận", "10"),
    ]
    assert all(unit.name in text[unit.start : unit.end] for unit in found)
