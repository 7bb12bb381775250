"""Phrases that mean something only from a reference day: "tuần tới", "thứ 5 tuần trước", "2 tháng qua".

A week runs from Monday to Sunday. A weekday alone is the next one ("thứ hai"), with "vừa rồi" the last.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from bienban.date_forms import DAY, MONTH_NAMES, WEEKDAYS, month_span, span_of
from bienban.lexicon import all_forms, alternation
from bienban.numerals import parse_words
from bienban.records import DateSpan

_UNITS = all_forms("relative_dates", "units")
_STEPS = {form: int(value) for form, value in all_forms("relative_dates", "this", "next", "last").items()}
_NEXT = all_forms("relative_dates", "next")
_LAST = all_forms("relative_dates", "last")
_UNIT, _STEP, _WEEKDAY = alternation(_UNITS), alternation(_STEPS), alternation(WEEKDAYS)
_MONTH = rf"(?:{DAY}|{alternation(MONTH_NAMES)})"

_STEPPED = re.compile(rf"(?:trong )?({_UNIT}) ({_STEP})(?: này)?")
_COUNTED = re.compile(rf"(?:trong |sau )?([\w ]+?) ({_UNIT}) ({alternation([*_NEXT, *_LAST, 'nữa'])})")
_OF_WEEK = re.compile(rf"({_WEEKDAY})(?: của)?(?: tuần)? ({_STEP})")
_BARE_WEEKDAY = re.compile(rf"({_WEEKDAY})")
_NTH = re.compile(rf"(ngày|tuần) đầu tiên (?:của )?(tháng {_MONTH}(?: năm ((?:19|20)\d\d))?)")
_NAMED_MONTH = re.compile(rf"tháng ({_MONTH}) ({alternation([*_NEXT, *_LAST])})")


def relative_span(phrase: str, reference: date) -> DateSpan | None:
    """The day, week, month, quarter or year that a lower-case phrase names from ``reference``."""
    if (match := _STEPPED.fullmatch(phrase)) and match[2] in _STEPS:
        return _unit_span(_UNITS[match[1]], reference, _STEPS[match[2]])
    if match := _OF_WEEK.fullmatch(phrase):
        return _weekday(WEEKDAYS[match[1]], "tuần" in phrase, _STEPS[match[2]], reference)
    if match := _BARE_WEEKDAY.fullmatch(phrase):
        return _weekday(WEEKDAYS[match[1]], False, 1, reference)
    if match := _NTH.fullmatch(phrase):
        return _first_of_month(match, reference)
    if match := _NAMED_MONTH.fullmatch(phrase):
        return _named_month(_number(match[1]), 1 if match[2] in _NEXT else -1, reference)
    if match := _COUNTED.fullmatch(phrase):
        return _counted_day(match, reference)
    return None


def relative_period(phrase: str, reference: date) -> tuple[date, date] | None:
    """The days of "2 tháng qua", "3 ngày tới": whole units before or after the one of ``reference``.

    "2 ngày vừa qua" ends on the day before the reference, "3 năm tới" begins on the next 1 January.
    """
    match = _COUNTED.fullmatch(phrase)
    count = parse_words(match[1].split()) if match else None
    if match is None or count is None or not 0 < count < 1000 or match[3] not in _STEPS:
        span = relative_span(phrase, reference)
        return None if span is None or span.start is None or span.end is None else (span.start, span.end)
    unit, number = _UNITS[match[2]], int(count)
    steps = (1, number) if match[3] in _NEXT else (-number, -1)
    first, last = (_unit_span(unit, reference, step) for step in steps)
    if first is None or last is None or first.start is None or last.end is None:
        return None
    return first.start, last.end


def _unit_span(unit: str, reference: date, step: int) -> DateSpan | None:
    try:
        if unit == "day":
            day = reference + timedelta(days=step)
            return span_of(day, day, "day")
        if unit == "week":
            monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=step)
            return span_of(monday, monday + timedelta(days=6), "week")
        if unit == "month":
            return month_span(*_month_away(reference, step))
        if unit == "quarter":
            year, month = _month_away(date(reference.year, 3 * ((reference.month - 1) // 3) + 1, 1), 3 * step)
            return span_of(date(year, month, 1), date(year, month + 2, monthrange(year, month + 2)[1]), "quarter")
        year = reference.year + step
        return span_of(date(year, 1, 1), date(year, 12, 31), "year")
    except (OverflowError, ValueError):  # beyond the years 1 to 9999
        return None


def _month_away(reference: date, step: int) -> tuple[int, int]:
    months = reference.year * 12 + reference.month - 1 + step
    return months // 12, months % 12 + 1


def _weekday(weekday: int, of_week: bool, step: int, reference: date) -> DateSpan:
    if of_week or step == 0:
        monday = reference - timedelta(days=reference.weekday())
        day = monday + timedelta(weeks=step, days=weekday)
    elif step > 0:
        day = reference + timedelta(days=(weekday - reference.weekday() - 1) % 7 + 1)
    else:
        day = reference - timedelta(days=(reference.weekday() - weekday - 1) % 7 + 1)
    return span_of(day, day, "day")


def _first_of_month(match: re.Match[str], reference: date) -> DateSpan:
    year = int(match[3]) if match[3] else reference.year
    first = date(year, _number(match[2].split(" năm ")[0].removeprefix("tháng ")), 1)
    if match[1] == "ngày":
        return span_of(first, first, "day")
    monday = first + timedelta(days=-first.weekday() % 7)
    return span_of(monday, monday + timedelta(days=6), "week")


def _named_month(month: int, direction: int, reference: date) -> DateSpan | None:
    if not 1 <= month <= 12:
        return None
    year = reference.year
    if direction > 0 and month <= reference.month:
        year += 1
    if direction < 0 and month >= reference.month:
        year -= 1
    return month_span(year, month)


def _counted_day(match: re.Match[str], reference: date) -> DateSpan | None:
    # "3 tuần sau", "15 tháng trước": one point, that many units away.
    count = parse_words(match[1].split())
    if count is None or match[3] in ("qua", "vừa qua", "vừa rồi", "tới", "tiếp theo", "tiếp") or not 0 < count < 10000:
        return None
    step = int(count) * (-1 if match[3] in _LAST else 1)
    unit = _UNITS[match[2]]
    if unit in ("day", "week"):
        return _unit_span("day", reference, step * (7 if unit == "week" else 1))
    months = step * {"month": 1, "quarter": 3, "year": 12}[unit]
    try:
        year, month = _month_away(reference, months)
        day = date(year, month, min(reference.day, monthrange(year, month)[1]))
    except ValueError:
        return None
    return span_of(day, day, "day")


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else MONTH_NAMES[word]
