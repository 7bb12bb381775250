"""Which period a meeting looks back on, and which it plans.

Title and lead say it ("sơ kết 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2024"); what they
leave open is taken from the body when it fits (``told_periods.py``). A period without a year takes it from
its neighbour, from the title, at last from the day of the meeting.

Not here: the forms of periods (``periods.py``), the day of the meeting (``meetings.py``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from bienban.events import Event
from bienban.layout import Layout
from bienban.lexicon import alternation, load_lexicon, whole_words
from bienban.periods import PeriodMention, find_periods
from bienban.records import Period, Span

_LEXICON = load_lexicon("meetings")
_PLANNED = _LEXICON["planned_cues"]
_REVIEWED = _LEXICON["reviewed_cues"]
_CUE = re.compile(
    rf"(?<!\w)(?<!địa )(?:(?P<past>"
    rf"(?:{alternation(_PLANNED.fields['not_planned'])}|{alternation(_REVIEWED.forms)})"
    rf"(?: (?:các |những )?{alternation(_PLANNED.fields['nouns'])}(?!\w))?)"
    rf"|(?P<plan>{alternation(_PLANNED.forms)}))(?!\w)"
)
_ASKED = re.compile(whole_words(_LEXICON["asks"].forms))
_JUDGED = re.compile(whole_words(_REVIEWED.fields["judged"]))
# "Chiến dịch diễn ra từ ngày 1/6 đến 15/8": days told behind it are the campaign's, not the meeting's.
CAMPAIGN = re.compile(whole_words(_LEXICON["campaigns"].forms))
_YEAR = re.compile(r"(?<![\d/.,-])(?:19|20)\d{2}(?!\d| ?[/-] ?\d)")
_HORIZON = re.compile(rf"(?<!\w){alternation(_LEXICON['horizons'].forms)} \Z|\d ?- ?\Z")
_NO_DAY_KINDS = frozenset({"half", "quarter", "months", "year", "school_year", "semester", "month", "rest", "days"})
_PARTS_OF_YEAR = frozenset({"half", "quarter", "months", "month"})
_SPAN_OF_YEARS = re.compile(
    r"(?<!\w)(?P<count>\d{1,2}) năm (?:[^,.;()]{0,160}? )?\((?P<first>(?:19|20)\d{2}) ?- ?(?P<last>(?:19|20)\d{2})\)"
)
_BARE_YEAR = re.compile(r"(?<!\w)(?:công tác|hoạt động) (?P<year>năm)(?=[,;]| và )")  # "tổng kết công tác năm, …"
_OF_TERM = re.compile(r"(?<!\w)tổng kết (?:(?:công tác|hoạt động|kết quả|hđnd|ubnd|và|,) ?)*\Z")
# "Thực hiện Chương trình công tác năm 2022, sáng 5/4, …": why they met, neither reviewed nor planned.
_PROGRAMME = re.compile(rf"[\W_]{{0,4}}{alternation(_LEXICON['programmes'].forms)} [^,;]{{1,90}} ")
_NEAR = 60
_SPRING = 3  # until March a year's review means the year before
_SOON = timedelta(days=400)  # a task's year begins so soon after the meeting
_EARLY = timedelta(days=62)  # so long before its end a period may already be reviewed

Side = Literal["reviewed", "planned"]


@dataclass(frozen=True, slots=True)
class Periods:
    """Both periods. A mention keeps its year open until somebody knows it."""

    reviewed: PeriodMention | None = None
    planned: PeriodMention | None = None
    year: int | None = None  # of a period that names none
    is_month_named: bool = False  # "giao ban tháng 6": what it reviews only once June is over
    is_told: bool = False  # the review by the body alone: it is over, or nearly so, on the day of the meeting
    is_task: bool = False  # the plan by a task alone: it ends after the meeting and begins soon

    def reviewed_days(self, held: date | None) -> Period | None:
        """The period under review; ``held`` is the day of the meeting, None when unknown."""
        period = self.reviewed
        if period is None:
            return None
        if period.year is None and self.planned is not None and self.planned.year is not None:
            return _last_before(period, self.planned)
        days = period.resolve(self.year) if self.year else _looked_back(period, held)
        if self.is_told and days and held and days.end > held + _EARLY:
            return None
        if self.is_month_named and self.planned is None and days and (held is None or held <= days.end):
            return None
        return days

    def planned_days(self, held: date | None) -> Period | None:
        """The period that is planned; ``held`` is the day of the meeting, None when unknown."""
        plan, done = self.planned, self.reviewed_days(held)
        if plan is None:
            return None
        if self.is_task and held is not None:
            return _next(plan, held, done)
        if plan.kind == "rest":
            return _rest(plan, done)
        if plan.year is not None:
            return plan.resolve()
        if done is not None:
            following = (plan.resolve(year) for year in (done.end.year, done.end.year + 1))
            return next((days for days in following if days and days.start > done.end), None) or plan.resolve(
                done.end.year
            )
        days = plan.resolve(self.year or (held.year if held else None))
        if days and held and not self.year and (days.end < held or (plan.kind == "year" and held.month > _SPRING)):
            return plan.resolve(held.year + 1)
        return days


def find_stated(phrases: tuple[str, ...]) -> tuple[dict[Side, PeriodMention], bool]:
    """The periods that the lead's clause and the title state, the first phrase first; whether only a month names it."""
    found: dict[Side, PeriodMention] = {}
    named = False
    for phrase in phrases:
        stated: dict[Side, PeriodMention] = {}
        for side, period in _assigned(phrase):
            # "tháng 6 và 6 tháng đầu năm": the longer one holds the shorter; "6 tháng cao điểm từ ngày …": its days.
            before = stated.get(side)
            is_wider = before is not None and before.kind == "month" and period.kind != "month"
            is_exact = before is not None and before.year is None and period.kind == "days" and period.year is not None
            if before is None or is_wider or is_exact:
                stated[side] = period
        reviewed = stated.get("reviewed")
        if "reviewed" not in found and reviewed is not None and reviewed.kind == "month":
            named = not _JUDGED.search(phrase[: reviewed.span.start])
        for side, period in stated.items():
            found.setdefault(side, period)
    return found, named


def _assigned(phrase: str) -> Iterator[tuple[Side, PeriodMention]]:
    """Each period of ``phrase`` with the side that the nearest cue before it gives."""
    cues = list(_CUE.finditer(phrase))
    for period in _periods(phrase):
        if period.kind == "relative_year":
            year = told_year(period)
        elif period.kind in _NO_DAY_KINDS or is_stage(phrase, period):
            year = period
        else:
            year = None
        if _PROGRAMME.fullmatch(phrase, 0, period.span.start) and phrase.startswith(",", period.span.end):
            continue
        before = [cue for cue in cues if cue.end() <= period.span.start]
        if year is None or not before:
            continue
        asked = _ASKED.search(phrase, max(0, period.span.start - _NEAR), period.span.start)
        side: Side = "planned" if _is_plan(before) or (asked and asked.start() < before[-1].start()) else "reviewed"
        if side == "reviewed" and (period.kind == "rest" or period.year_offset == 1):
            continue
        yield side, year


def told_year(period: PeriodMention) -> PeriodMention | None:
    """ "Năm qua", "năm tới" as a year whose number its neighbour or the meeting's day will tell; None: another year."""
    if period.kind != "relative_year" or period.year_offset not in (0, 1):
        return None
    return replace(period, kind="year", year_offset=None)


def _periods(phrase: str) -> Iterator[PeriodMention]:
    """The periods of ``phrase`` and spans of years in brackets: "tổng kết 10 năm (2014 - 2024)"."""
    yield from find_periods(phrase)
    for match in _BARE_YEAR.finditer(phrase):
        yield PeriodMention(span=Span(*match.span("year")), kind="year", year=None, first=(1, 1), last=(12, 31))
    for match in _SPAN_OF_YEARS.finditer(phrase):
        first, last = int(match["first"]), int(match["last"])
        if first < last and abs(last - first - int(match["count"])) <= 1:
            span, years = Span(match.start("first"), match.end()), last - first
            yield PeriodMention(span=span, kind="days", year=first, first=(1, 1), last=(12, 31), more_years=years)


def is_stage(phrase: str, period: PeriodMention) -> bool:
    """ "giai đoạn 2017 - 2019": a stage may be reviewed; a term of office by its congress, or "tổng kết nhiệm kỳ"."""
    if period.kind != "term":
        return False
    return phrase.startswith("giai đoạn", period.span.start) or bool(_OF_TERM.search(phrase[: period.span.start]))


def _is_plan(cues: list[re.Match[str]]) -> bool:
    """ "triển khai … công tác", "phương hướng, nhiệm vụ": once a plan is named, words of work stay with it."""
    for cue in reversed(cues):
        if cue["plan"]:
            return True
        if not cue.group().startswith(("công tác", "hoạt động", "thực hiện nhiệm vụ")):
            return False
    return False


def find_terms(lower: str, layout: Layout, event: Event | None, title: str) -> Periods:
    """A congress looks back on the ending term and plans the new one."""
    clause = lower[event.sentence.start : event.sentence.end] if event else ""
    new = next((p for phrase in (title, clause) for p in find_periods(phrase) if p.kind == "term"), None)
    if new is None:  # "bầu 5 người vào Ban Chấp hành nhiệm kỳ 2024 - 2029"
        told = (
            p for lead in layout.of_kind("lead") for p in find_periods(lower[slice(*lead.span)]) if p.kind == "term"
        )
        new = max(told, key=lambda term: term.year or 0, default=None)
    if new is None or new.year is None:
        return Periods(planned=new)
    for paragraph in layout.of_kind("lead", "body"):
        for period in find_periods(lower[paragraph.span.start : paragraph.span.end]):
            if period.kind == "term" and period.year and period.year + period.more_years == new.year:
                return Periods(period, new)
    # Not named: the term before has the length of the new one.
    return Periods(replace(new, year=new.year - new.more_years), new)


def year_of(title: str, clause: str) -> int | None:
    """The only year that the title names, else the only one of the clause; no year to come."""
    for phrase in (title, clause):
        years = named_years(phrase)
        if len(years) == 1:
            return next(iter(years))
    return None


def named_years(phrase: str) -> frozenset[int]:
    """The years that ``phrase`` names, without horizons and stages ("đến năm 2030", "2021 - 2025")."""
    found = _YEAR.finditer(phrase)
    years = [(year.start(), int(year.group())) for year in found]
    # "giao ban quý II/2023": written with a stroke the year belongs to its part of the year.
    years += [(p.span.start, p.year) for p in find_periods(phrase) if p.kind in _PARTS_OF_YEAR and p.year is not None]
    return frozenset(year for at, year in years if not _HORIZON.search(phrase, max(0, at - 24), at))


def _looked_back(period: PeriodMention, held: date | None) -> Period | None:
    """The last such period that is over, or nearly so, on the day of the meeting."""
    if held is None:
        return period.resolve()
    if period.kind == "year" and held.month <= _SPRING:
        return period.resolve(held.year - 1)
    days = period.resolve(held.year)
    return period.resolve(held.year - 1) if days and days.end > held + _EARLY else days


def _last_before(period: PeriodMention, planned: PeriodMention) -> Period | None:
    """The last such period that ends before the plan begins."""
    year = planned.year
    if year is None:
        return None
    days = period.resolve(year)
    plan = planned.resolve()
    is_rest = planned.kind == "rest" or plan is None
    return days if is_rest or (days and plan and days.end < plan.start) else period.resolve(year - 1)


def _next(plan: PeriodMention, held: date, done: Period | None) -> Period | None:
    """The period of a task that is set on the day ``held``: under way or soon to come, else None."""
    if plan.kind == "rest":
        return _rest(plan, done)
    years = (plan.year,) if plan.year is not None else (held.year, held.year + 1)
    spans = (plan.resolve(year) for year in years)
    # The month of the meeting is the time of an errand, not a plan.
    days = next((span for span in spans if span and (span.start if plan.kind == "month" else span.end) > held), None)
    return days if days and days.start <= held + _SOON else None


def _rest(plan: PeriodMention, done: Period | None) -> Period | None:
    """What is left of the year that was reviewed up to ``done``; None when nothing says where it begins."""
    if done is None or done.end.month == 12 or plan.year not in (None, done.end.year):
        return None
    return Period(start=done.end + timedelta(days=1), end=date(done.end.year, 12, 31))


def follows(later: PeriodMention, earlier: PeriodMention | None, year: int | None) -> bool:
    """Whether ``later`` begins the day after ``earlier`` ends (a summer apart for school years)."""
    if earlier is None:
        return False
    if later.kind == "rest":
        return earlier.kind in ("half", "months", "quarter") and earlier.last[0] < 12
    inner = earlier.year if earlier.year is not None else later.year if later.year is not None else year or 2000
    first = earlier.resolve(inner)
    if first is None:
        return False
    if later.kind == earlier.kind == "term":
        return later.year is not None and first.end.year - later.year in (0, -1)
    for start in {inner, inner + 1}:
        second = later.resolve(start)
        if second and second.start == first.end + timedelta(days=1):
            return True
        if second and earlier.kind == later.kind == "school_year" and second.start == date(first.end.year, 9, 1):
            return True
    return False
