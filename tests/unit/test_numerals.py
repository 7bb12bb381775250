from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bienban.numerals import find_numbers, parse_figures, parse_number, parse_roman


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("2,4 triệu", "2400000", id="the comma is the decimal mark"),
        pytest.param("1.234", "1234", id="the dot groups thousands"),
        pytest.param("1.234.567,8", "1234567.8", id="both marks"),
        pytest.param("1,234,567", "1234567", id="two commas can only group"),
        pytest.param("12.5", "12.5", id="a dot before one digit is decimal"),
        pytest.param("0.125", "0.125", id="no group begins with a lone zero"),
        pytest.param("25 386", "25386", id="blanks group"),
        pytest.param("18 vạn", "180000", id="ten thousands"),
        pytest.param("3 tỷ 500 triệu", "3500000000", id="falling scales add up"),
        pytest.param("1.200 nghìn tỷ", "1200000000000000", id="scales in a row multiply"),
        pytest.param("một trăm hai mươi", "120", id="in words"),
        pytest.param("một trăm linh năm", "105", id="a zero in the tens is said"),
        pytest.param("ba triệu tám", "3800000", id="a digit after a scale counts tenths"),
        pytest.param("Hai mươi Mốt", "21", id="capitals"),
        pytest.param("mười lăm", "15", id="lăm is five after ten"),
        pytest.param("hai triệu rưỡi", "2500000", id="and a half"),
        pytest.param("XIII", "13", id="Roman"),
        pytest.param("- 1.200", "-1200", id="a minus"),
        pytest.param("một nghìn phẩy mười một", "1000.11", id="places said as a number"),
    ],
)
def test_parse_number(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", " ", "tỷ lệ", "mươi", "1..2", "1,2,3", "năm nay", "IIII", "12 hộ", "số 5"])
def test_what_is_no_number(text):
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("có 12.000 hộ và ba mươi hai đảng viên", ["12000", "32"], id="figures and words"),
        pytest.param("năm 2020 có năm tập thể", ["5", "2020", "5"], id="năm is a year or a five: the reader decides"),
        pytest.param("virus H5N1", [], id="inside a word"),
        pytest.param("35ha rừng", ["35"], id="a unit may stand without a blank"),
        pytest.param("đạt 12,5.Trong đó", ["12.5"], id="a stop ends the number"),
        pytest.param("không quá hai lần", ["2"], id="không alone is not"),
        pytest.param("năm năm mươi mốt", ["5", "51"], id="two numbers in a row of number words"),
        pytest.param("phát hành 7 450 bản", ["7450"], id="grouped by a blank"),
        pytest.param("năm 2016 100 hộ", ["5", "2016", "100"], id="a year and a number are no group"),
    ],
)
def test_find_numbers(text, expected):
    found = list(find_numbers(text))
    assert [mention.value for mention in found] == [Decimal(value) for value in expected]


def test_a_doubtful_comma_keeps_both_readings():
    (mention,) = find_numbers("4,215 tấn")
    assert (mention.value, mention.alternative) == (Decimal("4.215"), Decimal(4215))


@given(st.integers(min_value=0, max_value=10**15))
def test_grouped_figures_are_read_back(number):
    assert parse_figures(f"{number:,}".replace(",", ".")) == number


@given(st.integers(min_value=1, max_value=3999))
def test_roman_numbers_round_trip(number):
    pairs = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")]
    pairs += [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    rest, roman = number, ""
    for value, letters in pairs:
        roman, rest = roman + letters * (rest // value), rest % value
    assert parse_roman(roman) == number


@given(st.text(alphabet="0123456789.,- triệutỷnghìnmộthainămmươiKM/%\n", max_size=60))
def test_any_text_gives_numbers_that_stand_in_it(text):
    for mention in find_numbers(text):
        assert 0 <= mention.span.start < mention.span.end <= len(text)
    parse_number(text)
