"""Days, months and years as papers write them, found in a normal text. No clock anywhere.

"sáng 14/1", "thứ Sáu (27/2)", "ngày 3 tháng 3 năm 2017", "trong 2 ngày 4 và 5/8", "10:23 | 03/10/2025",
"sáng nay". The year stays None when the phrase does not say it: whoever knows the article decides.

Not here: words (``lexicon/dates.yml``), spans of months (``periods.py``), phrases that need a
reference day such as "tuần trước" (``relative_dates.py``).
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

from bienban.lexicon import all_forms, alternation, any_form, form_of, lowered, whole_words
from bienban.lexicon.openings import Openings
from bienban.numerals import spoken_numbers
from bienban.records import DatePrecision, DateSpan, PartOfDay, Span

T = TypeVar("T")
_Day = date  # inside DateMention "date" is a field

_NAMES_OF_PARTS: dict[str, PartOfDay] = {"morning": "morning", "afternoon": "afternoon", "evening": "evening"}
PARTS_OF_DAY = {form: _NAMES_OF_PARTS[value] for form, value in all_forms("dates", "parts_of_day").items()}
WEEKDAYS = {form: int(value) for form, value in all_forms("dates", "weekdays").items()}
DEICTICS = {form: int(value) for form, value in all_forms("dates", "deictics").items()}
DEICTIC_TAILS = {form: int(value) for form, value in all_forms("dates", "deictic_tails").items()}
MONTH_NAMES = {form: int(value) for form, value in all_forms("dates", "month_names").items()}
_OPENING_WORDS = ("ngày", "tháng", "năm", "mồng", "mùng", "rằm", "hôm")
_LUNAR_MONTHS = frozenset(all_forms("dates", "lunar_months"))

DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
MONTH = r"(?:0?[1-9]|1[0-2])(?![0-9])"
YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_MONTH_WORD = rf"(?:{MONTH}|{alternation(MONTH_NAMES)}(?!\w))"
_DAY_WORDS = spoken_numbers(31)
_DAY_WORD = rf"(?:{alternation(_DAY_WORDS)}(?!\w))"
_POD = alternation(PARTS_OF_DAY)
_WEEKDAY = alternation(WEEKDAYS)
_NEAR = rf"(?: {any_form('dates', 'near_weekdays')})?"
_DEICTIC = rf"(?:{alternation(DEICTICS)}|{_POD} {alternation(DEICTIC_TAILS)})"
# "4 và 5/8", "ngày 27, 28/6", "19-20/7": further days of the same month.
_MORE = rf"(?: ?(?:,|và|-|đến|tới|&) ?(?:ngày )?(?:{DAY}))*"
_LUNAR = rf"(?: ?\(?{any_form('dates', 'lunar')}\)?(?!\w))"

_PREFIX = (
    rf"(?:(?:{_DEICTIC}|(?:{_POD} )?(?:{_WEEKDAY}{_NEAR}|ngày|mồng|mùng)|{_POD})(?!\w)[ ,]*\(?"
    rf"(?:{_WEEKDAY}(?!\w)[ ,]*\(?)?"
    rf"(?:ngày )?(?:{_POD} )?(?:ngày )?(?:mồng |mùng )?)"
)
_NUMERIC = rf"{DAY}{_MORE} ?/ ?{MONTH}(?: ?[/-] ?{YEAR}|/[0-9]{{2}}(?![0-9/]))?"
_DOTTED = rf"{DAY}{_MORE} ?(?P<mark>[.-]) ?{MONTH} ?(?P=mark) ?{YEAR}"
_SAID = (
    # "9 tháng năm 2024" are nine months of a year, not a day in May.
    rf"(?:{DAY}{_MORE}|{_DAY_WORD}) tháng (?!năm {YEAR}){_MONTH_WORD}(?! ngày|[.,][0-9]{{3}})"
    rf"(?:[ ,]*(?:của )?(?:năm )?{YEAR}|/{YEAR})?"
)
_MENTION = re.compile(
    rf"(?<!\w)(?:"
    rf"(?P<iso>{YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))"
    rf"|(?P<day>(?P<prefix>{_PREFIX})?(?P<core>(?<![0-9][.,/-])(?<!giờ )(?:{_DOTTED}|{_NUMERIC}|{_SAID}))"
    rf"(?P<lunar>{_LUNAR})?)"
    rf"|(?P<short>(?:(?:{_POD} )?(?:ngày |hôm )|{_POD} |(?:{_DEICTIC}|(?:{_POD} )?{_WEEKDAY})[ ,(]+(?:ngày )?)"
    rf"(?P<short_core>{DAY}[-.]{MONTH}(?= ?(?:và|đến|tới|,) ?(?:ngày )?{DAY}[-.]{MONTH})"
    rf"|{DAY}{_MORE}(?:[-.]| -){MONTH})"
    rf"(?![.,-]?[0-9/%]))"
    rf"|(?P<month>tháng (?:{MONTH}(?: ?[/-] ?{YEAR})?|{alternation(MONTH_NAMES)}(?!\w))"
    rf"(?: (?:của )?năm {YEAR}|(?:, )?{YEAR})?)(?! ?(?:ngày|đầu|cuối)\b)(?![/-][0-9]|[.,][0-9]{{3}}(?![0-9]))"
    rf"|(?P<slash_month>(?<![0-9][.,/-]){MONTH}/{YEAR})(?![/-])"
    rf"|(?P<year>năm {YEAR})(?! ?[-/] ?[0-9])"
    rf"|(?P<full_moon>(?:hôm |ngày )?rằm tháng \w+(?: \w+ lịch)?)"
    rf"|(?P<deictic>{_DEICTIC})"
    rf")(?!\w)"
)
_PARTS = re.compile(
    rf"(?P<first>{DAY}|{_DAY_WORD})(?P<more>{_MORE})(?: ?[/.-] ?| tháng )(?P<month>{_MONTH_WORD})"
    rf"(?:[ ,/.-]*(?:của )?(?:năm )?(?P<year>{YEAR}|[0-9]{{2}}))?"
)
_MONTH_PARTS = re.compile(rf"(?:tháng )?(?P<month>{_MONTH_WORD})(?:[ ,/-]*(?:của )?(?:năm )?(?P<year>{YEAR}))?")
_A_PART_OF_DAY = re.compile(rf"(?<!\w){_POD}(?!\w)")
_A_WEEKDAY = re.compile(rf"(?<!\w){_WEEKDAY}(?!\w)")
_A_DEICTIC = re.compile(whole_words(DEICTICS))
_DEICTIC_TAIL = re.compile(rf"{_POD} ({alternation(DEICTIC_TAILS)})(?!\w)")
_CUE = re.compile(rf"(?:[(|]|\b{any_form('dates', 'day_cues')}|\b{_POD}) ?$")
_OPENINGS = Openings([*PARTS_OF_DAY, *WEEKDAYS, *DEICTICS, *_OPENING_WORDS])
_LAST_DAY = re.compile(rf"{DAY}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """One place in a normal text that names a day, a month or a year.

    ``date`` has year None when the phrase does not say it; ``last`` is the last of several days
    ("4 và 5/8"). ``deictic`` counts days from the day of writing ("hôm qua" -> -1); a phrase that
    has only that has precision "none". ``is_marked``: a word, bracket or year shows it is a day, so
    that "5/8" is no fraction. ``is_lunar``: named by the moon, ``date`` says nothing.
    """

    span: Span
    date: DateSpan
    last: DateSpan | None = None
    part_of_day: PartOfDay | None = None
    weekday: int | None = None
    deictic: int | None = None
    is_marked: bool = True
    is_lunar: bool = False

    def resolve(self, year: int) -> tuple[DateSpan, DateSpan] | None:
        """First and last day (or month, year) in ``year`` where the phrase has none; None: no such day."""
        first = _in_year(self.date, year)
        last = first if self.last is None else _in_year(self.last, year)
        return None if first is None or last is None else (first, last)

    def on(self, written: _Day) -> _Day | None:
        """The day meant by "hôm qua" in a text written on ``written``; None without such a word."""
        return None if self.deictic is None else written + timedelta(days=self.deictic)


def find_dates(text: str) -> Iterator[DateMention]:
    """Yield the days, months and years that a normal text names, in reading order.

    Fractions ("21/21 thôn") come out only when they could be days, then with ``is_marked`` False.
    """
    yield from _all_dates(text)


@lru_cache(maxsize=4)  # several finders read the same article
def _all_dates(text: str) -> tuple[DateMention, ...]:
    return tuple(_OPENINGS.read(lowered(text), _MENTION, _READERS))


def day_span(year: int | None, month: int, day: int) -> DateSpan | None:
    """One day; None when the calendar has no such day (29/2 stands while the year is unknown)."""
    if day > monthrange(year or 2000, month)[1]:
        return None
    when = date(year, month, day) if year else None
    return DateSpan(year=year, month=month, day=day, start=when, end=when, precision="day")


def month_span(year: int | None, month: int) -> DateSpan:
    """A whole month."""
    start = date(year, month, 1) if year else None
    end = date(year, month, monthrange(year, month)[1]) if year else None
    return DateSpan(year=year, month=month, day=None, start=start, end=end, precision="month")


def year_span(year: int) -> DateSpan:
    """A whole year."""
    return span_of(date(year, 1, 1), date(year, 12, 31), "year")


def span_of(start: date, end: date, precision: DatePrecision) -> DateSpan:
    """A span of days with the parts that its precision fixes."""
    return DateSpan(
        year=start.year,
        month=start.month if precision not in ("year", "none") else None,
        day=start.day if precision == "day" else None,
        start=start,
        end=end,
        precision=precision,
    )


NO_DATE = DateSpan(year=None, month=None, day=None, start=None, end=None, precision="none")


def _in_year(span: DateSpan, year: int) -> DateSpan | None:
    if span.start is not None or span.precision == "none" or span.month is None:
        return None if span.precision == "none" else span
    return day_span(year, span.month, span.day) if span.day else month_span(year, span.month)


def _iso(match: re.Match[str]) -> DateMention | None:
    year, month, day = (int(part) for part in match["iso"].split("-"))
    found = day_span(year, month, day)
    return None if found is None else DateMention(span=Span(*match.span()), date=found)


def _day(match: re.Match[str]) -> DateMention | None:
    parts = _PARTS.fullmatch(match["core"])
    if parts is None:
        return None
    month, year, words = _month(parts["month"]), _year(parts["year"]), match["prefix"] or ""
    first = day_span(year, month, _number(parts["first"]))
    if first is None:
        return None
    lunar = bool(match["lunar"]) or parts["month"] in _LUNAR_MONTHS
    said = " tháng " in match["core"] and not match["core"][0].isdecimal()
    marked = bool(words or year) or said
    return DateMention(
        span=Span(*match.span()),
        date=NO_DATE if lunar else first,
        last=_last(parts["more"], year, month),
        part_of_day=_first(PARTS_OF_DAY, _A_PART_OF_DAY, words),
        weekday=_first(WEEKDAYS, _A_WEEKDAY, words),
        deictic=_deictic(words),
        is_marked=marked or _CUE.search(match.string[max(0, match.start() - 12) : match.start()]) is not None,
        is_lunar=lunar,
    )


def _short(match: re.Match[str]) -> DateMention | None:
    parts = _PARTS.fullmatch(match["short_core"])
    first = day_span(None, _month(parts["month"]), _number(parts["first"])) if parts else None
    if parts is None or first is None:
        return None
    return DateMention(
        span=Span(*match.span()),
        date=first,
        last=_last(parts["more"], None, _month(parts["month"])),
        part_of_day=_first(PARTS_OF_DAY, _A_PART_OF_DAY, match["short"]),
        weekday=_first(WEEKDAYS, _A_WEEKDAY, match["short"]),
        deictic=_deictic(match["short"]),
    )


def _month_mention(match: re.Match[str]) -> DateMention | None:
    parts = _MONTH_PARTS.fullmatch(match.group())
    if parts is None:
        return None
    if parts["month"] in _LUNAR_MONTHS:
        return DateMention(span=Span(*match.span()), date=NO_DATE, is_lunar=True)
    return DateMention(span=Span(*match.span()), date=month_span(_year(parts["year"]), _month(parts["month"])))


def _year_mention(match: re.Match[str]) -> DateMention:
    return DateMention(span=Span(*match.span()), date=year_span(int(match["year"][-4:])))


def _full_moon(match: re.Match[str]) -> DateMention:
    return DateMention(span=Span(*match.span()), date=NO_DATE, is_lunar=True)


def _deictic_mention(match: re.Match[str]) -> DateMention:
    words = match["deictic"]
    return DateMention(
        span=Span(*match.span()),
        date=NO_DATE,
        part_of_day=_first(PARTS_OF_DAY, _A_PART_OF_DAY, words),
        deictic=_deictic(words),
    )


_READERS = {
    "iso": _iso,
    "day": _day,
    "short": _short,
    "month": _month_mention,
    "slash_month": _month_mention,
    "year": _year_mention,
    "full_moon": _full_moon,
    "deictic": _deictic_mention,
}


def _last(more: str, year: int | None, month: int) -> DateSpan | None:
    found = _LAST_DAY.search(more)
    return day_span(year, month, int(found.group())) if found else None


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else _DAY_WORDS[form_of(words)]


def _month(word: str) -> int:
    return int(word) if word.isdecimal() else MONTH_NAMES[form_of(word)]


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    if len(digits) == 4:
        return int(digits)
    return 2000 + int(digits) if int(digits) < 50 else 1900 + int(digits)


def _first(forms: Mapping[str, T], pattern: re.Pattern[str], words: str) -> T | None:
    match = pattern.search(words) if words else None
    return None if match is None else forms[form_of(match.group())]


def _deictic(words: str) -> int | None:
    if (whole := _first(DEICTICS, _A_DEICTIC, words)) is not None:
        return whole
    tail = _DEICTIC_TAIL.match(words)
    return None if tail is None else DEICTIC_TAILS[form_of(tail[1])]
