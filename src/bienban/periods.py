"""Periods as reports name them, found in a normal text. No clock anywhere.

"6 tháng đầu năm 2024", "quý II", "9 tháng", "nửa cuối năm", "năm học 2016-2017", "nhiệm kỳ 2021-2026",
"năm 2025", "tháng 6/2022", "từ ngày 15/12/2019 đến ngày 14/3/2020". The year stays None when the
phrase does not say it; ``PeriodMention.resolve`` fills it in.

"Những tháng cuối năm" is the rest of a year: kind "rest", from July when nobody knows better.

A school year runs from 1 September to 31 May, a term from 1 January of its first to 31 December of
its last year: the contract of extraction says so.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from bienban.date_forms import DAY, MONTH, MONTH_NAMES, YEAR
from bienban.lexicon import all_forms, alternation, any_form, form_of, lowered, whole_words
from bienban.lexicon.openings import Openings
from bienban.numerals import spoken_numbers
from bienban.records import Period, Span

PeriodKind = Literal[
    "year", "half", "quarter", "months", "month", "school_year", "semester", "term", "days", "relative_year", "rest"
]

_PARTS_OF_YEAR = frozenset({"half", "quarter", "months", "month"})
_QUARTERS = {form: int(value) for form, value in all_forms("periods", "quarters").items()}
_HALVES = {
    form: (int(value.split("-")[0]), int(value.split("-")[1])) for form, value in all_forms("periods", "halves").items()
}
_RELATIVE_YEARS = {form: int(value) for form, value in all_forms("periods", "relative_years").items()}
_SEMESTERS = {
    form: (int(value.split("-")[0]), int(value.split("-")[1]))
    for form, value in all_forms("periods", "semesters").items()
}
_KINDS_OF_YEAR = any_form("periods", "kinds_of_year")
_IN_YEAR = rf"(?:(?: của| trong)? năm|(?= {YEAR}))"
_FEW = "(?:2|3|hai|ba)"
_COUNTS = spoken_numbers(12)
_COUNT = rf"(?:{MONTH}|{alternation(_COUNTS)}(?!\w))"
_NEW_SCHOOL_YEAR = rf"{any_form('periods', 'new_school_years')}(?!,? {YEAR})"
_YEARS = rf"(?:{any_form('periods', 'new_school_years')},? )?{YEAR} ?(?:-|đến|tới) ?(?:năm )?(?:{YEAR})"
_QUARTER = rf"quý (?:{alternation(_QUARTERS)})(?!\w)"
_DATE = rf"{DAY}[/.-]{MONTH}(?:[/.-]{YEAR})?"
_LAST_YEAR = alternation(form for form, years in _RELATIVE_YEARS.items() if years == -1)


def _of_year(name: str) -> str:
    # The year of a part of it: "năm 2024", "/2024", "-2024", " - 2024", "2024".
    return rf"(?:,? ?(?:của )?(?:năm )?(?P<{name}>{YEAR})| ?[/-] ?(?P<{name}_slash>{YEAR}))"


_MENTION = re.compile(
    rf"(?<!\w)(?:"
    rf"(?P<months>(?P<count>{_COUNT}) tháng(?: ?(?P<part>đầu|cuối|còn lại){_IN_YEAR}"
    rf"| năm(?= ?{YEAR}))?"
    rf"(?:{_of_year('months_year')})?(?! còn lại))"
    rf"|(?P<half>(?P<which>{alternation(_HALVES)})(?:{_IN_YEAR}|(?<=năm đầu)|(?<=năm cuối))"
    rf"(?:{_of_year('half_year')})?)"
    rf"|(?P<quarters>(?P<quarter_count>{_FEW} )?quý đầu{_IN_YEAR}(?:{_of_year('first_year')})?)"
    rf"|(?P<semester>học kỳ (?P<which_semester>{alternation(_SEMESTERS)})(?!\w)"
    rf"(?:,? (?:của )?năm học (?P<schooled>{_YEARS}))?)"
    rf"|(?P<quarter>{_QUARTER}(?: ?(?:,|và|-) ?(?:quý )?(?:{alternation(_QUARTERS)})(?!\w))?"
    rf"(?:{_of_year('quarter_year')})?)"
    rf"|(?P<school_year>{any_form('periods', 'school_years')} (?:{_YEARS}|{_NEW_SCHOOL_YEAR}))"
    rf"|(?P<rest>{any_form('periods', 'rests')}(?:{_of_year('rest_year')})?)"
    rf"|(?P<term>(?:{any_form('periods', 'terms')} (?:\w+,? )?\(?{_YEARS}))"
    rf"|(?P<days>(?:từ (?:ngày )?|(?<=\()(?=[^()]{{0,24}}{YEAR}\)))(?P<from>{_DATE}|{DAY})"
    rf"(?: {_LAST_YEAR})? ?(?:-|đến|tới)(?: hết)?"
    rf" (?:ngày )?(?P<to>{_DATE}))"
    rf"|(?P<span_of_months>từ tháng (?P<from_month>{MONTH})(?: ?[/-] ?(?P<from_year>{YEAR}))? ?(?:-|đến|tới)(?: hết)?"
    rf" tháng (?P<to_month>{MONTH})(?:{_of_year('to_year')})?)"
    rf"|(?P<span_of_years>từ (?:đầu )?năm (?P<first_of_years>{YEAR}) ?(?:-|đến|tới)(?: hết| cuối)? "
    rf"(?:quý (?P<to_quarter>{alternation(_QUARTERS)})|tháng (?P<to_month_of>{MONTH})|(?P<to_months>{_COUNT}) tháng"
    rf"(?: đầu)?(?: năm)?|năm)(?:{_of_year('last_of_years')}))"
    rf"|(?P<to_new_year>từ (?:đầu )?tháng (?P<since>{MONTH}) ?(?:-|đến|tới)(?: hết| cuối) năm(?:{_of_year('ending')})?)"
    rf"|(?P<month>tháng (?P<month_number>{MONTH}|{alternation(MONTH_NAMES)}(?!\w))(?:{_of_year('month_year')})?"
    rf"(?! (?:ngày|đầu|cuối)\b|[.,][0-9]{{3}}(?![0-9])))"
    rf"|(?P<year>năm (?:{_KINDS_OF_YEAR} )?(?P<year_number>{YEAR})(?! ?[-/] ?[0-9]))"
    rf"|(?P<relative_year>{alternation(_RELATIVE_YEARS)})"
    rf")(?!\w)"
)
_OPENERS = ("halves", "school_years", "terms", "relative_years", "rests")
_OPENINGS = Openings(
    [*all_forms("periods", *_OPENERS), *_COUNTS, "quý", "học kỳ", "từ", "tháng", "năm"],
    digits=r"[0-9]?(?: tháng|/[0-9]{1,2}(?:/[0-9]{4})? ?-)",
)
_YEAR = re.compile(YEAR)
_MOST_YEARS = 5  # of a span of days
_MOST_SPANNED = 15  # of a span of years
_FEW_MONTHS = 3  # "trong 2 tháng" is how long something took
_QUARTER_NAME = re.compile(whole_words(_QUARTERS))
_DAY_PARTS = re.compile(rf"({DAY})(?:[/.-]({MONTH})(?:[/.-]({YEAR}))?)?")
_COUNTED = re.compile(r"(?:\d|\b(?:sau|trong|hơn|gần|trên|dưới|thêm|hạn|mỗi)) ?$")
_OPENS_SENTENCE = re.compile(r"(?:^|[.:\n]) ?trong $")  # "Trong 9 tháng, …" tells what was done in them


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodMention:
    """One period: from ``first`` (month, day) to ``last`` (month, day).

    ``year`` is that of ``first``; None when the phrase does not say it. ``more_years`` is how many
    years later ``last`` lies. ``year_offset`` counts years from the year of writing ("năm ngoái").
    """

    span: Span
    kind: PeriodKind
    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    more_years: int = 0
    year_offset: int | None = None

    def resolve(self, year: int | None = None) -> Period | None:
        """The days, with ``year`` where the phrase has none (then counted from it: "năm ngoái")."""
        start = self.year if self.year is not None else year
        if start is None:
            return None
        if self.year is None:
            start += self.year_offset or 0
        end = start + self.more_years
        try:
            return Period(start=date(start, *self.first), end=date(end, *_cut(end, self.last)))
        except ValueError:  # a day that no calendar has
            return None


def find_periods(text: str) -> Iterator[PeriodMention]:
    """Yield the periods of a normal text in reading order.

    "6 tháng" without "đầu năm", "cuối năm" or a year is a duration as often as a period: it comes out
    as kind "months" unless a word before it ("sau", "trong", "hạn") shows a duration.
    """
    yield from _all_periods(text)


@lru_cache(maxsize=4)  # several finders read the same article
def _all_periods(text: str) -> tuple[PeriodMention, ...]:
    lower = lowered(text)
    mentions: list[PeriodMention] = []
    for found in _OPENINGS.read(lower, _MENTION, _READERS):
        if mentions and (joined := _of_other_year(lower, mentions[-1], found)):
            mentions[-1] = joined
        else:
            mentions.append(found)
    return tuple(mentions)


def _of_other_year(lower: str, part: PeriodMention, year: PeriodMention) -> PeriodMention | None:
    """ "Quý I năm ngoái": one period; None when the two do not belong together."""
    if part.year is not None or part.kind not in _PARTS_OF_YEAR or year.year_offset is None:
        return None
    if lower[part.span.end : year.span.start] != " " or not lower.startswith("năm ", year.span.start):
        return None
    return replace(part, span=Span(part.span.start, year.span.end), year_offset=year.year_offset)


def _cut(year: int, day: tuple[int, int]) -> tuple[int, int]:
    return (day[0], min(day[1], monthrange(year, day[0])[1])) if 1 <= year <= 9999 else day


def _mention(
    match: re.Match[str], kind: PeriodKind, year: int | None, first_month: int, last_month: int, more_years: int = 0
) -> PeriodMention:
    return PeriodMention(
        span=Span(*match.span()),
        kind=kind,
        year=year,
        first=(first_month, 1),
        last=(last_month, 31 if last_month != 2 else 29),
        more_years=more_years,
    )


def _named_year(match: re.Match[str], name: str) -> int | None:
    found = match[name] or match[f"{name}_slash"]
    return int(found) if found else None


def _months(match: re.Match[str]) -> PeriodMention | None:
    count = match["count"]
    number = int(count) if count.isdecimal() else _COUNTS[form_of(count)]
    year = _named_year(match, "months_year")
    if match["part"] in ("cuối", "còn lại"):
        return _mention(match, "half" if number == 6 else "quarter" if number == 3 else "months", year, 13 - number, 12)
    before = match.string[max(0, match.start() - 8) : match.start()]
    if year is None and match["part"] is None and _lasts(number, before):
        return None
    kind: PeriodKind = "half" if number == 6 else "year" if number == 12 else "months"
    return _mention(match, kind, year, 1, number)


def _lasts(number: int, before: str) -> bool:
    """Whether so many months are how long something took, by the words before them."""
    if number >= _FEW_MONTHS and _OPENS_SENTENCE.search(before):
        return False
    return number < 2 or _COUNTED.search(before) is not None


def _half(match: re.Match[str]) -> PeriodMention:
    first, last = _HALVES[form_of(match["which"])]
    return _mention(match, "half", _named_year(match, "half_year"), first, last)


def _quarter(match: re.Match[str]) -> PeriodMention | None:
    year = match["quarter_year"] or match["quarter_year_slash"]
    named = match["quarter"].removesuffix(year or "")
    numbers = [_QUARTERS[form_of(name)] for name in _QUARTER_NAME.findall(named)]
    if not numbers or numbers[-1] < numbers[0]:
        return None
    kind: PeriodKind = "quarter" if len(numbers) == 1 else "months"
    return _mention(match, kind, int(year) if year else None, 3 * numbers[0] - 2, 3 * numbers[-1])


def _quarters(match: re.Match[str]) -> PeriodMention:
    """ "Quý đầu năm", "ba quý đầu năm 2023"."""
    count = (match["quarter_count"] or "").strip()
    number = 1 if not count else int(count) if count.isdecimal() else _COUNTS[form_of(count)]
    kind: PeriodKind = "quarter" if number == 1 else "half" if number == 2 else "months"
    return _mention(match, kind, _named_year(match, "first_year"), 1, 3 * number)


def _semester(match: re.Match[str]) -> PeriodMention:
    """A half of a school year: the second lies wholly in its second calendar year."""
    first, last = _SEMESTERS[form_of(match["which_semester"])]
    years = _YEAR.findall(match["schooled"] or "")
    over = int(last < first)
    year = int(years[0]) + (1 - over) if years else None
    return _mention(match, "semester", year, first, last, over)


def _rest(match: re.Match[str]) -> PeriodMention:
    return _mention(match, "rest", _named_year(match, "rest_year"), 7, 12)


def _school_year(match: re.Match[str]) -> PeriodMention | None:
    years = _YEAR.findall(match.group())
    if not years:  # "năm học mới"
        return _mention(match, "school_year", None, 9, 5, 1)
    first, last = (int(year) for year in years)
    return None if last != first + 1 else _mention(match, "school_year", first, 9, 5, 1)


def _term(match: re.Match[str]) -> PeriodMention | None:
    first, last = (int(year) for year in _YEAR.findall(match.group())[-2:])
    return None if last <= first else _mention(match, "term", first, 1, 12, last - first)


def _days(match: re.Match[str]) -> PeriodMention | None:
    start, end = _DAY_PARTS.fullmatch(match["from"]), _DAY_PARTS.fullmatch(match["to"])
    if start is None or end is None or end[2] is None:
        return None
    end_year = int(end[3]) if end[3] else int(start[3]) if start[3] else None
    first, last = (int(start[2] or end[2]), int(start[1])), (int(end[2]), int(end[1]))
    over = 1 if last < first else 0
    year = int(start[3]) if start[3] else None if end_year is None else end_year - over
    if year is not None and end_year is not None:
        over = end_year - year
    if over > _MOST_YEARS:
        return None  # "(27/7/1947 - 27/7/2022)": an anniversary
    return PeriodMention(
        span=Span(*match.span()), kind="days", year=year, first=first, last=last, more_years=max(over, 0)
    )


def _span_of_months(match: re.Match[str]) -> PeriodMention:
    first, last = int(match["from_month"]), int(match["to_month"])
    end = _named_year(match, "to_year")
    year = int(match["from_year"]) if match["from_year"] else end if end is None else end - (last < first)
    more = end - year if end is not None and year is not None else int(last < first)
    return _mention(match, "months", year, first, last, max(more, 0))


def _span_of_years(match: re.Match[str]) -> PeriodMention | None:
    """ "Từ năm 2021 đến hết quý I/2023": from the first of January to the end of what is named last."""
    first, last = int(match["first_of_years"]), _named_year(match, "last_of_years")
    if last is None or not 0 < last - first <= _MOST_SPANNED:
        return None
    months = match["to_month_of"] or match["to_months"]
    if match["to_quarter"]:
        end = 3 * _QUARTERS[form_of(match["to_quarter"])]
    else:
        end = 12 if months is None else int(months) if months.isdecimal() else _COUNTS[form_of(months)]
    return _mention(match, "days", first, 1, end, last - first)


def _to_new_year(match: re.Match[str]) -> PeriodMention:
    """ "Từ tháng 9 đến hết năm 2022": what is left of the year from a named month."""
    return _mention(match, "months", _named_year(match, "ending"), int(match["since"]), 12)


def _month(match: re.Match[str]) -> PeriodMention:
    word = match["month_number"]
    number = int(word) if word.isdecimal() else MONTH_NAMES[form_of(word)]
    return _mention(match, "month", _named_year(match, "month_year"), number, number)


def _year(match: re.Match[str]) -> PeriodMention:
    return _mention(match, "year", int(match["year_number"]), 1, 12)


def _relative_year(match: re.Match[str]) -> PeriodMention | None:
    before = match.string[max(0, match.start() - 12) : match.start()].split()
    if before and (before[-1].isdecimal() or before[-1] in _COUNTS):
        return None  # "ba năm qua": a count of years
    return PeriodMention(
        span=Span(*match.span()),
        kind="relative_year",
        year=None,
        first=(1, 1),
        last=(12, 31),
        year_offset=_RELATIVE_YEARS[form_of(match["relative_year"])],
    )


_READERS = {
    "months": _months,
    "half": _half,
    "quarters": _quarters,
    "semester": _semester,
    "quarter": _quarter,
    "rest": _rest,
    "school_year": _school_year,
    "term": _term,
    "days": _days,
    "span_of_months": _span_of_months,
    "span_of_years": _span_of_years,
    "to_new_year": _to_new_year,
    "month": _month,
    "year": _year,
    "relative_year": _relative_year,
}
