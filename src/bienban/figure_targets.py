"""Which figures of a sentence are targets: wanted, ordered, promised, planned or due after the meeting.

A target stands after a word of intent ("phấn đấu", "dự kiến"), in an order, behind a time to come ("dự toán năm
2021 là …") or before a day by which it is due.

Not here: the words (``lexicon/figure_scopes.yml``), the periods of targets and results (``figure_scope.py``).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from bienban.dates import DateMention, PeriodMention
from bienban.figure_meeting import FigureContext
from bienban.figure_periods import PeriodReader
from bienban.lexicon import all_forms, any_form, whole_words
from bienban.records import Period, Span
from bienban.sentence_cues import SentenceCues

_words = partial(any_form, "figure_scopes")
# "thông qua 05 nghị quyết, gồm: phân bổ vốn …": what was resolved is to come.
_DECIDED = re.compile(r"(?<!\w)thông qua (?:\d+ )?nghị quyết[^.;:\d]{0,24}(?:gồm|về|trong đó)[^.;:\d]{0,12}:")
# "Đại hội quyết nghị 21 chỉ tiêu": what a meeting sets itself; "đạt 15/17 chỉ tiêu" was reached.
_GOAL = re.compile(rf"{_words('goals')}(?!\w)")
_SETTING = re.compile(rf"{whole_words(all_forms('figure_scopes', 'setting'))}[^.;:]{{0,60}}$")
_REACHED = re.compile(rf"{whole_words(all_forms('figure_scopes', 'reaching'))}[^.;:,]{{0,30}}$")
_NAMELY = re.compile(r"(?<!\w)(?:trong đó|gồm|cụ thể)(?!\w)|:")  # "10 chỉ tiêu, trong đó thu ngân sách tăng 10%"
_PLAN_HEAD = re.compile(rf"[-+*•– ]*{_words('plan_heads')}(?:,? (?:\w+|[-–])){{0,10}}:")
_ASKED = re.compile(rf", {_words('asked')}(?!\w)")
_FROM = re.compile(r"(?<!\w)từ(?: \w+)? $")
_STEPS = re.compile(rf"(?:[^\d;.]|m[23]){{0,24}} {any_form('measures', 'steps')} [^\d;.]{{0,8}}\d")
# "1.850 DN trên địa bàn sẽ chuyển sang hóa đơn điện tử".
_SHALL = re.compile(rf"(?: (?!và )[^\W\d]+){{1,6}} {_words('shall')}(?!\w)")
_BY_YEAR = re.compile(r"(?:đến|hết) năm ((?:19|20)\d\d)(?!\d)")
_DUE_BEFORE = re.compile(rf"(?<!\w){_words('due')} (?:ngày )?$")
# "Năm 2020 huyện được giao thu 260 tỷ đồng, 6 tháng thu được 123 tỷ đồng".
_NEW_CLAUSE = re.compile(r"[,;] ?(?:trong |riêng |qua |sau )?$")
_MUST = re.compile(r"(?<!\w)phải [^.;:,]{0,60}$")
_OVER = frozenset({"half", "quarter", "months", "month"})
_DUE = 12  # periods behind a number that may be a deadline
_FAR = 160  # characters before a number in which a verb may stand that governs it with others
_AFTER = 60  # characters after a number in which "sẽ" still speaks of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stands before a figure: results in its sentence, targets that go on from the sentence before."""

    results_end: int  # where the first figure of results in the sentence ends; -1: none is told
    targets: bool
    in_lead: bool
    at_meeting: bool
    is_counted: bool  # attendance and the like, not merely told at the occasion


class TargetReader:
    """Reads which figures of one normal text are targets, sentence by sentence."""

    def __init__(
        self,
        lower: str,
        context: FigureContext,
        named: PeriodReader,
        periods: Sequence[PeriodMention],
        days: Sequence[DateMention],
    ) -> None:
        self._lower = lower
        self._context = context
        self._named = named
        self._periods = periods
        self._period_starts = [mention.span.start for mention in periods]
        self._days = days
        self._day_starts = [day.span.start for day in days]
        self._sentence = Span(0, 0)
        self._cues = SentenceCues(lower, self._sentence)
        self._decided_end = -1
        self._goals_end = -1
        self._is_plan = False

    def enter(self, sentence: Span, cues: SentenceCues) -> None:
        """Begin a sentence with its cues."""
        self._sentence = sentence
        self._cues = cues
        decided = _DECIDED.search(self._lower, *sentence)
        self._decided_end = decided.end() if decided else -1
        self._goals_end = -1
        self._is_plan = _PLAN_HEAD.match(self._lower, *sentence) is not None

    def last_cue(self, at: int) -> int:
        """Where the last word of intent before ``at`` begins; a year that is over is none. -1: nowhere."""
        target = self._cues.last_before("target", at)
        while target >= 0 and (by_year := _BY_YEAR.match(self._lower, target)):
            last = self._context.last_day
            if last is None or date(int(by_year[1]), 12, 31) > last:
                return target
            target = self._cues.last_before("target", target)
        return target

    def is_target(self, number: Span, result: int, told: Told) -> bool:
        """Whether the number is wanted; ``result``: where the last word of results before it stands, -1: nowhere."""
        start = self._sentence.start
        target = self.last_cue(number.start)
        if 0 <= target < result and self._lower.startswith("báo cáo", result):
            result = -1  # "đề nghị các phường thường xuyên báo cáo": wanted, too
        if 0 <= told.results_end <= target and _ASKED.search(self._lower, max(start, target - 2), number.start):
            target = -1  # "tiến hành 214 cuộc thanh tra, yêu cầu truy thu …": what the checks led to
        if target < 0 and self._cues.stands_between("directing", start, number.start):
            target = self._cues.last_before("directed", number.start)
        if target < 0 and not told.in_lead and not told.is_counted:
            target = self._planned_before(number)
        if _SHALL.match(self._lower, number.end, min(self._sentence.end, number.end + _AFTER)):
            return True
        if self._is_due(number):
            return True
        if target >= 0 and self._is_told_since(target, number):
            return False
        if max(target, result) >= 0:
            return target > result
        if self._is_plan:
            return True
        # "… đề nghị … Bà A cho biết chợ hiện có 120 ô": who tells what there is wants nothing.
        discussed = self._cues.stands_between("discussed", start, number.start)
        return told.targets and not (
            told.at_meeting or discussed or self._cues.stands_between("sourced", start, number.start)
        )

    def is_duty(self, number: Span) -> bool:
        """Whether a rate or a time limit at ``number`` is laid upon somebody: "phải được giải quyết trong 60 ngày"."""
        return _MUST.search(self._lower, max(self._sentence.start, number.start - _FAR), number.start) is not None

    def is_to_come(self, period: Period | None) -> bool:
        """Whether a period begins after the last day that results can be of."""
        last = self._context.last_day
        return period is not None and last is not None and period.start > last

    def is_ahead(self, number: Span) -> bool:
        """Whether a word of intent or a time to come stands before the number in its own sentence."""
        return self.last_cue(number.start) >= 0 or self._planned_before(number) >= 0

    def is_resolved(self, noun: str | None, number: Span) -> bool:
        """Whether the meeting resolved to do it: goals that it sets, or what stands behind goals or resolutions."""
        start = self._sentence.start
        far = max(start, number.start - _FAR)
        if noun is not None and _GOAL.match(noun) and not _REACHED.search(self._lower, far, number.start):
            is_set = _SETTING.search(self._lower, far, number.start) is not None
            self._goals_end = number.end if is_set else -1
            return is_set
        if self._goals_end >= 0 and _NAMELY.search(self._lower, self._goals_end, number.start):
            return True
        return 0 <= self._decided_end <= number.start

    def is_stepped_from(self, number: Span) -> bool:
        """Whether the number is what a target starts from: "nâng tỷ lệ từ 38,6% lên 42%"."""
        return bool(
            _FROM.search(self._lower, max(self._sentence.start, number.start - 12), number.start)
            and _STEPS.match(self._lower, number.end, min(self._sentence.end, number.end + 40))
        )

    def is_given(self, number: Span) -> bool:
        """Whether a clause of its own gives it away: "ông A đề nghị …; ông B tặng Đại hội 01 bộ máy vi tính"."""
        clause = self._lower.rfind(";", max(self._sentence.start, number.start - _FAR), number.start)
        is_new = clause >= 0 and self._cues.last_before("target", number.start) < clause
        if not is_new or not self._cues.stands_between("giving", clause, number.start):
            return False
        return self._cues.stands_between("occasion", clause, number.start)

    def deadline(self, number: Span) -> Period | None:
        """The period named after the number, up to the end of its clause ("hoàn thành trong quý II/2024")."""
        end = self._clause_end(number)
        held = self._context.held_on
        at = bisect_left(self._period_starts, number.end)
        for mention in self._periods[at : at + _DUE]:
            if mention.span.start < end and mention.kind not in ("relative_year", "term"):
                return mention.resolve(held.start.year if held else None)
        return None

    def _clause_end(self, number: Span) -> int:
        return min(self._cues.first_after("clause", number.end) or self._sentence.end, self._sentence.end)

    def _is_due(self, number: Span) -> bool:
        """Whether the clause names a day after the meeting by which it is due: "trước ngày 15/2/2021"."""
        held = self._context.held_on
        end = self._clause_end(number)
        at = bisect_left(self._day_starts, number.end)
        for day in self._days[at : at + _DUE] if held else ():
            if day.span.start >= end:
                break
            if not _DUE_BEFORE.search(self._lower, max(number.end, day.span.start - 24), day.span.start):
                continue
            ends = day.resolve(held.end.year) if held else None
            last = (ends[0] if ends else day.date).end
            if last is not None and held is not None and last > held.end:
                return True
        return False

    def _is_told_since(self, target: int, number: Span) -> bool:
        """Whether a clause of its own, behind the word of intent, opens with a time that is over."""
        reviewed = self._context.reviewed
        named = self._named.named(number.start) if reviewed else []
        for mention in reversed(named):
            if mention.span.start < target:
                return False
            if reviewed and mention.year is None and any(_begins_after(earlier, reviewed) for earlier in named):
                return False  # "năm 2023, huyện đặt mục tiêu thu 400 tỷ đồng; quý I thu 100 tỷ đồng"
            opens = _NEW_CLAUSE.search(self._lower, target, mention.span.start)
            if opens and reviewed and mention.kind in _OVER and self._is_reviewed(mention, reviewed):
                return True
        return False

    def _planned_before(self, number: Span) -> int:
        """Where the sentence names a time inside the planned and outside the reviewed period; -1: nowhere."""
        planned, reviewed, held = self._context.planned, self._context.reviewed, self._context.held_on
        ahead = planned or held
        if ahead is None:
            return -1
        for mention in reversed(self._named.named(number.start)):
            if self._cues.stands_between("reported", mention.span.end, number.start):
                continue  # "hội nghị … nhiệm vụ 6 tháng cuối năm, ông A cho biết …"
            if self._lower.startswith((" qua", " vừa qua"), mention.span.end):
                return -1
            if reviewed is not None and self._named.is_length_of(mention, reviewed):
                return -1  # "trong 6 tháng" of a review of the second half
            period = mention.resolve(ahead.start.year)
            is_new = self._lower.endswith(" mới", 0, mention.span.end)  # "năm học mới" has not been
            if mention.year is None and not is_new and reviewed is not None and self._is_reviewed(mention, reviewed):
                continue  # "6 tháng đầu năm" said of the year under review
            if mention.more_years and mention.year is None and not is_new:
                period = mention.resolve(ahead.start.year - mention.more_years)  # "từ 15/12 đến 14/9"
            if period is None:
                continue
            is_past = held is not None and period.end <= held.end
            if is_past or period.start < ahead.start or (planned is None and held and period.start <= held.end):
                return -1
            if reviewed is None or period.start > reviewed.end:
                return mention.span.start
        return -1

    def _is_reviewed(self, mention: PeriodMention, reviewed: Period) -> bool:
        period = mention.resolve(reviewed.start.year)
        return period is not None and reviewed.start <= period.start and period.end <= reviewed.end


def _begins_after(mention: PeriodMention, reviewed: Period) -> bool:
    period = mention.resolve() if mention.year is not None else None
    return period is not None and period.start > reviewed.end
