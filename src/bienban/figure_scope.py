"""Of what time a figure speaks: result or target, and its period.

A target stands after a word of intent ("phấn đấu", "dự kiến"); what is counted at the meeting itself
(attendance, votes, awards) has the days of the meeting; a period that the sentence names wins over the
period under review; size of the unit has none.

Not here: the words (``lexicon/figure_scopes.yml``), how a meeting's periods are found.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from bienban.figure_drafts import Draft
from bienban.lexicon import all_forms, alternation
from bienban.periods import PeriodMention
from bienban.records import FigureStatus, Period, Span
from bienban.sentence_cues import SentenceCues

_ATTENDANCE = re.compile(rf"{alternation(all_forms('figure_scopes', 'attendance'))}(?!\w)")
_VOICES = re.compile(rf"{alternation(all_forms('figure_scopes', 'voices'))}(?!\w)")
_STANDING_NOUN = re.compile(rf"{alternation(all_forms('figure_scopes', 'standing_nouns'))}(?!\w)")
_STANDING = re.compile(rf"(?<!\w){alternation(all_forms('figure_scopes', 'standing'))}(?:\W+\w+){{0,3}}\W*$")
_COMPARED = re.compile(rf"(?<!\w){alternation(all_forms('figure_scopes', 'compared'))}(?: \w+){{0,2}} $")
_LIST_ITEM = re.compile(r"[-+*•–]|\d{1,2}[.)]")
_OPENING = 30  # characters in which a period at the head of a sentence begins: it holds to the end
_FIGURE = re.compile(r"[0-9]")
_NEAR = 12  # periods looked at around a number
_WIDE = 80  # characters before a number in which "cả năm" speaks of it
_AFTER = 60  # characters after a number in which "tham dự" still speaks of it


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureContext:
    """What the meeting says about its figures; None where the text is silent.

    ``held_on``: first and last day, only when known to the day. ``session_types``: of such meetings as
    trainings and awards everything counted was counted there.
    """

    held_on: Period | None = None
    reviewed: Period | None = None
    planned: Period | None = None
    session_types: tuple[str, ...] = ()


_SPOKEN = frozenset({"dialogue", "consultation"})
_HELD_AT_MEETING = frozenset({"training", "award", "dissemination"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Status and period of one figure."""

    status: FigureStatus
    period: Period | None


class ScopeReader:
    """Reads scopes in reading order; it remembers whether a paragraph or list has turned to targets."""

    def __init__(self, lower: str, context: FigureContext, periods: Sequence[PeriodMention]) -> None:
        self._lower = lower
        self._context = context
        self._periods = periods
        self._period_starts = [mention.span.start for mention in periods]
        self._first_period = 0
        self._sentence = Span(0, 0)
        self._cues = SentenceCues(lower, self._sentence)
        self._targets = False
        self._list_targets = False
        self._told_result = False
        self._in_lead = False

    def enter_paragraph(self, span: Span, kind: str) -> None:
        """Begin a paragraph: targets go on only inside a list that a target sentence opened."""
        is_item = _LIST_ITEM.match(self._lower, span.start) is not None
        self._targets = self._list_targets and is_item
        if not is_item:
            self._list_targets = False
        self._in_lead = kind in ("lead", "title")

    def enter_sentence(self, span: Span) -> None:
        """Begin a sentence; call ``leave_sentence`` after its figures."""
        self._sentence = span
        self._cues = SentenceCues(self._lower, span)
        self._told_result = False
        self._first_period = bisect_left(self._period_starts, span.start)

    def leave_sentence(self) -> None:
        """Carry the sentence's last turn, result or target, to the next one."""
        start, end = self._sentence
        target, result = self._cues.last_before("target", end), self._cues.last_before("result", end)
        if target > result:
            self._targets = True
            self._list_targets = self._list_targets or self._lower[max(start, end - 4) : end].rstrip().endswith(":")
        elif result >= 0 or self._cues.stands_between("meeting", start, end):
            self._targets = False

    def read(self, draft: Draft) -> Scope:
        """The scope of a figure of the current sentence; call in reading order."""
        scope = self._read(draft)
        self._told_result = self._told_result or (scope.status == "result" and scope.period != self._context.held_on)
        return scope

    def _read(self, draft: Draft) -> Scope:
        if draft.is_plan:
            return Scope("target", self._context.reviewed)
        number, noun, start = draft.quantity.number, draft.noun, self._sentence.start
        result = self._cues.last_before("result", number.start)
        at_meeting = self._at_meeting(number, noun)
        is_target = self._is_target(number, result, at_meeting)
        explicit = self._explicit(number, is_target)
        if is_target:
            if explicit is None and self._context.planned is None:
                explicit = self._deadline(number)
            return Scope("target", explicit or self._context.planned)
        if at_meeting and not (explicit and noun is None):
            return Scope("result", self._context.held_on)
        if explicit is not None:
            return Scope("result", explicit)
        if _STANDING.search(self._lower, max(start, number.start - 40), number.start):
            return Scope("result", None)
        if self._cues.stands_between("discussed", start, number.start) or (noun and _STANDING_NOUN.match(noun)):
            return Scope("result", None)
        if self._in_lead and draft.unit == "count" and result < 0:
            return Scope("result", self._context.held_on)
        if self._context.reviewed is None and _HELD_AT_MEETING & set(self._context.session_types):
            return Scope("result", self._context.held_on)
        return Scope("result", self._context.reviewed)

    def _is_target(self, number: Span, result: int, at_meeting: bool) -> bool:
        start = self._sentence.start
        target = self._cues.last_before("target", number.start)
        if target < 0 and self._cues.stands_between("directing", start, number.start):
            target = self._cues.last_before("directed", number.start)
        if target < 0 and not self._in_lead and not at_meeting:
            target = self._planned_before(number)
        if max(target, result) >= 0:
            return target > result
        return self._targets and not at_meeting

    def _planned_before(self, number: Span) -> int:
        """Where the sentence names a time inside the planned and outside the reviewed period; -1: nowhere."""
        planned, reviewed = self._context.planned, self._context.reviewed
        if planned is None:
            return -1
        for mention in self._named(number):
            period = mention.resolve(planned.start.year)
            if mention.year is None and reviewed is not None and self._is_reviewed(mention, reviewed):
                continue  # "6 tháng đầu năm" said of the year under review
            held = self._context.held_on
            is_past = period is not None and held is not None and period.end <= held.end
            if period is None or is_past or period.start < planned.start:
                continue
            if reviewed is None or period.start > reviewed.end:
                return mention.span.start
        return -1

    def _is_reviewed(self, mention: PeriodMention, reviewed: Period) -> bool:
        period = mention.resolve(reviewed.start.year)
        return period is not None and reviewed.start <= period.start and period.end <= reviewed.end

    def _deadline(self, number: Span) -> Period | None:
        """The period named after the number, up to the end of its clause ("hoàn thành trong quý II/2024")."""
        end = self._cues.first_after("clause", number.end) or self._sentence.end
        held = self._context.held_on
        at = bisect_left(self._period_starts, number.end)
        for mention in self._periods[at : at + _NEAR]:
            if mention.span.start < min(end, self._sentence.end) and mention.kind not in ("relative_year", "term"):
                return mention.resolve(held.start.year if held else None)
        return None

    def _named(self, number: Span) -> list[PeriodMention]:
        """Periods that the sentence names before the number and that still hold there; the nearest last."""
        start = self._sentence.start
        at = bisect_left(self._period_starts, number.start)
        named = []
        for mention in self._periods[max(self._first_period, at - _NEAR) : at]:
            if mention.kind == "relative_year" and mention.year_offset != 0:
                continue
            if _COMPARED.search(self._lower, max(start, mention.span.start - 24), mention.span.start):
                continue
            opens = mention.span.start - start < _OPENING
            if opens or not self._cues.stands_between("clause", mention.span.end, number.start):
                named.append(mention)
        return named

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
        following = _FIGURE.search(self._lower, number.end, min(end, number.end + _AFTER))
        reach = following.start() if following else min(end, number.end + _AFTER)
        if not self._told_result and cues.stands_between("meeting", number.end, reach):
            return True
        return cues.stands_between("award", start, min(end, number.end + _AFTER)) and cues.stands_between(
            "occasion", start, end
        )

    def _is_counted_there(self, noun: str) -> bool:
        if _ATTENDANCE.match(noun):
            return True
        return bool(_SPOKEN & set(self._context.session_types)) and _VOICES.match(noun) is not None

    def _explicit(self, number: Span, is_target: bool) -> Period | None:
        """The period that the sentence names before the number, resolved from the meeting's own years."""
        known = self._context.planned if is_target else self._context.reviewed
        day = known or self._context.held_on
        found = None
        for mention in self._named(number):
            found = mention.resolve(day.start.year if day else None) or found
        if found is not None and known is not None and found.start <= known.start and known.end <= found.end:
            return known if found != known and not self._whole_year(number) else found
        return found

    def _whole_year(self, number: Span) -> bool:
        return "cả năm" in self._lower[max(self._sentence.start, number.start - _WIDE) : number.start]
