"""What is counted at the meeting itself: who attended, votes, voices, awards, what it weighed and decided.

Not here: the words (``lexicon/figure_scopes.yml``, ``figure_occasions.yml``), what that means for status and period
(``figure_scope.py``).
"""

import re
from functools import partial

from bienban.figure_meeting import FigureContext
from bienban.figure_nouns import Draft
from bienban.lexicon import all_forms, any_form, whole_words
from bienban.records import Period, Span
from bienban.sentence_cues import SentenceCues

_words = partial(any_form, "figure_scopes")
_occasions = partial(any_form, "figure_occasions")
_ATTENDANCE = re.compile(rf"{_words('attendance')}(?!\w)")
_SUBMITTED = re.compile(rf"{_words('submitted')}(?!\w)")
_VOICES = re.compile(rf"{_words('voices')}(?!\w)")
_BALLOT = re.compile(rf"{whole_words(all_forms('figure_scopes', 'ballot'))}[^\d.;]{{0,40}}")
_HEARD = re.compile(rf"(?<!\w){_words('heard')}(?: \w+)? $")
_DECISION = re.compile(rf"(?<!\w){_occasions('deciding')}(?: [^\W\d]+){{0,5}}? {_occasions('decisions')}(?!\w)[^.;:]*$")
_PROPOSAL = re.compile(
    rf"(?<!\w){_occasions('deciding')} đề nghị(?: [^\W\d]+){{0,5}}? {_occasions('decisions')}(?!\w)[^.;:]*$"
)
# "97,5% đảng viên được triệu tập có mặt", "9 cử tri phát biểu": in the number's own clause.
_ACTING = re.compile(rf"%?(?:,? (?!và )[^\W\d]+){{0,6}}? {_occasions('acting')}(?!\w)")
_POINTS = re.compile(rf"{_occasions('points')}(?!\w)")
_RAISING = re.compile(rf"(?<!\w){_occasions('raising')}(?: [^\W\d]+){{0,3}} $")
_ROUTINE = re.compile(rf"{whole_words(all_forms('figure_occasions', 'routine'))}|(?<!\w)đã [^,;:.]{{0,40}}$")
_WEIGHING = re.compile(rf"(?<!\w){_occasions('weighing')}(?: [^\W\d]+){{0,8}} $")
# "tổ chức hội nghị giao ban quý III với 148 xã, phường".
_FOR_THEM = re.compile(r"(?<!\w)(?:cho|với|thu hút)(?: [^\W\d]+)? $")
_RECEIVED = re.compile(r"(?<!\w)(?:tiếp )?nhận(?: được)? $")
_WITH = re.compile(rf"(?<!\w){_occasions('meeting_nouns')}(?!\w)[^.;:()]*? {_occasions('with')}(?: [^\W\d]+){{0,3}} $")
_FIGURE = re.compile(r"[0-9]")
_JOINED = re.compile(r"(?: [^\W\d]+){1,4}(?:,| và|, và| cùng) [0-9.]+(?![0-9%])")
_NEAR = 4  # numbers of one list
_AFTER = 60  # characters after a number in which "tham dự" still speaks of it
_TO_VERB = 60  # characters before a number in which the verb stands that it is the object of
_TO_MEETING = 200  # characters before a number in which the meeting is named that it belongs to
_SPOKEN = frozenset({"dialogue", "consultation"})
_HELD_AT_MEETING = frozenset({"training", "award", "dissemination", "council_session"})


class OccasionReader:
    """Reads which figures of one normal text were counted at the meeting, sentence by sentence."""

    def __init__(self, lower: str, context: FigureContext) -> None:
        self._lower = lower
        self._context = context
        self._kinds = set(context.session_types)
        self._sentence = Span(0, 0)
        self._cues = SentenceCues(lower, self._sentence)
        self._in_lead = False

    def enter(self, sentence: Span, cues: SentenceCues, in_lead: bool) -> None:
        """Begin a sentence with its cues; ``in_lead``: it tells the meeting itself."""
        self._sentence = sentence
        self._cues = cues
        self._in_lead = in_lead

    def is_counted(self, number: Span, noun: str | None, told_result: bool) -> bool:
        """Whether the words around the number count it there; ``told_result``: its sentence told results before."""
        start, end = self._sentence
        if noun is not None and self._is_counted_there(noun):
            return not (self._is_from_before(number) or (told_result and self._is_of_result(number)))
        if not told_result and self._acts(number):
            return True
        cues = self._cues
        if cues.stands_between("reported", start, number.start):
            return False
        if cues.stands_between("meeting", start, number.start):
            return True
        # "hơn 200 đại biểu tham dự": up to the next number, and not after results in the same sentence.
        following = _FIGURE.search(self._lower, self._list_end(number), min(end, number.end + 2 * _AFTER))
        reach = following.start() if following else min(end, number.end + _AFTER)
        return not told_result and cues.stands_between("meeting", number.end, reach)

    def is_given(self, number: Span) -> bool:
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

    def is_settled(self, draft: Draft) -> bool:
        """Whether the meeting heard, voted or decided it, whatever else the sentence wants or reports."""
        noun, number = draft.noun, draft.quantity.number
        if self._is_decided(number) or self._is_ballot(draft):
            return True
        if noun is None:
            return False
        before = max(self._sentence.start, number.start - _TO_VERB)
        if _VOICES.match(noun) and _HEARD.search(self._lower, max(before, number.start - 24), number.start):
            return True  # "đề nghị tiếp thu 27 lượt ý kiến"
        if self._context.reviewed is not None and _ROUTINE.search(self._lower, self._sentence.start, draft.span.start):
            return False  # "trong năm, Mặt trận đã nêu 12 kiến nghị"
        return _POINTS.match(noun) is not None and _RAISING.search(self._lower, before, draft.span.start) is not None

    def is_weighed(self, draft: Draft) -> bool:
        """Whether a meeting that reviews nothing looked into it, or gave it away."""
        if self._context.reviewed is not None or self._cues.stands_between(
            "sourced", self._sentence.start, draft.quantity.number.start
        ):
            return False
        start = draft.quantity.number.start
        if self._cues.stands_between("giving", self._sentence.start, start):
            return True
        return (
            _WEIGHING.search(self._lower, max(self._sentence.start, start - 2 * _TO_VERB), draft.span.start) is not None
        )

    @property
    def agenda(self) -> Period | None:
        """The days of coming items: this meeting's, or nobody's where voters hear of another one."""
        return None if _SPOKEN & self._kinds else self._context.held_on

    def is_passed(self, draft: Draft) -> bool:
        """Whether a session passed it: "HĐND quận thông qua 11 nghị quyết"."""
        if "council_session" not in self._kinds or draft.noun is None or not draft.noun.startswith("nghị quyết"):
            return False
        start = draft.quantity.span.start
        return self._lower.endswith(("thông qua ", "ban hành "), self._sentence.start, start)

    def is_of_event(self, draft: Draft) -> bool:
        """Whether a training, an award or the like counted it there; rates and what somebody reports it did not."""
        is_counted = draft.unit == "count" or draft.counted.startswith("thời gian")  # "thực hành chiếm 40% thời gian"
        if not is_counted or not _HELD_AT_MEETING & self._kinds:
            return False
        return not self._cues.stands_between("sourced", self._sentence.start, draft.quantity.number.start)

    def is_party(self, draft: Draft, told_result: bool) -> bool:
        """Whether the lead names it with the meeting: "tổ chức giao ban quý III với 148 xã, phường"."""
        if not self._in_lead or told_result or draft.unit != "count":
            return False
        start = draft.quantity.span.start
        return _WITH.search(self._lower, max(self._sentence.start, start - _TO_MEETING), start) is not None

    def _is_from_before(self, number: Span) -> bool:
        """ "Trước đó, nhà trường nhận 187 ý kiến qua biểu mẫu": voiced before the meeting."""
        first = self._sentence.start
        return (
            self._lower.startswith("trước đó", first) and _RECEIVED.search(self._lower, first, number.start) is not None
        )

    def _is_of_result(self, number: Span) -> bool:
        """ "tuyên truyền 45 buổi cho 1.200 đại biểu": who came to what is told as a result."""
        return _FOR_THEM.search(self._lower, max(self._sentence.start, number.start - 24), number.start) is not None

    def _acts(self, number: Span) -> bool:
        return _ACTING.match(self._lower, number.end, min(self._sentence.end, number.end + _AFTER)) is not None

    def _list_end(self, number: Span) -> int:
        """Where the list that a number opens has its last number: "3 tập thể và 5 cá nhân được tặng bằng khen"."""
        end = number.end
        for _ in range(_NEAR):
            joined = _JOINED.match(self._lower, end, self._sentence.end)
            if joined is None:
                break
            end = joined.end()
        return end

    def _is_decided(self, number: Span) -> bool:
        """Whether the meeting itself decided it, where nothing is reviewed: "quyết định khai trừ 2 đảng viên"."""
        if self._context.held_on is None:
            return False
        if self._context.reviewed is not None:  # "thống nhất đề nghị Thành ủy khen thưởng 1 tập thể"
            return _PROPOSAL.search(self._lower, self._sentence.start, number.start) is not None
        return _DECISION.search(self._lower, self._sentence.start, number.start) is not None

    def _is_ballot(self, draft: Draft) -> bool:
        number = draft.quantity.number
        if draft.unit != "percent" and not (draft.noun or "").startswith("phiếu"):
            return False
        before = max(self._sentence.start, number.start - 40)
        after = min(self._sentence.end, number.end + 40)
        return bool(_BALLOT.search(self._lower, before, number.start) or _BALLOT.search(self._lower, number.end, after))

    def _is_counted_there(self, noun: str) -> bool:
        if _ATTENDANCE.match(noun) or ("council_session" in self._kinds and _SUBMITTED.match(noun)):
            return True
        return bool(_SPOKEN & self._kinds) and _VOICES.match(noun) is not None
