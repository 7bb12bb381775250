"""Which period a meeting looks back on, and which it plans.

Title and lead say it ("sơ kết 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2024"); what they
leave open is taken from the body when it fits: the plan begins where the review ends. A period without
a year takes it from its neighbour, from the title, at last from the day of the meeting.

Not here: the forms of periods (``periods.py``), the day of the meeting (``meetings.py``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from bienban.events import Event
from bienban.layout import Layout
from bienban.lexicon import alternation, load_lexicon
from bienban.periods import PeriodMention, find_periods
from bienban.records import Period, Span

_LEXICON = load_lexicon("meetings")
_PLANNED = _LEXICON["planned_cues"]
_CUE = re.compile(
    rf"(?<!\w)(?<!địa )(?:(?P<past>"
    rf"{alternation(_PLANNED.fields['not_planned'])}|{alternation(_LEXICON['reviewed_cues'].forms)})"
    rf"|(?P<plan>{alternation(_PLANNED.forms)}))(?!\w)"
)
_PLAN_VERB = re.compile(rf"(?<!\w){alternation(_LEXICON['plan_verbs'].forms)}(?!\w)")
_YEAR = re.compile(r"(?<![\d/.,-])(?:19|20)\d{2}(?![\d/.,-]*\d)")
_REVIEWS = frozenset({"mid_term_review", "year_end_review", "briefing"})
_FROM_BODY = _REVIEWS | {"council_session", "committee_meeting"}
_NO_DAY_KINDS = frozenset({"half", "quarter", "months", "year", "school_year", "month"})

_BODY_KINDS = _NO_DAY_KINDS - {"month"}
_PARTS_OF_YEAR = frozenset({"half", "months", "quarter"})  # "4 tháng đầu năm 2018, toàn ngành thu …"
_HEARS_REPORTS = frozenset({"dialogue", "working_session"})
_SPAN_OF_YEARS = re.compile(r"(?<=năm )\(((?:19|20)\d{2}) ?- ?((?:19|20)\d{2})\)")
_CAMPAIGN = re.compile(rf"(?<!\w){alternation(_LEXICON['campaigns'].forms)}(?!\w)")
_CLOSING = re.compile(rf"(?<!\w){alternation(_LEXICON['closing'].forms)}(?!\w)")
_NEAR = 60  # a plan's verb stands beside its period

Side = Literal["reviewed", "planned"]


@dataclass(frozen=True, slots=True)
class Periods:
    """Both periods. A mention keeps its year open until somebody knows it."""

    reviewed: PeriodMention | None = None
    planned: PeriodMention | None = None
    year: int | None = None  # of a period that names none

    def reviewed_days(self, year: int | None) -> Period | None:
        """The period under review; ``year`` is that of the meeting."""
        if self.reviewed is None:
            return None
        return self.reviewed.resolve(_inner_year(self.reviewed, self.planned, self.year or year))

    def planned_days(self, year: int | None) -> Period | None:
        """The period that is planned; ``year`` is that of the meeting."""
        if self.planned is None:
            return None
        return self.planned.resolve(_outer_year(self.planned, self.reviewed, self.year or year))


def find_meeting_periods(
    lower: str, layout: Layout, event: Event | None, types: tuple[str, ...], title: str
) -> Periods:
    """The periods that ``title``, lead and body give for a meeting of ``types``."""
    clause = lower[event.sentence.start : event.sentence.end] if event else ""
    if types[0] == "congress":
        return _terms(lower, layout, clause, title)
    if types[0] in ("inspection", "working_session"):
        stage = next((p for p in find_periods(clause) if p.kind == "term"), None)
        if stage or types[0] == "inspection":
            return Periods(reviewed=stage)
    found: dict[Side, PeriodMention] = {}
    if set(types) & (_FROM_BODY | {"launch"}):
        for phrase in (clause, title):
            for side, period in _assigned(phrase):
                found.setdefault(side, period)
    year = _year_of(title, clause)
    if set(types) & _REVIEWS and "reviewed" not in found and (campaign := _campaign(lower, layout)):
        found["reviewed"] = campaign
    if set(types) & _FROM_BODY or (types == ("other",) and not title):
        _complete(lower, layout, found, year, _BODY_KINDS)
    elif set(types) & _HEARS_REPORTS:
        _complete(lower, layout, found, year, _PARTS_OF_YEAR)
    if set(types) & _REVIEWS and "planned" not in found and (plan := _closing_plan(lower, layout, found, year)):
        found["planned"] = plan
    return Periods(found.get("reviewed"), found.get("planned"), year)


def _assigned(phrase: str) -> Iterator[tuple[Side, PeriodMention]]:
    """Each period of ``phrase`` with the side that the nearest cue before it gives."""
    cues = list(_CUE.finditer(phrase))
    for period in _periods(phrase):
        if period.kind not in _NO_DAY_KINDS and period.kind != "days" and not _is_stage(phrase, period):
            continue
        before = [cue for cue in cues if cue.end() <= period.span.start]
        if not before:
            continue
        side: Side = "planned" if _is_plan(before) else "reviewed"
        if period.kind == "month" and "đánh giá" not in phrase[: period.span.start]:
            continue
        yield side, period


def _periods(phrase: str) -> Iterator[PeriodMention]:
    """The periods of ``phrase`` and spans of years in brackets: "tổng kết 10 năm (2014 - 2024)"."""
    yield from find_periods(phrase)
    for match in _SPAN_OF_YEARS.finditer(phrase):
        first, last = int(match[1]), int(match[2])
        if first < last:
            span, years = Span(*match.span()), last - first
            yield PeriodMention(span=span, kind="days", year=first, first=(1, 1), last=(12, 31), more_years=years)


def _is_stage(phrase: str, period: PeriodMention) -> bool:
    """ "giai đoạn 2017 - 2019": a stage may be reviewed; a term of office only by its congress."""
    return period.kind == "term" and phrase.startswith("giai đoạn", period.span.start)


def _is_plan(cues: list[re.Match[str]]) -> bool:
    """ "triển khai … công tác", "phương hướng, nhiệm vụ": once a plan is named, words of work stay with it."""
    for cue in reversed(cues):
        if cue["plan"]:
            return True
        if cue.group() not in ("công tác", "hoạt động", "thực hiện nhiệm vụ"):
            return False
    return False


def _terms(lower: str, layout: Layout, clause: str, title: str) -> Periods:
    """A congress looks back on the ending term and plans the new one."""
    new = next((p for phrase in (title, clause) for p in find_periods(phrase) if p.kind == "term"), None)
    if new is None or new.year is None:
        return Periods(planned=new)
    for paragraph in layout.of_kind("lead", "body"):
        for period in find_periods(lower[paragraph.span.start : paragraph.span.end]):
            if period.kind == "term" and period.year and period.year + period.more_years == new.year:
                return Periods(period, new)
    # Not named: the term before has the length of the new one.
    return Periods(replace(new, year=new.year - new.more_years), new)


def _complete(
    lower: str, layout: Layout, found: dict[Side, PeriodMention], year: int | None, kinds: frozenset[str]
) -> None:
    """Fill a missing side from the body: a result's period, or the plan that follows on the review."""
    for paragraph in layout.of_kind("lead", "body"):
        for sentence in paragraph.sentences:
            phrase = lower[sentence.start : sentence.end]
            for period in find_periods(phrase):
                if period.kind not in kinds and not (_is_stage(phrase, period) and "reviewed" in found):
                    continue
                plan = bool(_PLAN_VERB.search(phrase, max(0, period.span.start - _NEAR), period.span.end + _NEAR))
                if "reviewed" not in found and not plan and _may_end(period, found.get("planned"), year):
                    found["reviewed"] = period
                elif plan and "planned" not in found and _follows(period, found.get("reviewed"), year):
                    found["planned"] = period


def _campaign(lower: str, layout: Layout) -> PeriodMention | None:
    """ "Chiến dịch diễn ra từ ngày 1/6 đến 15/8": what a campaign's review looks back on."""
    for paragraph in (*layout.of_kind("lead"), *layout.of_kind("body")[:2]):
        for sentence in paragraph.sentences:
            phrase = lower[sentence.start : sentence.end]
            for period in find_periods(phrase):
                if period.kind == "days" and _CAMPAIGN.search(phrase, 0, period.span.start):
                    return period
    return None


def _closing_plan(
    lower: str, layout: Layout, found: dict[Side, PeriodMention], year: int | None
) -> PeriodMention | None:
    """The first later period that the closing words set a task for: "Kết luận …, trong quý II phấn đấu …"."""
    reviewed = found.get("reviewed")
    done = reviewed.resolve(reviewed.year or year) if reviewed else None
    if done is None:
        return None
    for paragraph in layout.of_kind("body"):
        if not _CLOSING.search(lower, paragraph.span.start, min(paragraph.span.end, paragraph.span.start + _NEAR)):
            continue
        for period in find_periods(lower[paragraph.span.start : paragraph.span.end]):
            start = period.resolve(period.year or done.end.year)
            if period.kind in _BODY_KINDS and start and start.start > done.end:
                return period
    return None


def _may_end(period: PeriodMention, planned: PeriodMention | None, year: int | None) -> bool:
    return planned is None or _follows(planned, period, year)


def _follows(later: PeriodMention, earlier: PeriodMention | None, year: int | None) -> bool:
    """Whether ``later`` begins the day after ``earlier`` ends (a summer apart for school years)."""
    if earlier is None:
        return False
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


def _inner_year(period: PeriodMention, planned: PeriodMention | None, year: int | None) -> int | None:
    """The year of a review without one: its plan's, or the one before when the plan begins a new year."""
    if period.year is not None or planned is None or planned.year is None:
        return year
    return planned.year - 1 if planned.first <= period.first else planned.year


def _outer_year(period: PeriodMention, reviewed: PeriodMention | None, year: int | None) -> int | None:
    if period.year is not None or reviewed is None or reviewed.year is None:
        return year
    end = reviewed.year + reviewed.more_years
    return end + 1 if period.first <= reviewed.last else end


def _year_of(title: str, clause: str) -> int | None:
    """The only year that the title names, else the only one of the clause."""
    for phrase in (title, clause):
        years = {int(year) for year in _YEAR.findall(phrase)}
        if len(years) == 1:
            return years.pop()
    return None
