from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bienban.dates import find_dates, find_periods, parse_date, parse_period

REFERENCE = date(2017, 2, 2)  # a Thursday


@pytest.mark.parametrize(
    ("text", "start", "precision"),
    [
        pytest.param("Thứ Tư, 07/01/2015 | 22:34", "2015-01-07", "day", id="a clock time says nothing of the day"),
        pytest.param("ngày mồng 3 tháng 3 năm 2017", "2017-03-03", "day", id="a day said in full"),
        pytest.param("21 tháng 09 năm 2025", "2025-09-21", "day", id="a zero before the month"),
        pytest.param("2025-10-03", "2025-10-03", "day", id="ISO"),
        pytest.param("3/9/91", "1991-09-03", "day", id="a short year of the last century"),
        pytest.param("tháng 10", "2017-10-01", "month", id="the month takes its year from the reference"),
        pytest.param("quý IV/2020", "2020-10-01", "quarter", id="a Roman quarter"),
        pytest.param("tuần tới", "2017-02-06", "week", id="weeks begin on Monday"),
        pytest.param("thứ 5 tuần trước", "2017-01-26", "day", id="a day of last week"),
        pytest.param("thứ hai", "2017-02-06", "day", id="a bare weekday is the next one"),
        pytest.param("thứ ba vừa rồi", "2017-01-31", "day", id="or the last one, if said"),
        pytest.param("3 tuần sau", "2017-02-23", "day", id="a point some weeks away"),
        pytest.param("năm ngoái", "2016-01-01", "year", id="last year"),
    ],
)
def test_parse_date(text, start, precision):
    found = parse_date(text, REFERENCE)
    assert found is not None
    assert (found.start, found.precision) == (date.fromisoformat(start), precision)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("mình cần xác nhận qua điện thoại", id="qua is through, too"),
        pytest.param("có ngày chính xác", id="a bare ngày"),
        pytest.param("1 năm 1 tháng 1 ngày", id="a duration"),
        pytest.param("ngày 31/2/2020", id="no calendar has it"),
        pytest.param("mùng 10 tháng 3 âm lịch", id="by the moon"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_date(text):
    assert parse_date(text, REFERENCE) is None


def test_without_a_reference_the_year_stays_unknown():
    found = parse_date("ngày 14/1")
    assert found is not None
    assert (found.year, found.month, found.day, found.start) == (None, 1, 14, None)
    assert parse_date("hôm qua") is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("6 tháng đầu năm 2024", "2024-01-01", "2024-06-30", id="first half"),
        pytest.param("3 tháng cuối năm 2020", "2020-10-01", "2020-12-31", id="last quarter"),
        pytest.param("năm học 2016 - 2017", "2016-09-01", "2017-05-31", id="school year"),
        pytest.param("nhiệm kỳ 2021 – 2026", "2021-01-01", "2026-12-31", id="term"),
        pytest.param("từ ngày 15/12/2019 đến ngày 14/3/2020", "2019-12-15", "2020-03-14", id="two days"),
        pytest.param("từ ngày 1 đến 25/7/2025", "2025-07-01", "2025-07-25", id="the month stands once"),
        pytest.param("tháng 2/2024", "2024-02-01", "2024-02-29", id="leap year"),
        pytest.param("2 tháng qua", "2016-12-01", "2017-01-31", id="whole months before the reference"),
        pytest.param("quý II", "2017-04-01", "2017-06-30", id="the reference gives the year"),
    ],
)
def test_parse_period(text, first, last):
    assert parse_period(text, REFERENCE) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_period_without_year_or_reference_is_unknown():
    assert parse_period("quý II") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("trong hai ngày, 4 và 5/8/2025", [(2025, 8, 4, 5)], id="several days of one month"),
        pytest.param("kết nạp 21/21 thôn", [], id="no day 21 of month 21"),
        pytest.param("10:23 | 03/10/2025", [(2025, 10, 3, None)], id="a dateline"),
        pytest.param("Sáng thứ Sáu (27/2)", [(None, 2, 27, None)], id="weekday and bracket"),
        pytest.param("sáng 14-1, tại Hạ Long", [(None, 1, 14, None)], id="a hyphen after a part of the day"),
        pytest.param("nhiệm kỳ 2021-2026", [], id="a term is no day"),
    ],
)
def test_find_dates(text, expected):
    found = [(m.date.year, m.date.month, m.date.day, m.last.day if m.last else None) for m in find_dates(text)]
    assert found == expected


def test_words_beside_a_day_are_read():
    (mention,) = find_dates("Chiều thứ Ba, ngày 22/12")
    assert (mention.part_of_day, mention.weekday, mention.is_marked) == ("afternoon", 1, True)
    (mention,) = find_dates("chiều qua (15/1)")
    assert mention.deictic == -1
    assert mention.on(date(2026, 1, 16)) == date(2026, 1, 15)


def test_resolve_gives_the_missing_year():
    (mention,) = find_dates("từ 19 đến 20/7")
    ends = mention.resolve(2022)
    assert ends is not None
    assert (ends[0].start, ends[1].start) == (date(2022, 7, 19), date(2022, 7, 20))
    (leap,) = find_dates("ngày 29/2")
    assert leap.resolve(2023) is None


def test_a_fraction_with_a_noun_is_not_marked_as_a_day():
    (mention,) = find_dates("kết nạp 5/8 đảng viên")
    assert not mention.is_marked


@given(st.text(alphabet="0123456789/-. ngàythángnămquýIVđầucuối6hômqua()", max_size=60))
def test_any_text_gives_mentions_that_stand_in_it(text):
    for mention in (*find_dates(text), *find_periods(text)):
        assert 0 <= mention.span.start < mention.span.end <= len(text)
    parse_date(text, REFERENCE)
    parse_period(text, REFERENCE)
