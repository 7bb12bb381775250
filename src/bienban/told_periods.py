"""The periods of a meeting: what title and lead state, completed by what the body tells.

The body adds a review when its sentence reports results ("6 tháng đầu năm, toàn ngành thu …", "kết quả công tác
năm 2022"), and a plan when it follows on the review or words of tasks stand beside it. A year named in passing
("Luật Đất đai năm 2013", "đến năm 2030") is neither.

Not here: the forms of periods (``periods.py``), their years (``meeting_periods.py``).
"""

import re
from collections.abc import Iterator

from bienban.events import NOUN, Event
from bienban.layout import Layout
from bienban.lexicon import alternation, load_lexicon
from bienban.meeting_periods import Periods, Side, find_stated, find_terms, follows, is_stage, told_year, year_of
from bienban.periods import PeriodMention, find_periods

_LEXICON = load_lexicon("meetings")
_PLAN_VERB = re.compile(rf"(?<!\w){alternation(_LEXICON['plan_verbs'].forms)}(?!\w)")
_TASK = re.compile(rf"(?<!\w){alternation(_LEXICON['plan_verbs'].fields['tasks'])}(?!\w)")
_REVIEWS = frozenset({"mid_term_review", "year_end_review", "briefing"})
_FROM_BODY = _REVIEWS | {"council_session", "committee_meeting"}
_BODY_KINDS = frozenset({"half", "quarter", "months", "year", "school_year"})
_PLAN_KINDS = _BODY_KINDS | {"rest"}
_PARTS_OF_YEAR = frozenset({"half", "months", "quarter"})  # "4 tháng đầu năm 2018, toàn ngành thu …"
_HEARS_REPORTS = frozenset({"dialogue", "working_session"})
_CAMPAIGN = re.compile(rf"(?<!\w){alternation(_LEXICON['campaigns'].forms)}(?!\w)")
_CLOSING = re.compile(rf"(?<!\w){alternation(_LEXICON['closing'].forms)}(?!\w)")
# "sơ kết 5 năm thực hiện Nghị quyết": what is reviewed is no calendar period, whatever the body adds.
_YEARS_REVIEWED = re.compile(
    rf"(?<!\w){alternation(_LEXICON['reviewed_cues'].fields['reviews'])} (?:công tác |kết quả )?"
    rf"(?:\d+|{alternation(_LEXICON['reviewed_cues'].fields['counts'])}) năm (?!\d|học)"
)
_RESULT = re.compile(rf"(?<!\w){alternation(_LEXICON['reviewed_cues'].fields['results'])}(?!\w)")
_LAW = rf"{alternation(_LEXICON['passing'].fields['laws'])} [^,.;:]{{0,50}}"
_REPORTED = re.compile(
    rf"(?<!\w){alternation(_LEXICON['reviewed_cues'].fields['reports'])} (?:[^,.;:]{{0,40}}? )??(?=\d+ tháng|năm |quý )"
)
_PASSING = re.compile(rf"(?<!\w)(?:{alternation(_LEXICON['passing'].forms)}|{_LAW}) \Z")
_SAID = alternation(_LEXICON["passing"].fields["said"])
_TELLS = rf"[^.;]{{0,160}}(?::|(?<!\w){_SAID}(?: rằng)?,?)"
_OPENS = re.compile(
    rf"(?:[^,.;:]{{0,70}}, ?|[^.;:]{{0,120}}báo cáo[^.;:]{{0,110}}, ?|{_TELLS} ?)?(?:[-+*•\"] ?)?"
    rf"(?:(?:riêng|trong|qua|bước sang|bước vào|về) ){{0,2}}\Z"
)
_TOLD = re.compile(r"[\W_]{0,4}(?:qua |theo |tại )?báo cáo(?!\w)")
_TOLD_KINDS = frozenset({"days", "half", "months", "quarter"})
_JUDGES = re.compile(r"(?<!\w)(?:đánh giá|kiểm điểm|sơ kết|tổng kết|nhìn lại)(?!\w)")
_ABOUT = re.compile(r"(?<!\w)về (?:việc|tình hình|kết quả|công tác)(?!\w)")
_EARLIEST = 1986  # no report of the corpora reviews a year before it; a law or a birth may be that old
_NEAR = 60  # a plan's verb stands beside its period
_TO_RESULT = 70
_LONGEST_OPENING = 320


def find_meeting_periods(
    lower: str, layout: Layout, event: Event | None, types: tuple[str, ...], title: str
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
            return Periods(asked.get("reviewed"), asked.get("planned"))
    found: dict[Side, PeriodMention] = {}
    is_month_named = False
    kinds = set(types)
    if kinds & (_FROM_BODY | {"launch"}):
        found, is_month_named = find_stated((clause, title, *_purposes(lower, layout)))
    stated = frozenset(found)
    year = year_of(title, clause)
    if kinds & _REVIEWS and "reviewed" not in found and (campaign := _campaign(lower, layout)):
        found["reviewed"] = campaign
    if "reviewed" in found or not any(_YEARS_REVIEWED.search(phrase) for phrase in (clause, title)):
        if kinds & _FROM_BODY or (types == ("other",) and not title):
            _complete(lower, layout, found, year, _BODY_KINDS)
        elif kinds & _HEARS_REPORTS:
            _complete(lower, layout, found, year, _PARTS_OF_YEAR)
        elif types == ("other",):
            _report(lower, layout, found, year)
    is_told = "reviewed" in found and "reviewed" not in stated
    if kinds & _REVIEWS and "planned" not in found and (plan := _closing_plan(lower, layout, found, year)):
        found["planned"] = plan
    return Periods(found.get("reviewed"), found.get("planned"), year, is_month_named, is_told)


def _asked(lower: str, event: Event | None, clause: str) -> dict[Side, PeriodMention]:
    """ "… làm việc với UBND tỉnh về việc thực hiện chính sách giai đoạn 2021 - 2022": what the visitors ask about."""
    stage = next((period for period in find_periods(clause) if period.kind == "term"), None)
    if stage or event is None:
        return {"reviewed": stage} if stage else {}
    about = _ABOUT.search(lower, event.topic, event.sentence.end)
    rest = lower[about.start() : event.sentence.end] if about else ""
    stated, _ = find_stated((rest,))
    first = next((p for p in find_periods(rest) if p.kind in _BODY_KINDS and p.year is not None), None)
    return stated or ({"reviewed": first} if first else {})


def _reported_to(lower: str, layout: Layout) -> PeriodMention | None:
    """ "Theo báo cáo của bà …, từ 01/7/2025 đến 28/02/2026, phòng tiếp nhận …": what the visitors were told of."""
    for paragraph in layout.of_kind("lead", "body"):
        for sentence in paragraph.sentences:
            phrase = lower[sentence.start : sentence.end]
            if not _TOLD.match(phrase):
                continue
            for period in find_periods(phrase):
                if (
                    period.kind in _TOLD_KINDS
                    and period.year is not None
                    and _OPENS.fullmatch(phrase[: period.span.start])
                ):
                    return period
    return None


def _purposes(lower: str, layout: Layout) -> Iterator[str]:
    """ "Phiên họp tập trung đánh giá kết quả 6 tháng đầu năm, đề ra …": the sentences of the opening that begin so."""
    for paragraph in (*layout.of_kind("lead"), *layout.of_kind("body")[:1]):
        for sentence in paragraph.sentences:
            if NOUN.match(lower, *sentence) and _JUDGES.search(lower, sentence.start, sentence.start + _NEAR):
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
                elif "reviewed" not in found and _is_told_review(phrase, period, found.get("planned"), year, kinds):
                    found["reviewed"] = period


def _report(lower: str, layout: Layout, found: dict[Side, PeriodMention], year: int | None) -> None:
    """ "Hội nghị viên chức": no name says that it reviews, the report that it hears does."""
    for paragraph in layout.of_kind("lead", "body"):
        for sentence in paragraph.sentences:
            phrase = lower[sentence.start : sentence.end]
            reported = _REPORTED.search(phrase)
            period = next(find_periods(phrase[reported.end() :]), None) if reported else None
            if period is not None and period.kind in _BODY_KINDS and period.year is not None and period.span.start < 2:
                found["reviewed"] = period
                _complete(lower, layout, found, year, _BODY_KINDS)
                return


def _is_told_review(
    phrase: str, period: PeriodMention, planned: PeriodMention | None, year: int | None, kinds: frozenset[str]
) -> bool:
    if period.kind not in kinds or (period.kind == "year" and (period.year or 0) < _EARLIEST):
        return False
    if _is_plan(phrase, period):
        return False
    if planned is not None and not follows(planned, period, year):
        return False
    before = phrase[: period.span.start]
    if _PASSING.search(before):
        return False
    return bool(_opens(phrase, period) or _RESULT.search(phrase, max(0, len(before) - _TO_RESULT), len(before)))


def _is_told_plan(phrase: str, period: PeriodMention, reviewed: PeriodMention | None, year: int | None) -> bool:
    is_kind = period.kind in _PLAN_KINDS or (period.kind == "month" and reviewed and reviewed.kind == "month")
    if reviewed is None or not (is_kind or is_stage(phrase, period)) or not follows(period, reviewed, year):
        return False
    if _is_plan(phrase, period) or _opens(phrase, period):
        return True
    return bool(_TASK.search(phrase, *_around(period)))


def _opens(phrase: str, period: PeriodMention) -> bool:
    """Whether a clause begins with the period: at the start, after a short opening or after whose words follow."""
    return period.span.start <= _LONGEST_OPENING and bool(_OPENS.fullmatch(phrase, 0, period.span.start))


def _is_plan(phrase: str, period: PeriodMention) -> bool:
    return bool(_PLAN_VERB.search(phrase, *_around(period)))


def _around(period: PeriodMention) -> tuple[int, int]:
    return max(0, period.span.start - _NEAR), period.span.end + _NEAR


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
