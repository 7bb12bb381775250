"""Moments as dumps and pages write them."""

import pytest

from bienban.io.readers.moments import parse_moment


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("2021-04-13", "2021-04-13T00:00:00+07:00", id="a day is its midnight in Vietnam"),
        pytest.param("2021-04-13T02:00:00Z", "2021-04-13T02:00:00+00:00", id="a zone is kept"),
        pytest.param("13/04/2021", "2021-04-13T00:00:00+07:00", id="day first"),
        pytest.param("Thứ ba, 13/4/2021 | 08:15 (GMT+7)", "2021-04-13T08:15:00+07:00", id="as papers print it"),
        pytest.param("Tue, 13 Apr 2021 08:15:00 +0700", "2021-04-13T08:15:00+07:00", id="RFC 2822"),
        pytest.param(1618273800, "2021-04-13T00:30:00+00:00", id="seconds"),
        pytest.param(1618273800000, "2021-04-13T00:30:00+00:00", id="milliseconds"),
        pytest.param({"$date": "2021-04-13T00:30:00Z"}, "2021-04-13T00:30:00+00:00", id="as Mongo writes it"),
        pytest.param("31/02/2021", None, id="no such day"),
        pytest.param("0000-00-00", None, id="the empty date of MySQL"),
        pytest.param("9999-12-31T23:59:59-12:00", None, id="past the calendar"),
        pytest.param(0, None, id="the epoch is a default"),
        pytest.param("1970-01-01", None, id="and so is its day"),
        pytest.param(1618273800000000, "2021-04-13T00:30:00+00:00", id="microseconds"),
        pytest.param(1618273800000000000, "2021-04-13T00:30:00+00:00", id="nanoseconds"),
        pytest.param("1618273800.0", "2021-04-13T00:30:00+00:00", id="seconds of a table"),
        pytest.param(20210413, "2021-04-13T00:00:00+07:00", id="a day as a number"),
        pytest.param(2021, None, id="a year is no second of 1970"),
        pytest.param('{"$date": "2021-04-13T00:30:00Z"}', "2021-04-13T00:30:00+00:00", id="Mongo's in a table"),
        pytest.param("{'$date': '2021-04-13T00:30:00Z'}", "2021-04-13T00:30:00+00:00", id="and as Python shows it"),
        pytest.param('ISODate("2021-04-13T00:30:00Z")', "2021-04-13T00:30:00+00:00", id="as Mongo's shell shows it"),
        pytest.param("/Date(1618273800000+0700)/", "2021-04-13T00:30:00+00:00", id="as .NET writes it"),
        pytest.param("2021-04-13 00:30:00 UTC", "2021-04-13T00:30:00+00:00", id="a zone's name"),
        pytest.param("2021/04/13 08:15", "2021-04-13T08:15:00+07:00", id="year first"),
        pytest.param("08:15 13/04/2021", "2021-04-13T08:15:00+07:00", id="the hour first"),
        pytest.param("8h15 ngày 13/4/2021", "2021-04-13T08:15:00+07:00", id="the hour first, in words"),
        pytest.param("13/4/2021 8:15:00 CH", "2021-04-13T20:15:00+07:00", id="the second half of the day"),
        pytest.param("Thứ Ba, ngày 13 tháng 4 năm 2021", "2021-04-13T00:00:00+07:00", id="in words"),
        pytest.param("Hà Nội, 13/4/2021", "2021-04-13T00:00:00+07:00", id="a place before"),
        pytest.param("April 13, 2021 8:15 pm", "2021-04-13T20:15:00+07:00", id="in English"),
        pytest.param("Hội nghị họp ngày 13/4/2021", None, id="a sentence says something else"),
        pytest.param("Cập nhật: 13/4/2021", None, id="a change is no publication"),
        pytest.param(10**30, None, id="no moment"),
        pytest.param(True, None, id="a truth is no moment"),
        pytest.param("hôm qua", None, id="no clock here"),
    ],
)
def test_parse_moment(value: object, expected: str | None) -> None:
    moment = parse_moment(value)
    assert (moment.isoformat() if moment else None) == expected
