"""The periods of a meeting: what title and lead state, completed by what the body tells.

The body adds a review when its sentence reports results ("6 tháng đầu năm, toàn ngành thu …", "kết quả công tác
năm 2022"), and a plan when it follows on the review or words of tasks stand beside it. A year named in passing
("Luật Đất đai năm 2013", "đến năm 2030") is neither.

Not here: the forms of periods (``periods.py``), their years (``meeting_periods.py``).
"""

import re
from collections.abc import Iterator

from bienban.clause_words import NOUN
from bienban.events import Event
from bienban.layout import Layout
from bienban.lexicon import alternation, form_of, load_lexicon, whole_words
from bienban.meeting_periods import (
    CAMPAIGN,
    Periods,
    Side,
    find_stated,
    find_terms,
    follows,
    is_stage,
    told_year,
    year_of,
)
from bienban.periods import PeriodMention, find_periods
from bienban.records import Span
from bienban.told_tasks import BODY_KINDS, EARLIEST, NEAR, OPENS, PASSING, PLAN_KINDS, around, opens, told_task

_LEXICON = load_lexicon("meetings")
_PLAN_VERB = re.compile(whole_words(_LEXICON["plan_verbs"].forms))
_TASK = re.compile(whole_words(_LEXICON["plan_verbs"].fields["tasks"]))
_REVIEWS = frozenset({"mid_term_review", "year_end_review", "briefing"})
_FROM_BODY = _REVIEWS | {"council_session", "committee_meeting"}
_PARTS_OF_YEAR = frozenset({"half", "months", "quarter", "semester"})  # "4 tháng đầu năm 2018, toàn ngành thu …"
_WHOLE_YEARS = frozenset({"year", "school_year"})
_SESSIONS_OF_YEAR = _LEXICON["sessions_of_year"].forms
_SESSION_OF_YEAR = re.compile(
    rf"(?<!\w)kỳ họp [^,.;]{{0,40}}?(?P<which>{alternation(_SESSIONS_OF_YEAR)})(?: (?P<year>20\d\d))?(?!\w)"
)
_HEARS_REPORTS = frozenset({"dialogue", "working_session"})
# "sơ kết 5 năm thực hiện Nghị quyết": what is reviewed is no calendar period, whatever the body adds.
_YEARS_REVIEWED = re.compile(
    rf"(?<!\w){alternation(_LEXICON['reviewed_cues'].fields['reviews'])} (?:công tác |kết quả )?"
    rf"(?:\d+|{alternation(_LEXICON['reviewed_cues'].fields['counts'])}) năm (?!\d|học)"
)
_RESULT = re.compile(whole_words(_LEXICON["reviewed_cues"].fields["results"]))
_REPORTED = re.compile(
    rf"(?<!\w){alternation(_LEXICON['reviewed_cues'].fields['reports'])} (?:[^,.;:]{{0,40}}? )??(?=\d+ tháng|năm |quý )"
)
_INSPECTED = re.compile(rf"{whole_words(_LEXICON['inspected_spans'].forms)}[^.;:]{{0,60}}:?[^.;:]{{0,20}}\Z")
_TOLD = re.compile(r"[\W_]{0,4}(?:qua |theo |tại )?báo cáo(?!\w)")
_TOLD_KINDS = frozenset({"days", "half", "months", "quarter"})
_INSPECTED_KINDS = _TOLD_KINDS | {"year", "school_year", "semester", "term"}
_JUDGES = re.compile(
    r"(?<!\w)(?:đánh giá|kiểm điểm|sơ kết|tổng kết|nhìn lại|thảo luận|xem xét|bàn|nghe|cho ý kiến|rà soát)(?!\w)"
)
_THOSE_JUDGED = re.compile(
    rf"(?:^|, ?)(?:các )?(?:đại biểu|thành viên|ủy viên)(?: \w+){{0,5}}? (?:đã |cùng |tập trung )*{_JUDGES.pattern}",
    re.MULTILINE,
)
_ATTAINED = re.compile(rf"[^,;.:]{{0,50}}? {alternation(_LEXICON['attained'].forms)}(?!\w)")
# "Thẩm tra dự án Luật Quản lý thuế": what a draft's figures are of, nobody reviews.
_DRAFT = re.compile(whole_words(_LEXICON["drafts"].forms))
_ABOUT = re.compile(r"(?<!\w)về (?:việc|tình hình|kết quả|công tác)(?!\w)")
_TO_RESULT = 70


def find_meeting_periods(
    lower: str, layout: Layout, events: list[Event], event: Event | None, types: tuple[str, ...], title: str
) -> Periods:
    """The periods that ``title``, lead and body give for a meeting of ``types``."""
    clause = lower[event.sentence.start : event.sentence.end] if event else ""
    if types[0] == "congress":
        return find_terms(lower, layout, event, title)
    if types[0] in ("inspection", "working_session"):
        asked = _asked(lower, event, clause)
        if types[0] == "inspection" and "reviewed" not in asked and (reported := _reported_to(lower, layout)):
            asked["reviewed"] = reported
        if asked or types[0] == "inspection":
            plan = asked.get("planned")
            task = told_task(lower, layout, asked, None, is_visit=types[0] == "inspection") if plan is None else None
            return Periods(asked.get("reviewed"), plan or task, is_task=task is not None)
    found: dict[Side, PeriodMention] = {}
    is_month_named = False
    kinds = set(types)
    if kinds & (_FROM_BODY | {"launch", "award"}):
        found, is_month_named = find_stated((clause, title, *_named_in_lead(lower, events), *_purposes(lower, layout)))
    elif types == ("other",):
        both, _ = find_stated((clause, title, *_named_in_lead(lower, events)))
        found = (
            both if len(both) == 2 else {}
        )  # "kiểm điểm việc tháng 5, giao việc tháng 6": one alone may be in passing
    session = _of_session(clause, title, kinds)
    own = session if session and session.year else _awarded(clause, title, kinds)
    if "reviewed" not in found and own is not None:
        found["reviewed"] = own
    stated = frozenset(found)
    year = year_of(title, clause)
    if kinds & _REVIEWS and "reviewed" not in found and (campaign := _campaign(lower, layout)):
        found["reviewed"] = campaign
    if "reviewed" in found or not any(_YEARS_REVIEWED.search(phrase) for phrase in (clause, title)):
        if kinds & _FROM_BODY or (types == ("other",) and not title):
            is_about_draft = types == ("committee_meeting",) and any(_DRAFT.search(words) for words in (title, clause))
            _complete(lower, layout, found, year, frozenset() if is_about_draft else BODY_KINDS)
            if "reviewed" not in found and (days := _told_days(lower, layout)):
                found["reviewed"] = days
        elif "planned" in found and "launch" in kinds:  # "Năm 2023, tòa án đã giải quyết …": the year before the plan
            _complete(lower, layout, found, year, _WHOLE_YEARS)
        elif kinds & _HEARS_REPORTS:
            _complete(lower, layout, found, year, _PARTS_OF_YEAR)
            if "reviewed" not in found and (reported := _reported(lower, layout)):
                found["reviewed"] = reported
        elif types == ("other",):
            _report(lower, layout, found, year)
    if "reviewed" not in found and "year_end_review" in kinds and (only := _only_year(lower, layout)):
        found["reviewed"] = only
    if "reviewed" not in found and session is not None:
        found["reviewed"] = session
    is_told = "reviewed" in found and "reviewed" not in stated
    plan = found.get("planned")
    task = told_task(lower, layout, found, year) if plan is None else None
    return Periods(found.get("reviewed"), plan or task, year, is_month_named, is_told, is_task=task is not None)


def _only_year(lower: str, layout: Layout) -> PeriodMention | None:
    """The year of a year's review that the lead names once in other words: "nợ xấu giữ được trong năm 2022"."""
    years: dict[int, PeriodMention] = {}
    for paragraph in layout.of_kind("lead"):
        for sentence in paragraph.sentences:
            phrase = lower[slice(*sentence)]
            for period in find_periods(phrase):
                if period.kind == "year" and period.year and not _is_named_in_passing(phrase, period):
                    years.setdefault(period.year, period)
    return next(iter(years.values())) if len(years) == 1 else None


def _is_named_in_passing(phrase: str, period: PeriodMention) -> bool:
    return bool(PASSING.search(phrase[: period.span.start])) or _is_plan(phrase, period)


def _of_session(clause: str, title: str, kinds: set[str]) -> PeriodMention | None:
    """ "Kỳ họp thường lệ giữa năm 2023": a council's regular session looks back on the half or the year."""
    match = next((m for phrase in (clause, title) if (m := _SESSION_OF_YEAR.search(phrase))), None)
    if match is None or "council_session" not in kinds:
        return None
    months = int(_SESSIONS_OF_YEAR[form_of(match["which"])])
    return PeriodMention(
        span=Span(*match.span()),
        kind="year" if months == 12 else "half",
        year=int(match["year"]) if match["year"] else None,
        first=(1, 1),
        last=(months, 31 if months == 12 else 30),
    )


def _awarded(clause: str, title: str, kinds: set[str]) -> PeriodMention | None:
    """ "Tuyên dương học sinh giỏi quốc gia năm học 2023-2024": the school year or stage that the awards are for."""
    if "award" not in kinds:
        return None
    for phrase in (clause, title):
        for period in find_periods(phrase):
            is_year = period.kind == "school_year" and period.year is not None
            if (is_year or is_stage(phrase, period)) and not PASSING.search(phrase[: period.span.start]):
                return period
    return None


def _asked(lower: str, event: Event | None, clause: str) -> dict[Side, PeriodMention]:
    """ "… làm việc với UBND tỉnh về việc thực hiện chính sách giai đoạn 2021 - 2022": what the visitors ask about."""
    topic = event.topic - event.sentence.start if event else 0
    stages = (p for p in find_periods(clause) if p.kind == "term" or (p.kind == "days" and p.span.start > topic))
    stage = next((period for period in stages if period.year is not None), None)
    if stage or event is None:
        return {"reviewed": stage} if stage else {}
    about = _ABOUT.search(lower, event.topic, event.sentence.end)
    rest = lower[about.start() : event.sentence.end] if about else ""
    stated, _ = find_stated((rest,))
    first = next((p for p in find_periods(rest) if p.kind in BODY_KINDS and p.year is not None), None)
    return stated or ({"reviewed": first} if first else {})


def _reported_to(lower: str, layout: Layout) -> PeriodMention | None:
    """What the visitors looked at, or were told of.

    "Mốc thời gian kiểm tra từ 1/7 đến 31/10/2025"; "Theo báo cáo của bà …, từ 01/7/2025 đến 28/02/2026, phòng …".
    """
    for paragraph in layout.of_kind("lead", "body"):
        for sentence in paragraph.sentences:
            phrase = lower[sentence.start : sentence.end]
            is_told = _TOLD.match(phrase) is not None
            for period in find_periods(phrase):
                if period.year is None:
                    continue
                before = phrase[: period.span.start]
                if period.kind in _TOLD_KINDS and is_told and OPENS.fullmatch(before):
                    return period
                if period.kind in _INSPECTED_KINDS and _INSPECTED.search(before):
                    return period
    return None


def _named_in_lead(lower: str, events: list[Event]) -> Iterator[str]:
    """The sentences of the lead that name a meeting, beside the one that tells of it best."""
    named = (event for event in events if event.part == "lead" and event.mode == "held" and not event.is_minor)
    return (lower[slice(*sentence)] for sentence in dict.fromkeys(event.sentence for event in named))


def _purposes(lower: str, layout: Layout) -> Iterator[str]:
    """What the meeting or those at it judged, in the sentences of the opening.

    "Phiên họp tập trung đánh giá kết quả 6 tháng đầu năm, đề ra …", "Dưới sự chủ trì của …, các đại biểu đã thảo luận".
    """
    for paragraph in (*layout.of_kind("lead"), *layout.of_kind("body")[:1]):
        for sentence in paragraph.sentences:
            is_meeting = NOUN.match(lower, *sentence) and _JUDGES.search(lower, sentence.start, sentence.start + NEAR)
            if is_meeting or _THOSE_JUDGED.search(lower, *sentence):
                yield lower[sentence.start : sentence.end]


def _complete(
    lower: str, layout: Layout, found: dict[Side, PeriodMention], year: int | None, kinds: frozenset[str]
) -> None:
    """Fill a missing side from the body: a result's period, or the plan that follows on the review."""
    for paragraph in layout.of_kind("lead", "body"):
        if len(found) == 2:
            return
        for sentence in paragraph.sentences:
            phrase = lower[sentence.start : sentence.end]
            for mention in find_periods(phrase):
                period = told_year(mention) or mention
                if "planned" not in found and _is_told_plan(phrase, period, found.get("reviewed"), year):
                    found["planned"] = period
                elif "reviewed" not in found and (
                    _is_told_review(phrase, period, found.get("planned"), year, kinds)
                    or (paragraph.kind == "lead" and _attained_year(phrase, period, kinds))
                ):
                    found["reviewed"] = period


def _reported(lower: str, layout: Layout) -> PeriodMention | None:
    """ "Bà Giang điểm lại kết quả du lịch năm 2025": the first year or part of one that a report is said to be of."""
    for paragraph in layout.of_kind("lead", "body"):
        for sentence in paragraph.sentences:
            phrase = lower[sentence.start : sentence.end]
            reported = _REPORTED.search(phrase)
            period = next(find_periods(phrase[reported.end() :]), None) if reported else None
            if period is not None and period.kind in BODY_KINDS and period.year is not None and period.span.start < 2:
                return period
    return None


def _report(lower: str, layout: Layout, found: dict[Side, PeriodMention], year: int | None) -> None:
    """ "Hội nghị viên chức": no name says that it reviews, the report that it hears does, or its results and tasks."""
    if reported := _reported(lower, layout):
        found["reviewed"] = reported
        _complete(lower, layout, found, year, BODY_KINDS)
        return
    told: dict[Side, PeriodMention] = {}
    _complete(lower, layout, told, year, BODY_KINDS)
    if len(told) == 2:  # a year's results and the next year's tasks: one alone may be told in passing
        found.update(told)


def _is_told_review(
    phrase: str, period: PeriodMention, planned: PeriodMention | None, year: int | None, kinds: frozenset[str]
) -> bool:
    if period.kind not in kinds or (period.kind == "year" and (period.year or 0) < EARLIEST):
        return False
    if _is_plan(phrase, period):
        return False
    if planned is not None and not follows(planned, period, year):
        return False
    before = phrase[: period.span.start]
    if PASSING.search(before) or before.endswith("("):
        return False
    if period.kind in _PARTS_OF_YEAR and _ATTAINED.match(phrase, period.span.end):
        return True
    return bool(opens(phrase, period) or _RESULT.search(phrase, max(0, len(before) - _TO_RESULT), len(before)))


def _attained_year(phrase: str, period: PeriodMention, kinds: frozenset[str]) -> bool:
    """ "Doanh thu năm 2023 của tổng công ty đạt 23.600 tỷ đồng": the lead's first result."""
    is_year = period.kind == "year" and period.kind in kinds and (period.year or 0) >= EARLIEST
    return (
        is_year and bool(_ATTAINED.match(phrase, period.span.end)) and not PASSING.search(phrase[: period.span.start])
    )


def _is_told_plan(phrase: str, period: PeriodMention, reviewed: PeriodMention | None, year: int | None) -> bool:
    is_kind = period.kind in PLAN_KINDS or (period.kind == "month" and reviewed and reviewed.kind == "month")
    if reviewed is None or not (is_kind or is_stage(phrase, period)) or not follows(period, reviewed, year):
        return False
    if _is_plan(phrase, period) or opens(phrase, period):
        return True
    return bool(_TASK.search(phrase, *around(phrase, period)))


def _is_plan(phrase: str, period: PeriodMention) -> bool:
    return bool(_PLAN_VERB.search(phrase, *around(phrase, period)))


def _campaign(lower: str, layout: Layout) -> PeriodMention | None:
    """ "Chiến dịch diễn ra từ ngày 1/6 đến 15/8": what a campaign's review looks back on."""
    for paragraph in (*layout.of_kind("lead"), *layout.of_kind("body")[:2]):
        for sentence in paragraph.sentences:
            phrase = lower[sentence.start : sentence.end]
            for period in find_periods(phrase):
                if period.kind == "days" and CAMPAIGN.search(phrase, 0, period.span.start):
                    return period
    return None


def _told_days(lower: str, layout: Layout) -> PeriodMention | None:
    """ "Từ ngày 1/7 đến 7/10, Trung tâm tiếp nhận …": a report that begins with its days."""
    for paragraph in layout.of_kind("body"):
        phrase = lower[slice(*paragraph.sentences[0])] if paragraph.sentences else ""
        first = next(find_periods(phrase), None)
        if first is not None and first.kind == "days" and opens(phrase, first):
            return first
    return None
