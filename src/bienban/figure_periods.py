"""Which period a sentence names for a figure: before it, directly behind it, up to a day, since a day.

"Năm 2019 …, năm 2020 …", "… trong quý I", "đến hết tháng 10", "từ đầu năm đến nay", "từ năm 2016 đến nay".
What is compared with ("so với cùng kỳ năm 2019") and the name of a programme ("Đề án … giai đoạn 2021 -
2025") are no period of the figure.

Not here: the words (``lexicon/figure_periods.yml``), what a figure without a period speaks of
(``figure_scope.py``).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from bienban.dates import DateMention, PeriodMention
from bienban.figure_meeting import Known
from bienban.figure_spans import (
    bounds_of,
    first_day,
    is_known,
    is_past,
    months_of,
    till_now,
    up_to,
    whole_years,
    years_before,
    years_of,
)
from bienban.lexicon import any_form
from bienban.records import Period, Span

_NEAR = 12  # mentions looked at on each side of a number
_CUE = 24  # characters before a period in which what it is stands
_REACH = 60  # characters behind a figure in which its period begins
_TO_NAME = 120  # characters before a term in which the name that it belongs to begins
_TERM_DAYS = 1000  # a review of more days looks back on a term

_words = partial(any_form, "figure_periods")
_COMPARED = re.compile(
    rf"(?<!\w)(?:{_words('parts')}|{_words('compared')}(?: \w+){{0,2}}|{_words('compared_far')}(?: [^\W\d]+){{0,6}}) $"
)
# "nửa năm sau sắp xếp", "sau 3 năm": time that went by.
_WENT_BY = re.compile(r"(?<!\w)(?:nửa|hai|ba|bốn|sáu|bảy|tám|chín|mười|một|vài|nhiều|mấy|\d+) $")
_ON_DAY = re.compile(r"(?<!\w)trong (?:ngày |đêm )?$")
_EACH = re.compile(r"(?<!\w)mỗi \w+ $")  # "mỗi đợt 5 tháng"
_NAMED = re.compile(rf"(?<!\w){_words('names')}(?!\w)[^;.:]{{0,80}}$")
_UNTIL = re.compile(rf"(?<!\w){_words('until')}(?: {_words('until_parts')})* $")
_SINCE = re.compile(rf"(?<!\w){_words('since')}(?: {_words('since_parts')})* $")
_SUMMED = re.compile(rf"(?<!\w){_words('summed')}(?: [^\W\d]+){{0,3}} $")
_SAME_PERIOD = re.compile(
    rf"(?:[(,;:.] ?|{_words('contrasts')},? )cùng k[ỳì](?: năm)?(?: (?:trước|ngoái|(?P<year>(?:19|20)\d\d)))?"
    rf"(?! năm)[^,;.:()\d]{{0,40}}$"
)
_PREVIOUS = re.compile(r"(?:^|[(,;:.] ?)(?P<part>tháng|quý) trước[^,;.:()\d]{0,40}$")
_LENGTHS = {"tháng": 1, "quý": 3}
# "Cùng kỳ năm trước, con số này là 45 vụ": what opens the sentence is told, not compared with.
_SAME_OPENS = re.compile(
    r"\W*cùng k[ỳì] (?:năm )?(?:trước|ngoái|(?P<year>(?:19|20)\d\d))"
    rf"(?:,| (?={_words('tells')}(?!\w)))"
)
# "Từ 2018 đến 2020", "hai năm 2019 và 2020": a stretch of years.
_YEARS_JOINED = re.compile(
    rf"(?<!\w)(?:từ|{_words('several')} năm(?: qua)?|các năm)(?: năm)? ?\(?(?P<first>(?:19|20)\d\d)"
    r"(?:,? ?(?:,|-|–|và|đến|tới|đến hết|đến cuối) ?(?:năm )?(?P<last>(?:19|20)\d\d))+(?!\d|/)"
)
_OPENS_CLAUSE = re.compile(r"(?:^|[,;:(.] ?|(?<!\w)(?:trong|riêng|còn|trong khi|trong khi đó) )$")
_HOLDS_ON = re.compile(
    rf"(?:^|[,;:(.])[- +*]*(?:(?:{_words('within')}|{_words('until')}|{_words('since')}|qua|năm|tính|cả|"
    rf"{_words('until_parts')}) ?)*$"
)
_TILL_NOW = re.compile(rf"(?:[ ,]|\(\w+\))*{_words('till_now')}(?!\w)")
_YEAR_BEGUN = re.compile(rf"(?<!\w){_words('year_begun')}(?!\w)")
_TOTAL_BEGUN = re.compile(rf"(?<!\w){_words('total_begun')}(?!\w)")
_TERM_BEGUN = re.compile(rf"(?<!\w){_words('term_begun')}(?!\w)")
_BEHIND = re.compile(rf"(?: [^\W\d]+){{0,3}}? ?(?:{_words('within')} )?")
_WITHIN = re.compile(rf"(?: [^\W\d]+){{0,6}} {_words('within')} ")
_IN_BRACKETS = re.compile(r" ?\( ?")
_AT_ONCE = re.compile(rf" ?(?:{_words('within')} )?")
_NOT_BEHIND = re.compile(rf"(?<!\w){_words('not_behind')}(?!\w)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period that a sentence names, where it stands; ``period`` None: named, but nobody knows its days."""

    span: Span
    period: Period | None
    kind: str


class PeriodReader:
    """Reads the periods of one normal text, sentence by sentence."""

    def __init__(
        self, lower: str, periods: Sequence[PeriodMention], days: Sequence[DateMention], last_day: date | None
    ) -> None:
        self._lower = lower
        self._last_day = last_day
        stretches = [mention.span for mention in periods if mention.kind == "days"]
        marked = (
            day
            for day in days
            if day.is_marked and day.date.precision == "day" and not day.is_lunar and not _inside(day.span, stretches)
        )
        mentions: list[PeriodMention | DateMention] = [*periods, *marked]
        self._mentions = sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end))
        self._starts = [mention.span.start for mention in self._mentions]
        self._terms = [mention for mention in periods if mention.kind == "term"]
        self._sentence = Span(0, 0)
        self._begins: list[tuple[Span, str]] = []
        self._stretches: list[Stretch] = []

    def enter(self, sentence: Span) -> None:
        """Begin a sentence: periods are looked for inside it alone."""
        self._sentence = sentence
        self._begins = [
            (Span(*match.span()), kind)
            for kind, pattern in (("year", _YEAR_BEGUN), ("term", _TERM_BEGUN), ("total", _TOTAL_BEGUN))
            for match in pattern.finditer(self._lower, *sentence)
        ]
        has_years = self._lower.find(" 20", *sentence) >= 0 or self._lower.find(" 19", *sentence) >= 0
        self._stretches = [
            Stretch(Span(match.start("last"), match.end()), years, "years")
            for match in (_YEARS_JOINED.finditer(self._lower, *sentence) if has_years else ())
            if (years := whole_years(int(match["first"]), int(match["last"])))
        ]

    def before(self, at: int, known: Known) -> Stretch | None:
        """The nearest period named before a number at ``at``: it holds to the sentence's end; None: none is named."""
        found = [*self._mentioned(at, known), *self._begun(at, known), *self._same_period(at, known)]
        found += [stretch for stretch in self._stretches if stretch.span.end <= at]
        if known.own is not None:
            found = [stretch for stretch in found if self._still_holds(stretch, at)]
        return max(found, key=lambda stretch: stretch.span.start, default=None)

    def _still_holds(self, stretch: Stretch, at: int) -> bool:
        """Whether a period goes on past a semicolon: one that opens its clause, no "… kém 51% của năm 2023; …"."""
        if ";" not in self._lower[stretch.span.end : at]:
            return True
        before = self._lower[max(self._sentence.start, stretch.span.start - 2 * _CUE) : stretch.span.start]
        return stretch.span.start - self._sentence.start < _CUE or _HOLDS_ON.search(before) is not None

    def behind(self, end: int, known: Known) -> Stretch | None:
        """The period directly behind a figure that ends at ``end`` ("101 cơ sở trong năm 2018")."""
        at = bisect_left(self._starts, end)
        mention = self._mentions[at] if at < len(self._mentions) else None
        if mention is None or mention.span.end > self._sentence.end or not isinstance(mention, PeriodMention):
            return None
        if mention.span.start - end > _REACH:
            return None
        between = self._lower[end : mention.span.start]
        if _NOT_BEHIND.search(between) or not self._reaches(mention, between):
            return None
        period = self._lately(mention, known) or self._resolved(mention, known)
        return Stretch(mention.span, period, mention.kind) if period else None

    def _reaches(self, mention: PeriodMention, between: str) -> bool:
        if _IN_BRACKETS.fullmatch(between):
            return self._lower.startswith(")", mention.span.end)  # "9 vụ (năm 2020)"
        if mention.kind == "term":
            return _AT_ONCE.fullmatch(between) is not None
        if mention.kind != "relative_year" and _BEHIND.fullmatch(between):
            return True
        return not mention.year_offset and _WITHIN.fullmatch(between) is not None

    def named(self, at: int) -> list[PeriodMention]:
        """Every period named before ``at`` that is not compared with; the nearest last."""
        return [
            mention
            for mention in self._near(at)
            if isinstance(mention, PeriodMention)
            and not self._is_foreign(mention)
            and not self._before(_UNTIL, mention)
        ]

    def term_after(self, held_on: Period | None) -> Period | None:
        """The first term that the article names and that goes on after the meeting; None: none does."""
        for mention in self._terms:
            period = mention.resolve()
            if period and held_on and period.end > held_on.end:
                return period
        return None

    def _mentioned(self, at: int, known: Known) -> list[Stretch]:
        found = []
        for mention in self._near(at):
            stretch = self._stretch(mention, known)
            if stretch is not None:
                found.append(stretch)
        return found

    def _stretch(self, mention: PeriodMention | DateMention, known: Known) -> Stretch | None:
        if self._before(_SINCE, mention) and (now := _TILL_NOW.match(self._lower, mention.span.end)):
            period = till_now(first_day(mention, known), known)
            return Stretch(Span(mention.span.start, now.end()), period, "since") if period else None
        if self._before(_UNTIL, mention):
            period = up_to(bounds_of(mention, known), known)
            if period and not known.is_target and self._before(_SUMMED, mention):  # counted since the year began
                period = Period(start=min(period.start, date(period.end.year, 1, 1)), end=period.end)
            return Stretch(mention.span, period, "until") if period else None
        if isinstance(mention, DateMention):
            # "một tháng vận hành (1 - 31/7)": a stretch of days in brackets.
            is_stretch = mention.last is not None and self._lower.endswith("(", 0, mention.span.start)
            is_stretch = is_stretch or self._before(_ON_DAY, mention)
            period = bounds_of(mention, known) if is_stretch else None
            return Stretch(mention.span, period, "days") if period else None
        if self._is_foreign(mention):
            return None
        period = self._lately(mention, known) or self._resolved(mention, known)
        return Stretch(mention.span, period, mention.kind) if period else None

    def _begun(self, at: int, known: Known) -> list[Stretch]:
        """ "Từ đầu năm đến nay", "từ đầu nhiệm kỳ": where the stretch begins need not be said."""
        found = []
        for span, kind in self._begins[:_NEAR]:
            if span.end > at:
                continue
            period = {"year": self._year_so_far, "term": self._term_so_far}.get(kind, _unknown)(known)
            if period or kind != "year":
                found.append(Stretch(span, period, "since"))
        return found

    def _year_so_far(self, known: Known) -> Period | None:
        day = known.own.end if known.own else known.held_on.end if known.held_on else None
        return till_now(date(day.year, 1, 1), known) if day else None

    def _same_period(self, at: int, known: Known) -> list[Stretch]:
        """ "Trong khi cùng kỳ năm trước chỉ tăng 0,5%", "(cùng kỳ 15 vụ)": what is reviewed, in the other year."""
        if stretch := self._previous(at, known):
            return [stretch]
        match = _SAME_PERIOD.search(self._lower, max(self._sentence.start, at - 2 * _CUE), at) or _SAME_OPENS.match(
            self._lower, self._sentence.start, at
        )
        if match is None or known.own is None:
            return []
        years = known.own.start.year - int(match["year"]) if match["year"] else 1
        period = years_before(known.own, years)
        return [Stretch(Span(match.start(), match.end()), period, "same")] if period else []

    def _previous(self, at: int, known: Known) -> Stretch | None:
        """ "(tháng trước 05 em)", "quý trước có 12 vụ": the time just before what is reviewed."""
        match = _PREVIOUS.search(self._lower, max(self._sentence.start, at - 2 * _CUE), at)
        own = known.own
        if match is None or own is None or months_of(own) != _LENGTHS[match["part"]]:
            return None
        last = own.start - timedelta(days=1)
        first = own.start
        for _ in range(months_of(own)):
            first = (first - timedelta(days=1)).replace(day=1)
        return Stretch(Span(match.start(), at), Period(start=first, end=last), "same")

    def _term_so_far(self, known: Known) -> Period | None:
        own = known.own
        if own and (own.end - own.start).days > _TERM_DAYS:
            return own
        last = own or known.held_on
        terms = [period for mention in self._terms if (period := mention.resolve())]
        now = next((term for term in terms if last and term.start <= last.end <= term.end), None)
        return till_now(now.start, known) if now else None

    def _near(self, at: int) -> list[PeriodMention | DateMention]:
        last = bisect_left(self._starts, at)
        first = bisect_left(self._starts, self._sentence.start, 0, last)
        return self._mentions[max(first, last - _NEAR) : last]

    def _before(self, cue: re.Pattern[str], mention: PeriodMention | DateMention) -> bool:
        start = mention.span.start
        return cue.search(self._lower, max(self._sentence.start, start - _CUE), start) is not None

    def _is_foreign(self, mention: PeriodMention) -> bool:
        """A period that is compared with, or that belongs to a name; "những tháng cuối năm" is what is planned."""
        if mention.kind == "rest":
            return True
        start = mention.span.start
        floor = max(self._sentence.start, start - 2 * _CUE)
        if mention.kind == "relative_year" and _WENT_BY.search(self._lower, floor, start):
            return True
        if self._is_to_come(mention):
            return False
        if mention.kind == "relative_year" and mention.year_offset and not self._opens(mention, floor):
            return True
        if _COMPARED.search(self._lower, floor, start) or _EACH.search(self._lower, floor, start):
            return True
        floor = max(self._sentence.start, start - _TO_NAME)
        return mention.kind == "term" and _NAMED.search(self._lower, floor, start) is not None

    def _is_to_come(self, mention: PeriodMention) -> bool:
        """ "Dự toán năm 2021 là …": nothing is compared with the future; a term may still belong to a name."""
        if mention.kind == "relative_year" and (mention.year_offset or 0) > 0:
            return not self._lower.endswith("năm mới", 0, mention.span.end)  # "trong năm mới có 3 cảng"
        period = mention.resolve() if mention.year is not None and mention.kind != "term" else None
        return period is not None and self._last_day is not None and period.start > self._last_day

    def _lately(self, mention: PeriodMention, known: Known) -> Period | None:
        return known.own if known.own and self.is_length_of(mention, known.own) else None

    def is_length_of(self, mention: PeriodMention, own: Period) -> bool:
        """Whether it only tells how long ``own`` is: "ba tháng qua", "3 tháng đầu vận hành", "trong 6 tháng"."""
        words = self._lower[slice(*mention.span)]
        is_bare = self._lower.startswith(" qua", mention.span.end) or words.endswith(("đầu", "tháng"))
        if mention.kind not in ("months", "half") or mention.year is not None or "năm" in words or not is_bare:
            return False
        first = mention.resolve(own.end.year)
        return first is not None and months_of(first) == months_of(own)

    def _opens(self, mention: PeriodMention, floor: int) -> bool:
        """ "Năm trước huyện thu 345 tỷ đồng, năm nay …": last year's own figure, nothing is compared."""
        return mention.year_offset == -1 and _OPENS_CLAUSE.search(self._lower[floor : mention.span.start]) is not None

    def _resolved(self, mention: PeriodMention, known: Known) -> Period | None:
        """The days of a period; without a year of its own the latest that is reviewed, or was when people met."""
        if mention.kind == "relative_year" and mention.year_offset and known.own:
            if known.is_target and mention.year_offset > 0:  # "năm tới" is what is planned
                return known.own
            return mention.resolve(known.own.end.year)
        for year in years_of(known):
            period = mention.resolve(year)
            if mention.year is not None or (period and is_known(period, known)):
                return period
        years = [mention.resolve(year) for year in years_of(known)]
        if mention.kind not in ("days", "month"):
            return years[0] if years else mention.resolve()
        past = (period for period in years if period and not known.is_target and is_past(period, mention.kind, known))
        return next(past, years[0] if years else mention.resolve())


def _inside(span: Span, stretches: Sequence[Span]) -> bool:
    at = bisect_left(stretches, span.end, key=lambda stretch: stretch.end)
    return at < len(stretches) and stretches[at].start <= span.start


def _unknown(_known: Known) -> None:
    """A total of all years begins nobody knows when."""
