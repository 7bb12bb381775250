"""Of what time a figure speaks: result or target, and its period.

A target stands after a word of intent ("phấn đấu", "dự kiến"); what is counted at the meeting itself
(attendance, votes, awards) has the days of the meeting; a period that the sentence names wins over the
period under review; size of the unit has none.

Not here: the words (``lexicon/figure_scopes.yml``), how a meeting's periods are found.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bienban.dates import DateMention, PeriodMention
from bienban.figure_meeting import FigureContext, Known
from bienban.figure_nouns import Draft
from bienban.figure_occasion import OccasionReader
from bienban.figure_periods import PeriodReader, Stretch
from bienban.figure_targets import TargetReader, Told
from bienban.lexicon import alternation, any_form, load_lexicon
from bienban.records import FigureStatus, Period, Span
from bienban.sentence_cues import SentenceCues

# "Kỳ họp sẽ thông qua 18 nghị quyết": to come, but at this meeting.
_AGENDA = re.compile(rf"(?<!\w){any_form('figure_scopes', 'agenda')}[^.;:,]{{0,30}}$")
_STANDING_NOUN = re.compile(rf"{any_form('figure_scopes', 'standing_nouns')}(?!\w)")
_DONE_TO = tuple(f"{word} " for word in load_lexicon("figure_scopes")["standing_nouns"].fields["not_after"])
_NOT_STANDING = tuple(f"{word} " for word in load_lexicon("figure_scopes")["standing"].fields["not_after"])
_STANDING_WORD = any_form("figure_scopes", "standing")
_NO_STANDING = alternation(load_lexicon("figure_scopes")["standing"].fields["not_before"])
_STANDING = re.compile(rf"(?<!\w){_STANDING_WORD}(?! {_NO_STANDING}(?!\w))(?:\W+\w+){{0,3}}\W*$")
# "Phấn đấu cả năm 2025 …" holds for all that follows, "điện thương phẩm cả năm 1.075 triệu kWh" for itself.
_WHOLE_YEAR = re.compile(r"(?:(?<!\w)(?:phấn đấu|mục tiêu|dự kiến)|[,;:]|^) ?cả năm(?: \d{4})?$")
_HAS = re.compile(rf"(?:toàn )?{any_form('figure_scopes', 'having')} có (?:\w+ )?$")
# "năm 2024 tỉnh được bố trí tổng vốn 1.148 tỷ đồng": for the whole of it.
_GRANTED = re.compile(r"(?<!\w)được (?:bố trí|phân bổ|giao|cấp)(?!\w)")
_AT_PRESENT = re.compile(r"(?<!\w)hiện(?: nay)?(?: (?:chỉ|có|đang|mới|còn|là))* $")  # "hiện chỉ 50 triệu đồng/hộ"
_TURNING = re.compile(rf"\W*{any_form('figure_occasions', 'turning')}(?!\w)")
_LIST_ITEM = re.compile(r"[-+*•–]|\d{1,2}[.)]")
_WIDE = 80  # characters before a number in which "cả năm" speaks of it


_HEADS = frozenset({"year", "half", "quarter", "months", "month", "school_year", "days"})
_REVIEWS = frozenset({"mid_term_review", "year_end_review"})
_LIMITS = frozenset({"day", "other:giờ", "other:phút"})
_DUTIES = frozenset({*_LIMITS, "other:lần"})  # "phải đối thoại 1 lần/quý"


@dataclass(frozen=True, slots=True)
class Scope:
    """Status and period of one figure."""

    status: FigureStatus
    period: Period | None


class ScopeReader:
    """Reads scopes in reading order; it remembers whether a paragraph or list has turned to targets."""

    def __init__(
        self,
        lower: str,
        context: FigureContext,
        periods: Sequence[PeriodMention],
        days: Sequence[DateMention],
    ) -> None:
        self._lower = lower
        self._context = context
        self._named = PeriodReader(lower, periods, days, context.last_day)
        self._aims = TargetReader(lower, context, self._named, periods, days)
        self._occasion = OccasionReader(lower, context)
        self._reviewed = Known(context.held_on, context.reviewed, is_target=False)
        self._planned = Known(context.held_on, context.planned, is_target=True)
        self._sentence = Span(0, 0)
        self._cues = SentenceCues(lower, self._sentence)
        self._targets = False
        self._list_targets = False
        self._told_result = False
        self._results_end = -1
        self._told_target = False
        self._standing_end = 0
        self._last: Scope | None = None
        self._last_end = 0
        self._head: Period | None = None  # what an earlier sentence of the paragraph opens with
        self._told_head: Period | None = None
        self._in_lead = False
        self._discussing = False

    def enter_paragraph(self, span: Span, kind: str) -> None:
        """Begin a paragraph: targets go on only inside a list that a target sentence opened."""
        is_item = _LIST_ITEM.match(self._lower, span.start) is not None
        self._targets = self._list_targets and is_item
        if not is_item:
            self._list_targets = False
        is_review = _REVIEWS & set(self._context.session_types)
        self._head = self._told_head = None
        self._in_lead = kind == "lead" or (kind == "title" and not is_review)
        self._discussing = False

    def enter_sentence(self, span: Span) -> None:
        """Begin a sentence; call ``leave_sentence`` after its figures."""
        self._sentence = span
        self._cues = SentenceCues(self._lower, span)
        self._told_result = False
        self._results_end = -1
        self._told_target = False
        self._standing_end = 0
        self._last = None
        self._head = self._told_head
        self._named.enter(span)
        self._aims.enter(span, self._cues)
        self._occasion.enter(span, self._cues, self._in_lead)
        if not self._list_targets and _TURNING.match(self._lower, *span):
            self._targets = False

    def leave_sentence(self) -> None:
        """Carry the sentence's last turn, result or target, to the next one."""
        start, end = self._sentence
        if self._cues.stands_between("discussed", start, end):
            self._discussing = True  # the answer goes on to the paragraph's end
        elif self._cues.stands_between("directing", start, end):
            self._discussing = False
        target, result = self._aims.last_cue(end), self._cues.last_before("result", end)
        if target > result or (self._told_target and result < 0):
            self._targets = True
            self._list_targets = self._list_targets or self._lower[max(start, end - 4) : end].rstrip().endswith(":")
        elif result >= 0 or self._cues.stands_between("meeting", start, end):
            self._targets = False

    def read(self, draft: Draft) -> Scope:
        """The scope of a figure of the current sentence; call in reading order."""
        scope = self._last = self._read(draft)
        self._last_end = draft.span.end
        self._told_target = scope.status == "target" and not draft.is_plan
        if scope.status == "result" and scope.period != self._context.held_on:
            self._told_result = True
            is_reviewed = scope.period is not None or self._context.reviewed is None
            if self._results_end < 0 and is_reviewed and not draft.is_plan:
                self._results_end = draft.span.end
        return scope

    def _read(self, draft: Draft) -> Scope:
        if self._last is not None and (draft.is_share or self._is_of_heard(draft)):
            return self._last
        number, noun, start = draft.quantity.number, draft.noun, self._sentence.start
        own = self._context.reviewed
        result = self._cues.last_before("result", number.start)
        if self._occasion.is_settled(draft):
            return Scope("result", self._context.held_on)
        at_meeting = self._occasion.is_counted(number, noun, self._told_result)
        is_given_there = not at_meeting and self._occasion.is_given(number)
        at_meeting = at_meeting or is_given_there or self._occasion.is_party(draft, self._told_result)
        if self._is_reason(number, result):
            return Scope("result", None)
        goes_on = self._targets and not self._standing_end and not self._is_past(number)
        told = Told(
            results_end=self._results_end,
            targets=goes_on,
            in_lead=self._in_lead,
            at_meeting=at_meeting,
            is_counted=at_meeting and not is_given_there,
        )
        is_target = self._aims.is_target(number, result, told)
        if draft.low == draft.high and self._aims.is_stepped_from(number):
            is_target = False
        if draft.unit in _DUTIES and not self._told_result and self._aims.is_duty(number):
            is_target = True
        if is_target and self._is_at_present(number):
            return Scope("result", None)
        if draft.is_plan and not self._aims.is_ahead(number):
            return Scope("target", self._plan_of(draft))
        if self._aims.is_resolved(noun, number):
            is_target, at_meeting = True, False
        if is_target and self._aims.is_given(number):
            return Scope("result", self._context.held_on)
        explicit = self._explicit(draft, is_target)
        if explicit and not is_target and self._aims.is_to_come(explicit.period):
            is_target = True  # "kết nạp 120 đảng viên trong năm tới"
        if is_target:
            if self._is_next_item(number):
                return self._last or Scope("target", None)
            if _AGENDA.search(self._lower, max(start, number.start - _WIDE), number.start):
                return Scope("target", self._occasion.agenda)
            if explicit is None and self._context.planned is None:
                return Scope("target", self._aims.deadline(number) or self._term(draft))
            return Scope("target", explicit.period if explicit else self._context.planned)
        if self._occasion.is_passed(draft) and explicit is None and not self._told_result:
            return Scope("result", self._context.held_on)
        if at_meeting and not (explicit and (noun is None or (is_given_there and explicit.kind in ("until", "since")))):
            return Scope("result", self._context.held_on)
        if noun and _STANDING_NOUN.match(noun) and not self._lower.endswith(_DONE_TO, start, draft.span.start):
            return Scope("result", None)
        if explicit is not None and explicit.kind == "relative_year" and own is None and self._is_discussed(number):
            return Scope("result", None)  # "học phí năm nay là 4,1 triệu đồng"
        if explicit is not None and self._is_name_of_class(explicit, draft):
            return Scope("result", self._context.held_on)
        if explicit is not None:
            if self._last is None and explicit.span.end <= number.start and explicit.kind in _HEADS:
                self._told_head = explicit.period
            return Scope("result", explicit.period)
        if self._is_standing(draft):
            self._standing_end = draft.span.end
            return Scope("result", None)
        if self._is_discussed(number):
            return Scope("result", None)
        if self._in_lead and draft.unit == "count" and result < 0:
            is_made_of = self._lower.endswith("gồm ", 0, draft.span.start)  # "Khối thi đua số 5, gồm 9 ngân hàng, …"
            return Scope("result", None if is_made_of else self._context.held_on)
        if self._occasion.is_weighed(draft) or (self._context.reviewed is None and self._occasion.is_of_event(draft)):
            return Scope("result", self._context.held_on)
        return Scope("result", self._context.reviewed or self._head)

    def _is_next_item(self, number: Span) -> bool:
        """Whether it goes on in the agenda: "Kỳ họp sẽ thông qua 31 nghị quyết, lấy phiếu tín nhiệm 27 người"."""
        held, last = self._context.held_on, self._last
        if held is None or last is None or last != Scope("target", held):
            return False
        return not self._cues.stands_between("clause", self._last_end, number.start)

    def _is_of_heard(self, draft: Draft) -> bool:
        """ "23 lượt ý kiến của 18/64 người có uy tín": whose what was counted at the meeting is."""
        is_there = self._last is not None and self._last.period == self._context.held_on
        return is_there and draft.unit == "count" and self._lower.endswith(" của ", 0, draft.span.start)

    def _is_discussed(self, number: Span) -> bool:
        return self._discussing or self._cues.stands_between("discussed", self._sentence.start, number.start)

    def _is_past(self, number: Span) -> bool:
        """Whether the sentence names a time that is over: what was wanted before it goes on no more."""
        found, last = self._named.before(number.start, self._reviewed), self._context.last_day
        return bool(found and found.period and last and found.period.end <= last)

    def _plan_of(self, draft: Draft) -> Period | None:
        """Of what time a plan in brackets speaks: what is reviewed, or the whole year ("chỉ tiêu năm 90 đảng viên")."""
        own = self._context.reviewed
        start = draft.quantity.span.start
        if own is None or own.start.year != own.end.year or " năm" not in self._lower[max(0, start - 24) : start]:
            return own
        return Period(start=own.start.replace(month=1, day=1), end=own.end.replace(month=12, day=31))

    def _is_name_of_class(self, named: Stretch, draft: Draft) -> bool:
        """ "mở lớp tập huấn nghiệp vụ năm 2023 cho 135 học viên": the year belongs to the name of what was held."""
        held, period = self._context.held_on, named.period
        if not self._in_lead or held is None or period is None or self._context.reviewed or named.kind != "year":
            return False
        return period.start <= held.start and held.end <= period.end and self._occasion.is_of_event(draft)

    def _is_standing(self, draft: Draft) -> bool:
        """Whether the number tells what there is at present, or goes on from one that does."""
        at, number = draft.quantity.span.start, draft.quantity.number
        floor = max(self._sentence.start, number.start - 40)
        found = _STANDING.search(self._lower, floor, number.start)
        if found and not self._lower.endswith(("% ", *_NOT_STANDING), 0, found.start()):
            return True
        if self._context.reviewed is None and _HAS.match(self._lower, self._sentence.start, number.start):
            self._head = self._told_head = None  # "Tỉnh có 19.300 ha cây ăn trái": of no period, nor what follows
            return True
        if not self._standing_end or ";" in self._lower[self._standing_end : at]:
            return False
        return not self._cues.stands_between("result", self._standing_end, at)

    def _is_at_present(self, number: Span) -> bool:
        """Whether the number is what there is beside what is wanted: "mong vay 100 triệu, hiện chỉ 50 triệu"."""
        found = _AT_PRESENT.search(self._lower, max(self._sentence.start, number.start - 24), number.start)
        return found is not None and not self._lower.endswith(_NOT_STANDING, 0, found.start())

    def _is_reason(self, number: Span, result: int) -> bool:
        """Whether the number gives the reason of a wish: "đề nghị bổ sung bác sĩ vì cả xã mới có 2 bác sĩ"."""
        target = self._cues.last_before("target", number.start)
        target = max(target, self._cues.last_before("asked", number.start))
        return target > result and self._cues.stands_between("reason", target, number.start)

    def _term(self, draft: Draft) -> Period | None:
        """The term that a plan speaks of; a time limit ("trong 7 ngày") has none."""
        return None if draft.unit in _LIMITS else self._named.term_after(self._context.held_on)

    def _explicit(self, draft: Draft, is_target: bool) -> Stretch | None:
        """The period that the sentence names for the figure, before it or directly behind it."""
        known = self._planned if is_target else self._reviewed
        number, own = draft.quantity.number, known.own
        found = self._named.before(number.start, known)
        if found and not is_target and found.period and found.period == self._context.planned:
            found = Stretch(found.span, None, "topic")
        # "gấp 3 lần quý IV/2025", "bằng 50% tháng 6" compare.
        if draft.unit != "other:lần" and not self._lower.endswith("bằng ", 0, draft.span.start):
            found = self._named.behind(draft.span.end, known) or found
        if found and found.kind == "topic":
            return None  # "hội nghị … triển khai nhiệm vụ 6 tháng cuối năm, ông A cho biết …": the meeting's own topic
        if found is None or found.period is None or own is None or found.kind not in ("year", "relative_year"):
            return found
        is_this_year = found.kind == "relative_year" and own.start.year < own.end.year and own.end <= found.period.end
        if is_this_year:
            return Stretch(found.span, own, found.kind)  # "năm nay" in a review of a school year
        # "tăng trưởng năm nay 6 - 6,5%": the year stands against the number.
        if is_target and draft.span.start - found.span.end <= 1:
            return found
        is_wider = found.period != own and found.period.start <= own.start and own.end <= found.period.end
        if is_wider and not self._whole_year(number, found, is_target):
            return Stretch(found.span, own, found.kind)  # "Năm 2025" in a review of nine months
        return found

    def _whole_year(self, number: Span, found: Stretch, is_target: bool) -> bool:
        if _WHOLE_YEAR.search(self._lower, max(self._sentence.start, found.span.end - _WIDE), found.span.end):
            return True
        if not is_target and _GRANTED.search(self._lower, found.span.end, number.start):
            return True
        return "cả năm" in self._lower[max(self._sentence.start, number.start - _WIDE) : number.start]
