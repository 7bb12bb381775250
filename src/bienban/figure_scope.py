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
from bienban.figure_periods import PeriodReader, Stretch
from bienban.figure_targets import TargetReader, Told
from bienban.lexicon import all_forms, alternation, load_lexicon, whole_words
from bienban.records import FigureStatus, Period, Span
from bienban.sentence_cues import SentenceCues

_ATTENDANCE = re.compile(rf"{alternation(all_forms('figure_scopes', 'attendance'))}(?!\w)")
_SUBMITTED = re.compile(rf"{alternation(all_forms('figure_scopes', 'submitted'))}(?!\w)")
_VOICES = re.compile(rf"{alternation(all_forms('figure_scopes', 'voices'))}(?!\w)")
_BALLOT = re.compile(rf"{whole_words(all_forms('figure_scopes', 'ballot'))}[^\d.;]{{0,40}}")
# "Kỳ họp sẽ thông qua 18 nghị quyết": to come, but at this meeting.
_AGENDA = re.compile(rf"(?<!\w){alternation(all_forms('figure_scopes', 'agenda'))}[^.;:,]{{0,30}}$")
_HEARD = re.compile(rf"(?<!\w){alternation(all_forms('figure_scopes', 'heard'))}(?: \w+)? $")
_STANDING_NOUN = re.compile(rf"{alternation(all_forms('figure_scopes', 'standing_nouns'))}(?!\w)")
_NOT_STANDING = tuple(f"{word} " for word in load_lexicon("figure_scopes")["standing"].fields["not_after"])
_STANDING_WORD = alternation(all_forms("figure_scopes", "standing"))
_NO_STANDING = alternation(load_lexicon("figure_scopes")["standing"].fields["not_before"])
_STANDING = re.compile(rf"(?<!\w){_STANDING_WORD}(?! {_NO_STANDING}(?!\w))(?:\W+\w+){{0,3}}\W*$")
# "Phấn đấu cả năm 2025 …" holds for all that follows, "điện thương phẩm cả năm 1.075 triệu kWh" for itself.
_WHOLE_YEAR = re.compile(r"(?:(?<!\w)(?:phấn đấu|mục tiêu|dự kiến)|[,;:]|^) ?cả năm(?: \d{4})?$")
_AT_PRESENT = re.compile(r"(?<!\w)hiện(?: nay)?(?: (?:chỉ|có|đang|mới|còn|là))* $")  # "hiện chỉ 50 triệu đồng/hộ"
_DECISION = re.compile(rf"(?<!\w)quyết định {alternation(all_forms('figure_scopes', 'decisions'))}(?!\w)[^.;:]*$")
_LIST_ITEM = re.compile(r"[-+*•–]|\d{1,2}[.)]")
_FIGURE = re.compile(r"[0-9]")
_JOINED = re.compile(r"(?: [^\W\d]+){1,4}(?:,| và|, và| cùng) [0-9.]+(?![0-9%])")
_NEAR = 4  # numbers of one list
_WIDE = 80  # characters before a number in which "cả năm" speaks of it
_AFTER = 60  # characters after a number in which "tham dự" still speaks of it


_HEADS = frozenset({"year", "half", "quarter", "months", "month", "school_year", "days"})
_REVIEWS = frozenset({"mid_term_review", "year_end_review"})
_LIMITS = frozenset({"day", "other:giờ", "other:phút"})
_DUTIES = frozenset({*_LIMITS, "other:lần"})  # "phải đối thoại 1 lần/quý"
_SPOKEN = frozenset({"dialogue", "consultation"})
_HELD_AT_MEETING = frozenset({"training", "award", "dissemination", "council_session"})


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
        self._told_target = scope.status == "target" and not draft.is_plan
        if scope.status == "result" and scope.period != self._context.held_on:
            self._told_result = True
            is_reviewed = scope.period is not None or self._context.reviewed is None
            if self._results_end < 0 and is_reviewed and not draft.is_plan:
                self._results_end = draft.span.end
        return scope

    def _read(self, draft: Draft) -> Scope:
        if draft.is_share and self._last is not None:
            return self._last
        number, noun, start = draft.quantity.number, draft.noun, self._sentence.start
        result = self._cues.last_before("result", number.start)
        at_meeting = self._at_meeting(number, noun)
        is_given_there = not at_meeting and self._is_given_there(number)
        at_meeting = at_meeting or is_given_there or self._is_decided(number)
        if (noun is not None and self._is_heard(noun, number)) or self._is_ballot(draft):
            return Scope("result", self._context.held_on)
        if self._is_reason(number, result):
            return Scope("result", None)
        goes_on = self._targets and not self._is_past(number)
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
            if _AGENDA.search(self._lower, max(start, number.start - _WIDE), number.start):
                return Scope("target", self._context.held_on)
            if explicit is None and self._context.planned is None:
                return Scope("target", self._aims.deadline(number) or self._term(draft))
            return Scope("target", explicit.period if explicit else self._context.planned)
        if at_meeting and not (explicit and (noun is None or (is_given_there and explicit.kind in ("until", "since")))):
            return Scope("result", self._context.held_on)
        if noun and _STANDING_NOUN.match(noun):
            return Scope("result", None)
        if explicit is not None and self._is_name_of_class(explicit, draft):
            return Scope("result", self._context.held_on)
        if explicit is not None:
            if self._last is None and explicit.span.end <= number.start and explicit.kind in _HEADS:
                self._told_head = explicit.period
            return Scope("result", explicit.period)
        if self._is_standing(draft):
            self._standing_end = draft.span.end
            return Scope("result", None)
        if self._discussing or self._cues.stands_between("discussed", start, number.start):
            return Scope("result", None)
        if self._in_lead and draft.unit == "count" and result < 0:
            is_made_of = self._lower.endswith("gồm ", 0, draft.span.start)  # "Khối thi đua số 5, gồm 9 ngân hàng, …"
            return Scope("result", None if is_made_of else self._context.held_on)
        if self._context.reviewed is None and self._is_of_event(draft):
            return Scope("result", self._context.held_on)
        return Scope("result", self._context.reviewed or self._head)

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

    def _is_of_event(self, draft: Draft) -> bool:
        """Whether a training, an award or the like counted it there; rates and what somebody reports it did not."""
        is_counted = draft.unit == "count" or draft.counted.startswith("thời gian")  # "thực hành chiếm 40% thời gian"
        if not is_counted or not _HELD_AT_MEETING & set(self._context.session_types):
            return False
        return not self._cues.stands_between("sourced", self._sentence.start, draft.quantity.number.start)

    def _is_name_of_class(self, named: Stretch, draft: Draft) -> bool:
        """ "mở lớp tập huấn nghiệp vụ năm 2023 cho 135 học viên": the year belongs to the name of what was held."""
        held, period = self._context.held_on, named.period
        if not self._in_lead or held is None or period is None or self._context.reviewed or named.kind != "year":
            return False
        return period.start <= held.start and held.end <= period.end and self._is_of_event(draft)

    def _is_standing(self, draft: Draft) -> bool:
        """Whether the number tells what there is at present, or goes on from one that does."""
        at = draft.quantity.span.start
        floor = max(self._sentence.start, draft.quantity.number.start - 40)
        found = _STANDING.search(self._lower, floor, draft.quantity.number.start)
        if found and not self._lower.endswith(("% ", *_NOT_STANDING), 0, found.start()):
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

    def _at_meeting(self, number: Span, noun: str | None) -> bool:
        start, end = self._sentence
        if noun is not None and self._is_counted_there(noun):
            return True
        cues = self._cues
        if cues.stands_between("reported", start, number.start):
            return False
        if cues.stands_between("meeting", start, number.start):
            return True
        # "hơn 200 đại biểu tham dự": up to the next number, and not after results in the same sentence.
        following = _FIGURE.search(self._lower, self._list_end(number), min(end, number.end + 2 * _AFTER))
        reach = following.start() if following else min(end, number.end + _AFTER)
        return not self._told_result and cues.stands_between("meeting", number.end, reach)

    def _list_end(self, number: Span) -> int:
        """Where the list that a number opens has its last number: "3 tập thể và 5 cá nhân được tặng bằng khen"."""
        end = number.end
        for _ in range(_NEAR):
            joined = _JOINED.match(self._lower, end, self._sentence.end)
            if joined is None:
                break
            end = joined.end()
        return end

    def _is_given_there(self, number: Span) -> bool:
        """Whether the sentence names the occasion and what was given, heard or passed there."""
        start, end = self._sentence
        cues = self._cues
        if cues.stands_between("reported", start, number.start) or cues.stands_between(
            "discussed", start, number.start
        ):
            return False
        return cues.stands_between("award", start, min(end, number.end + _AFTER)) and cues.stands_between(
            "occasion", start, end
        )

    def _is_decided(self, number: Span) -> bool:
        """Whether the meeting itself decided it, where nothing is reviewed: "quyết định khai trừ 2 đảng viên"."""
        if self._context.reviewed is not None or self._context.held_on is None:
            return False
        return _DECISION.search(self._lower, self._sentence.start, number.start) is not None

    def _is_ballot(self, draft: Draft) -> bool:
        number = draft.quantity.number
        if draft.unit != "percent" and not (draft.noun or "").startswith("phiếu"):
            return False
        before = max(self._sentence.start, number.start - 40)
        after = min(self._sentence.end, number.end + 40)
        return bool(_BALLOT.search(self._lower, before, number.start) or _BALLOT.search(self._lower, number.end, after))

    def _is_counted_there(self, noun: str) -> bool:
        if _ATTENDANCE.match(noun) or ("council_session" in self._context.session_types and _SUBMITTED.match(noun)):
            return True
        return bool(_SPOKEN & set(self._context.session_types)) and _VOICES.match(noun) is not None

    def _is_heard(self, noun: str, number: Span) -> bool:
        """ "Đề nghị tiếp thu 27 lượt ý kiến": they were voiced at the meeting."""
        start = max(self._sentence.start, number.start - 24)
        return _VOICES.match(noun) is not None and _HEARD.search(self._lower, start, number.start) is not None

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
        is_wider = found.period != own and found.period.start <= own.start and own.end <= found.period.end
        if is_wider and not self._whole_year(number, found):
            return Stretch(found.span, own, found.kind)  # "Năm 2025" in a review of nine months
        return found

    def _whole_year(self, number: Span, found: Stretch) -> bool:
        if _WHOLE_YEAR.search(self._lower, max(self._sentence.start, found.span.end - _WIDE), found.span.end):
            return True
        return "cả năm" in self._lower[max(self._sentence.start, number.start - _WIDE) : number.start]
