"""One string to one day or period; and the door to the finders of both.

Reading needs no clock: what "tuần trước" means depends on the reference day that the caller gives.

Not here: the forms of days (``date_forms.py``), of periods (``periods.py``), relative phrases
(``relative_dates.py``).
"""

import re
from datetime import date

from bienban.date_forms import DateMention, find_dates, month_span, span_of
from bienban.lexicon import lowered
from bienban.periods import PeriodMention, find_periods
from bienban.records import DatePrecision, DateSpan
from bienban.relative_dates import relative_period, relative_span
from bienban.text import modern

__all__ = ["DateMention", "PeriodMention", "find_dates", "find_periods", "parse_date", "parse_period"]

# A clock time before or after a day says nothing about the day: "07/01/2015 | 22:34".
_CLOCK = re.compile(
    r"(?:\b(?:vào )?(?:lúc )?\d{1,2} ?(?:giờ|h|g|:) ?(?:\d{1,2}(?: ?phút)?(?::\d{2})?)?(?!\w)"
    r"(?: ?(?:sáng|trưa|chiều|tối)(?!\w))?)"
)
_FILLER = re.compile(r"^[\s|,;(]*(?:vào |trong |lúc )?|[\s|,;.)]+$")
_PRECISIONS: dict[str, DatePrecision] = {
    "year": "year", "relative_year": "year", "half": "half", "quarter": "quarter", "month": "month",
}  # fmt: skip


def parse_date(text: str, reference: date | None = None) -> DateSpan | None:
    """Read a whole string as one day, week, month, quarter, half or year.

    ``reference`` gives a missing year and resolves relative phrases ("hôm qua", "thứ 5 tuần trước",
    "tuần tới"); without it those have no start, or are None when nothing but the reference could
    say anything. Durations ("2 tuần 3 ngày") and days of the moon are None.
    """
    phrase = _phrase(text)
    if not phrase:
        return None
    if reference is not None and (found := relative_span(phrase, reference)):
        return found
    if (mention := _whole_date(phrase)) is not None:
        return _resolved(mention, reference)
    period = _whole_period(phrase)
    if period is None or period.kind not in _PRECISIONS:
        return None
    days = period.resolve(reference.year if reference else None)
    if days is None:
        return _unknown_year(period)
    return span_of(days.start, days.end, _PRECISIONS[period.kind])


def parse_period(text: str, reference: date | None = None) -> tuple[date, date] | None:
    """Read a whole string as a period, first and last day inclusive.

    ``reference`` gives a missing year ("quý II") and the end of "2 tháng qua"; a day, month or year
    is a period of its length. None when the string is no period or its year is unknown.
    """
    phrase = _phrase(text)
    if reference is not None and (days := relative_period(phrase, reference)):
        return days
    mention = _whole_period(phrase)
    if mention is not None:
        period = mention.resolve(reference.year if reference else None)
        return None if period is None else (period.start, period.end)
    several = _whole_date(phrase)
    if several is not None and several.last is not None and reference is not None:
        ends = several.resolve(reference.year)
        return None if ends is None or ends[0].start is None or ends[1].end is None else (ends[0].start, ends[1].end)
    span = parse_date(text, reference)
    return None if span is None or span.start is None or span.end is None else (span.start, span.end)


def _phrase(text: str) -> str:
    phrase = re.sub(r"\s+", " ", lowered(modern(text))).strip()
    if re.search(r"\d[/.-]\d|tháng|ngày|thứ|chủ nhật|hôm|nay|qua|mai", phrase):
        phrase = re.sub(r"\s+", " ", _CLOCK.sub("", phrase)).strip()
    return _FILLER.sub("", phrase).removesuffix(" lúc").strip(" |,")


def _whole_date(phrase: str) -> DateMention | None:
    for mention in find_dates(phrase):
        if mention.span == (0, len(phrase)) and not mention.is_lunar:
            return mention
    return None


def _whole_period(phrase: str) -> PeriodMention | None:
    whole = (mention for mention in find_periods(phrase) if mention.span == (0, len(phrase)))
    return next((mention for mention in whole if mention.kind != "rest"), None)  # no reader knows where a rest begins


def _resolved(mention: DateMention, reference: date | None) -> DateSpan | None:
    if mention.date.start is not None:
        return mention.date
    if mention.date.precision == "none":
        day = mention.on(reference) if reference else None
        return None if day is None else span_of(day, day, "day")
    if reference is None:
        return mention.date
    ends = mention.resolve(reference.year)
    return None if ends is None else ends[0]


def _unknown_year(period: PeriodMention) -> DateSpan | None:
    if period.kind == "month":
        return month_span(None, period.first[0])
    if period.kind not in ("half", "quarter"):
        return None
    return DateSpan(year=None, month=None, day=None, start=None, end=None, precision=_PRECISIONS[period.kind])
