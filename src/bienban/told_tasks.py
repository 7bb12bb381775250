"""The plan of a meeting by the tasks that are set there, and where a clause opens with a period.

"Kết luận, Bí thư yêu cầu hoàn thành trong tháng 1/2024"; "Năm 2025, mỗi xã sẽ được hỗ trợ".

Not here: what title, lead and reports state (``told_periods.py``).
"""

import re
from datetime import timedelta

from bienban.layout import Layout
from bienban.lexicon import alternation, load_lexicon, whole_words
from bienban.meeting_periods import Side, named_years
from bienban.periods import PeriodMention, find_periods
from bienban.records import Period

_LEXICON = load_lexicon("meetings")
BODY_KINDS = frozenset({"half", "quarter", "months", "year", "school_year", "semester"})
PLAN_KINDS = BODY_KINDS | {"rest"}
_TASK_KINDS = PLAN_KINDS | {"month"}
_JUDGED_YEAR = re.compile(r"(?<!\w)(?:kết quả|tình hình|đánh giá|báo cáo) (?:\w+ ){0,6}\Z")  # told, not set
_CLOSING = re.compile(whole_words(_LEXICON["closing"].forms))
_LAW = rf"{alternation(_LEXICON['passing'].fields['laws'])} [^,.;:]{{0,50}}"
PASSING = re.compile(rf"(?<!\w)(?:{alternation(_LEXICON['passing'].forms)}|{_LAW}) \Z")
_SAID = alternation(_LEXICON["passing"].fields["said"])
_TELLS = rf"[^.;]{{0,160}}(?::|(?<!\w){_SAID}(?: rằng)?,?)"
OPENS = re.compile(
    rf"(?:[^,.;:]{{0,70}}, ?|[^.;:]{{0,120}}báo cáo[^.;:]{{0,110}}, ?|{_TELLS} ?)?(?:[-+*•\"] ?)?"
    rf"(?:(?:riêng|trong|qua|bước sang|bước vào|về) ){{0,2}}\Z"
)
_NO_ORDER = alternation(_LEXICON["orders"].fields["not_before"])
_ORDER = re.compile(rf"{whole_words(_LEXICON['orders'].forms)}(?! {_NO_ORDER}(?!\w))")
_STRONG = re.compile(rf"{whole_words(_LEXICON['orders'].fields['strong'])}(?! {_NO_ORDER}(?!\w))")
_OWN = re.compile(rf"{whole_words(_LEXICON['own_plans'].forms)}[^,.;]{{0,60}}\Z")
_BY_THE_END = re.compile(rf"{whole_words(_LEXICON['orders'].fields['goals'])}[^.;]{{0,40}}?đến (?:hết|cuối) (?=năm )")
_TIMES, _WORKS = (alternation(_LEXICON["orders"].fields[key]) for key in ("times", "works"))
_TIME_OF_TASK = re.compile(rf"(?<!\w)(?:{_TIMES} |{_WORKS}[^,;.]{{0,50}})\Z")
_DONE_THEN = re.compile(r" (?!(?:và|do|của|theo|tại|vào|là|được|đã|với|cho|trên|ở|có)\b)[^\W\d_]")
EARLIEST = 1986  # no report of the corpora reviews or plans a year before it; a law or a birth may be that old
_OLD = 2  # years before the newest one that the article names
NEAR = 60  # a plan's verb stands beside its period
_LONGEST_OPENING = 320
_SHORT_OPENING = 16
_AFTER_SEMICOLON = re.compile(r"; (?:riêng |trong )?\Z")
_OVERLAP = timedelta(days=31)  # "từ 1/7 đến 7/10" is followed by the fourth quarter
_ANY_YEAR = 2000  # which of two periods of one unknown year comes later
_LAST_PARAGRAPHS = 2  # there a leader closes the meeting, whatever words open the paragraph


def told_task(
    lower: str, layout: Layout, found: dict[Side, PeriodMention], year: int | None, *, is_visit: bool = False
) -> PeriodMention | None:
    """The first later period that a task is set for, whatever the meeting was for; a month gives way to a longer one.

    "Kết luận, Bí thư yêu cầu hoàn thành trong tháng 1/2024", "Năm 2025, mỗi xã sẽ …"; else a year's goal:
    "phấn đấu đến hết năm 2024". What visitors ask of the visited is no plan of theirs.
    """
    reviewed = found.get("reviewed")
    done = reviewed.resolve(reviewed.year or year or _ANY_YEAR) if reviewed else None
    tasks: list[PeriodMention] = []
    goals: list[PeriodMention] = []
    paragraphs = layout.of_kind("lead", "body")
    newest = max(named_years(lower), default=EARLIEST)
    for at, paragraph in enumerate(paragraphs):
        start, end = paragraph.span
        is_closing = bool(_CLOSING.search(lower, start, min(end, start + NEAR)))
        is_last = at >= len(paragraphs) - _LAST_PARAGRAPHS
        for sentence in paragraph.sentences:
            phrase = lower[sentence.start : sentence.end]
            is_led = is_closing or (is_last and _STRONG.search(phrase) is not None)
            for period in find_periods(phrase):
                if (period.year or newest) < newest - _OLD:
                    continue  # "Năm 1994, Viện được công nhận": told of somebody's past
                if not _is_later(period, done) or _JUDGED_YEAR.search(phrase, 0, period.span.start):
                    continue
                is_dated = period.year is not None or done is not None
                if _is_set(phrase, period, is_dated=is_dated, is_closing=is_led, is_last=is_last, is_visit=is_visit):
                    tasks.append(period)
                elif not is_visit and any(by.end() == period.span.start for by in _BY_THE_END.finditer(phrase)):
                    goals.append(period)
    found_first = next((task for task in tasks if task.kind != "month"), None)
    return found_first or next(iter((*tasks, *goals)), None)


def _is_later(period: PeriodMention, done: Period | None) -> bool:
    """Whether the period is of a task's kind and begins after what was reviewed."""
    # "trong quý IV" tells by itself which quarter of the year of the meeting.
    is_open = period.year is None and (period.kind == "year" if done or period.kind == "quarter" else True)
    if period.kind not in _TASK_KINDS or is_open or (period.year or EARLIEST) < EARLIEST:
        return False
    days = period.resolve(period.year or (done.end.year if done else None))
    return done is None or (days is not None and days.end > done.end and days.start > done.end - _OVERLAP)


def _is_set(
    phrase: str, period: PeriodMention, *, is_dated: bool, is_closing: bool, is_last: bool, is_visit: bool
) -> bool:
    """Whether a task stands beside the period: ordered before it in the closing words, or told behind its opening.

    ``is_dated``: its own year or the review before it tells when it is.
    """
    start, end = period.span
    if PASSING.search(phrase[:start].removesuffix("trong ")):
        return False
    is_opening = opens(phrase, period) or bool(_AFTER_SEMICOLON.search(phrase, max(0, start - _SHORT_OPENING), start))
    if not is_visit and period.year is not None and _OWN.search(phrase[:start]):
        return True
    # "giữ kín đề của Kỳ thi năm 2024, diễn ra …": the year names the exam; "giao huyện năm 2022 trồng …": a task.
    is_time = period.kind != "year" or _TIME_OF_TASK.search(phrase[:start]) or _DONE_THEN.match(phrase, end)
    if is_closing and (is_opening or (not is_visit and is_time and _ORDER.search(phrase, 0, start))):
        return True
    ordered = _ORDER.search(phrase, end, around(phrase, period)[1]) or (is_last and _ORDER.search(phrase, 0, start))
    return is_opening and is_dated and ordered is not None


def opens(phrase: str, period: PeriodMention) -> bool:
    """Whether a clause begins with the period: at the start, after a short opening or after whose words follow."""
    start = period.span.start
    return start <= _LONGEST_OPENING and bool(OPENS.fullmatch(phrase, 0, start))


def around(phrase: str, period: PeriodMention) -> tuple[int, int]:
    """The words beside a period: behind it none past a semicolon ("năm 2019 mở 46 lớp; năm 2020 phấn đấu …")."""
    start, end = period.span
    mark = phrase.find(";", end, end + NEAR)
    return max(0, start - NEAR, phrase.rfind(";", 0, start) + 1), end + NEAR if mark < 0 else mark
