"""The clauses of a sentence that say a meeting was held: who met, with which verb, about which noun.

"[Ban Chỉ đạo 35 huyện] [tổ chức] [hội nghị] sơ kết …", "[hội nghị] do [Sở Y tế] [tổ chức]", "[kỳ họp thứ 5
HĐND huyện] [khai mạc]", "Chủ tịch [UBND tỉnh] [chủ trì] [cuộc họp]", "tại [phiên họp] [Chính phủ] thường kỳ".
A clause that only announces, wishes or denies is kept as such.

Not here: which clauses of an article are its events (``events.py``).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bienban.bodies import BodyMention, find_bodies
from bienban.clause_words import (
    BEFORE_NOUN,
    CHAIR,
    IN_HONOUR,
    MEETING_VERB,
    NOUN,
    PASSIVE,
    TO_COME,
    TO_MEETING_VERB,
    TO_NOUN,
    TO_VERB,
    VERB,
    Clause,
    Mode,
    Shape,
    is_dated,
    is_of_another,
    is_office,
    mode_of,
)
from bienban.held_nouns import led, was_held
from bienban.lexicon import alternation, load_lexicon, whole_words
from bienban.records import Span
from bienban.unit_phrases import find_units

_LEXICON = load_lexicon("meetings")


_INSPECTING = tuple(_LEXICON["inspecting"].forms)
_INSPECTS = frozenset(_LEXICON["inspecting"].fields["verbs"])
_SITTING = tuple(_LEXICON["sitting"].forms)
_WORK_VERB = re.compile(whole_words(_LEXICON["work_verbs"].forms))
_CIRCUMSTANCE = re.compile(rf"[\s\"(-]*{alternation(_LEXICON['circumstance'].forms)}(?!\w)")
_AGENT = re.compile(r"(?<!\w)(?:do|được)\s+\Z")
_AGENT_CHARS = 8  # of "do", "được" and what parts it from the body
# "Lễ tuyên dương được Ban Thường trực Ủy ban MTTQ tỉnh tổ chức": with "được" the verb follows at once.
_HELD_BY = re.compile(r"[\s,)]{1,3}(?:\w+ ){0,3}?(?:tổ chức|khai mạc|bế mạc|mở|tiến hành|triệu tập)(?!\w)")
# "Quyết định của Thủ tướng": the body only owns something; "đoàn giám sát của HĐND" acts for it.
_OWNER = re.compile(r"(?<!\w)(?:của|được|bị)\s+\Z")
_TEAMS, _ON_ERRANDS = (_LEXICON["inspecting"].fields[key] for key in ("teams", "on_errands"))
_ACTING = re.compile(rf"(?<!\w){alternation((*_TEAMS, *_ON_ERRANDS))}(?: liên ngành)?(?: số \d+)? của\s+\Z")
_VISITORS = re.compile(rf"(?<!\w){alternation(_TEAMS)}(?: liên ngành)?(?: số \d+)?(?: của)?\s+\Z")
# "phiên họp Chính phủ", "kỳ họp thứ 15, HĐND", "Hội nghị lần thứ 9 của Ban Chấp hành", "họp Bộ Chính trị"
_AT = "(?:tại|trong|là|dự|chủ trì|chủ tọa|điều hành|kết luận|khai mạc|bế mạc|phát biểu|của|họp)"
_NOUN_OF = re.compile(
    rf"(?:^|[,(\"]|(?<!\w){_AT}(?: buổi| cuộc| phiên(?: khai mạc| bế mạc| chất vấn| thảo luận)?)?)\s*"
    rf"(?P<noun>{NOUN.pattern}|(?<!\w)họp)(?: {alternation(_LEXICON['nouns'].fields['attributes'])})*"
    rf"(?: (?:lần )?thứ (?:\w+ ?){{1,2}})?(?: (?:sáng|chiều|tối|ngày)[^,;]{{0,14}})?,? (?:của )?"
    r"(?:(?:tập thể )?lãnh đạo )?\Z"
)
# "Trước thềm kỳ họp thứ 10, Quốc hội khóa XV, Đoàn ĐBQH tỉnh …": another session than the one told of
_OTHER_SESSION = re.compile(
    rf"(?<!\w){alternation(_LEXICON['circumstance'].fields['other_sessions'])} {NOUN.pattern} (?:lần )?thứ \w+,? \Z"
)
# "24 chi bộ đã tham dự hội nghị": counted bodies are no host
_COUNTED = alternation((*load_lexicon("bodies")["plural"].forms, *_LEXICON["reviewed_cues"].fields["counts"], "thuộc"))
_NO_DAY = "".join(rf"(?<!{word} )" for word in ("ngày", "tháng", "sáng", "chiều", "tối", "số", "khóa", "quý", "thứ"))
_MANY = re.compile(rf"(?<!\w)(?:(?<![/.-]){_NO_DAY}\d{{1,3}}|{_COUNTED})\s\Z")
# "hội trường lớn Đại học Huế sáng đèn với hội nghị …": where they sat is not who met
_IN_ROOMS = re.compile(rf"(?<!\w){alternation((*_LEXICON['rooms'].forms, *_LEXICON['rooms'].fields['seats']))}\s\Z")
_SOON_AT = re.compile(
    rf"{TO_COME.pattern}[^,;:.]{{0,80}}(?<!\w)(?:tại|trong|vào)\s\Z"
)  # "sẽ trình phương án … tại kỳ họp"
_SAT = re.compile(r"(?:tại|trong) (?P<noun>kỳ họp|phiên họp|phiên làm việc) (?:lần )?thứ [^;.:]{1,60}, (?=\w)")
_AT_MEETING = re.compile(r"(?:phát biểu )?(?:tại|trong) ")
# "Ban Pháp chế HĐND tỉnh do ông Lăng Văn Chất, Trưởng ban làm trưởng đoàn đã giám sát": who leads the visitors.
_OF = re.compile(r"(?<!\w)(?:của|do)\s\Z")
_ASIDE = re.compile(r"\s{1,2}\([^()\n]{1,60}\)")
_OPENS_WITH = re.compile(
    rf"[\s\"(-]*(?:(?:khi|chủ trì|thăm|kiểm tra|khảo sát|giám sát|và),? ){{0,2}}(?P<verb>{MEETING_VERB.pattern})"
)
_PURPOSE = re.compile(r"(?<!\w)(?:để|cho|trình|chờ)\s\Z")  # "giới thiệu nhân sự để Quốc hội bầu"
_LED_BY = re.compile(
    r"[),]{0,2}\s{1,2}do [^.;\n]{5,160}?(?:làm trưởng đoàn|làm phó trưởng đoàn|dẫn đầu|chủ trì),?(?!\w)"
)
# "Tiếp tục phiên họp thứ 37, sáng 11/9, Ủy ban Thường vụ Quốc hội cho ý kiến": in session, not outside of one.
_IN_SESSION = re.compile(rf"(?:tiếp tục|tại|trong|kết thúc)(?: chương trình)? {NOUN.pattern}")
_OPENED = re.compile(rf"(?<!\w)khai mạc (?:toàn thể )?{NOUN.pattern}")
_HOLDS = re.compile(r"\s(?:đã |vừa |long trọng |trọng thể )*(?:tổ chức|khai mạc|bế mạc|mở|tiến hành)(?!\w)")
_HAS_MET = re.compile(rf"\s(?:đã |vừa |cũng )+(?={MEETING_VERB.pattern})")
_NOUN_BEFORE = re.compile(rf"{NOUN.pattern}\s\Z")
_CLAUSE_OPENS = re.compile(r"(?:^|[,;:)-])\s*(?:lãnh đạo )?\Z")
_BEFORE_OWNED = 45  # of "đoàn công tác số 12 của" and what parts it from the body
_TO_BODY = 45
_AFTER_BODY = 45  # "HĐND TP khóa IX thứ 13 sẽ bầu"
_BEFORE_AGENT = 15  # "sẽ do", "dự kiến do"
_CLAUSE = re.compile(r"[,;:]|(?<=\w) - |\) ")
_TO_OWNER = 120  # from the noun to whose meeting it was
_TO_WORK_VERB = 25


@dataclass(frozen=True)
class _Named:
    """A sentence and the bodies that it names; what the rules ask for every body is looked for once."""

    lower: str
    sentence: Span
    bodies: list[BodyMention]

    @cached_property
    def owner(self) -> Clause | None:
        return _of_body(self.lower, self.sentence, self.bodies)

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [self.sentence.start, *(mark.end() for mark in _CLAUSE.finditer(self.lower, *self.sentence))]

    def clause_start(self, at: int) -> int:
        return self._clause_starts[bisect_right(self._clause_starts, at) - 1]

    @cached_property
    def _chairs(self) -> list[tuple[int, int]]:
        return [chair.span() for chair in CHAIR.finditer(self.lower, *self.sentence)]

    def chair(self, after: int) -> tuple[int, int] | None:
        return next(iter(self._chairs[bisect_left(self._chairs, (after, after)) :][:1]), None)

    def other_between(self, body: BodyMention, end: int) -> bool:
        """Whether a body that is in nobody's post stands between ``body`` and ``end``: it met, not the post's."""
        return any(
            body.end <= b.start < end and not is_office(self.lower, b) and not _is_circumstance(self, b)
            for b in self.bodies
        )

    @cached_property
    def noun(self) -> tuple[int, int] | None:
        noun = NOUN.search(self.lower, *self.sentence)
        return noun.span() if noun else None


def find_clauses(text: str, lower: str, sentence: Span) -> Iterator[Clause]:
    """The clauses of one sentence: their shape, who met, where their topic begins, how they are meant."""
    bodies = list(find_bodies(text, lower, *sentence))
    named = _Named(lower, sentence, bodies)
    # "Tại phiên làm việc sáng 17/2 của Ủy ban Thường vụ Quốc hội, …": whose meeting it was comes before who spoke.
    opens = _AT_MEETING.match(lower, *sentence) or (
        NOUN.match(lower, *sentence) and not PASSIVE.search(lower, *sentence)
    )
    if opens and (clause := _of_body(lower, sentence, bodies[:1]) or _sitting(lower, sentence, bodies[:1])):
        yield clause
        return
    if clause := _met_first(lower, sentence, bodies):
        yield clause
        return
    subject_found = held_by_agent = False
    for body in bodies:
        if _AGENT.search(lower, max(sentence.start, body.start - _AGENT_CHARS), body.start):
            if clause := _by_agent(named, body):
                held_by_agent |= clause[3] == "held"
                yield clause
            continue
        if clause := _by_holder(lower, sentence, body):
            held_by_agent = True
            yield clause
            continue
        office = is_office(lower, body)
        if office:
            if not subject_found and (clause := _chaired(named, body)):
                subject_found = True
                yield clause
            continue
        if subject_found or _is_circumstance(named, body):
            continue
        if clause := _by_subject(lower, sentence, body):
            # "Hội nghị trung ương 8 đã khai mạc … để Quốc hội bầu": the meeting itself is the first subject.
            held = was_held(text, lower, sentence, bodies) if clause[0] == "subject_worked" else None
            subject_found = True
            yield held if held and held[2] < body.start and held[1] else clause
    if not subject_found and (
        clause := led(text, lower, sentence)
        or _by_unit(text, lower, sentence)
        or (None if held_by_agent else was_held(text, lower, sentence, bodies))
    ):
        subject_found = True
        yield clause
    if not subject_found and named.owner:
        yield named.owner


def _met_first(lower: str, sentence: Span, bodies: list[BodyMention]) -> Clause | None:
    """ "Làm việc với Huyện ủy Bình Gia sáng 12/3, Bí thư Tỉnh ủy … đề nghị": the verb opens, who led comes behind."""
    met = _OPENS_WITH.match(lower, *sentence)
    if met is None or not is_dated(lower, sentence):
        return None
    led = (
        b for b in bodies if b.start > met.end() and is_office(lower, b) and lower.rfind(",", met.end(), b.start) > 0
    )
    host = next(led, None)
    return ("office_chaired", host, met.start("verb"), "held") if host else None


def _by_subject(lower: str, sentence: Span, body: BodyMention) -> Clause | None:
    clause = _met(lower, sentence, body)
    if clause and clause[3] == "announced" and _OPENED.search(lower, sentence.start, body.start):
        return *clause[
            :3
        ], "held"  # "phát biểu khai mạc Phiên họp, … cho biết Ủy ban sẽ xem xét": what it will do there
    return clause


def _met(lower: str, sentence: Span, body: BodyMention) -> Clause | None:
    aside = _ASIDE.match(lower, body.reach, sentence.end)  # "Huyện ủy Mù Cang Chải (Yên Bái) tiến hành …"
    behind = aside.end() if aside else body.reach
    led = _LED_BY.match(lower, behind, sentence.end)
    start = led.end() if led else behind
    end = min(sentence.end, start + TO_VERB)
    verb = VERB.search(lower, start, end)
    while verb:
        noun = NOUN.search(lower, verb.end(), min(sentence.end, verb.end() + TO_NOUN))
        if noun and not IN_HONOUR.search(lower, verb.end(), noun.start()):
            met = MEETING_VERB.search(lower, start, min(verb.start(), start + TO_MEETING_VERB))
            topic = met.start() if met else noun.start()
            mode = mode_of(lower, start, topic)
            return "subject_verb_noun", body, topic, mode
        verb = VERB.search(lower, verb.end(), end)
    met = MEETING_VERB.search(lower, start, min(sentence.end, start + TO_MEETING_VERB))
    if met and not is_of_another(lower, start, met.start()):
        mode = mode_of(lower, start, met.start())
        return "subject_met", body, met.start(), "announced" if _is_to_come(lower, sentence, met.end()) else mode
    worked = _WORK_VERB.search(lower, start, min(sentence.end, start + _TO_WORK_VERB))
    if worked and not is_of_another(lower, start, worked.start()):
        before = sentence.start, body.start
        is_purpose = _PURPOSE.search(lower, sentence.start, body.start) is not None
        sits = not is_purpose and _is_at_its_work(body, worked.group()) and is_dated(lower, sentence)
        if sits or _IN_SESSION.match(lower, *before) or _VISITORS.search(lower, *before):
            return "subject_met", body, worked.start(), mode_of(lower, start, worked.start())
        return "subject_worked", body, worked.start(), mode_of(lower, start, worked.start())
    return None


def _is_at_its_work(body: BodyMention, verb: str) -> bool:
    """Whether a council that debates, or inspectors that inspect, met by doing so."""
    name = body.body.casefold()
    if verb in _INSPECTS:
        return name.startswith(_INSPECTING)
    return name.startswith(_SITTING)


def _by_agent(named: _Named, body: BodyMention) -> Clause | None:
    lower, sentence = named.lower, named.sentence
    verb = VERB.search(lower, body.end, min(sentence.end, body.end + TO_VERB))
    if not named.noun or named.noun[1] > body.start or not verb:
        return _taught(lower, sentence, body)
    if IN_HONOUR.search(lower, max(sentence.start, named.noun[0] - BEFORE_NOUN), named.noun[0]):
        return None
    if lower.endswith("được", sentence.start, body.start - 1) and not _HELD_BY.match(lower, body.reach, sentence.end):
        return None
    near = max(named.noun[1], body.start - _BEFORE_AGENT)
    mode = mode_of(lower, near, body.start)  # the body's own words tell nothing: "Hội Kế hoạch hóa gia đình"
    mode = mode if mode != "held" else mode_of(lower, body.end, verb.start())
    return "noun_by_agent", body, named.noun[0], mode


def _taught(lower: str, sentence: Span, body: BodyMention) -> Clause | None:
    """ "Hơn 200 công chức vừa được Sở Nội vụ tập huấn nghiệp vụ …": who taught or honoured them that day met them."""
    met = MEETING_VERB.match(lower, body.reach + 1, sentence.end) if body.reach < sentence.end else None
    if met is None or not lower.endswith("được", sentence.start, body.start - 1) or not is_dated(lower, sentence):
        return None
    return "subject_met", body, met.start(), mode_of(lower, max(sentence.start, body.start - _BEFORE_AGENT), body.start)


def _by_holder(lower: str, sentence: Span, body: BodyMention) -> Clause | None:
    """ "… là nội dung hội nghị Hội Phụ nữ thành phố mở chiều qua": the noun before its holder, the verb behind."""
    noun = _NOUN_BEFORE.search(lower, max(sentence.start, body.start - _BEFORE_OWNED), body.start)
    held = _HELD_BY.match(lower, body.reach, sentence.end) if noun else None
    return ("noun_by_agent", body, noun.start(), mode_of(lower, body.reach, held.end())) if noun and held else None


def _chaired(named: _Named, body: BodyMention) -> Clause | None:
    lower, sentence = named.lower, named.sentence
    if named.owner:
        return named.owner
    chair = named.chair(body.end)
    met = MEETING_VERB.search(lower, body.end, min(sentence.end, body.end + TO_MEETING_VERB))
    if chair:
        noun = NOUN.search(lower, chair[1], sentence.end) or NOUN.search(lower, sentence.start, chair[0])
        topic = noun.start() if noun else chair[0]
        # "… chủ trì Hội nghị giao ban quý II của Ban Tổ chức Trung ương": whose meeting it was.
        behind = (b for b in named.bodies if topic < b.start <= topic + _TO_OWNER and _OF.search(lower, topic, b.start))
        owner = next(behind, None)
        shape: Shape = "noun_by_agent" if owner else "office_chaired"
        return shape, owner or body, topic, mode_of(lower, body.end, chair[0])
    if met and not is_of_another(lower, body.end, met.start()) and not named.other_between(body, met.start()):
        return "office_chaired", body, met.start(), mode_of(lower, body.end, met.start())
    return None


def _of_body(lower: str, sentence: Span, bodies: list[BodyMention]) -> Clause | None:
    """ "Phát biểu tại kỳ họp thứ 15, HĐND TP.HCM khóa IX, …": the noun's own phrase names who met."""
    for body in bodies:
        begin = max(sentence.start, body.start - _TO_BODY)
        held = _NOUN_OF.search(lower[begin : body.start])
        if held and (held.start("noun") > 0 or begin == sentence.start):
            at = begin + held.start("noun")
            mode = mode_of(lower, max(sentence.start, at - 12), at)
            if _SOON_AT.search(lower, sentence.start, at):
                mode = "announced"
            return "noun_of_body", body, at, "announced" if _is_to_come(lower, sentence, body.reach) else mode
    return None


def _sitting(lower: str, sentence: Span, bodies: list[BodyMention]) -> Clause | None:
    """ "Trong kỳ họp thứ 28 (từ 8 đến 13/12), Ủy ban Kiểm tra Trung ương đã đề nghị …": who acts there met."""
    sat = _SAT.match(lower, sentence.start, bodies[0].start + 1) if bodies else None
    if sat is None or sat.end() < bodies[0].start or is_office(lower, bodies[0]):
        return None
    end = min(sentence.end, bodies[0].reach + BEFORE_NOUN)
    mode: Mode = "announced" if TO_COME.search(lower, bodies[0].reach, end) else "held"  # asking is what it did there
    return "noun_of_body", bodies[0], sat.start("noun"), mode


def _by_unit(text: str, lower: str, sentence: Span) -> Clause | None:
    """ "Sáng 5/7, huyện Cư Jút tổ chức hội nghị …": the unit itself stands for its people's committee."""
    for unit in find_units(text, lower, sentence.start, min(sentence.end, sentence.start + TO_VERB)):
        verb = _HOLDS.match(lower, unit.end, sentence.end)
        noun = NOUN.search(lower, verb.end(), min(sentence.end, verb.end() + TO_NOUN)) if verb else None
        noun = noun or _HAS_MET.match(lower, unit.end, sentence.end)
        if noun is None or not _CLAUSE_OPENS.search(lower[sentence.start : unit.start]):
            continue
        body = BodyMention(unit.start, unit.end, text[unit.start : unit.start + len(unit.kind)], unit.kind, unit.name)
        return "subject_verb_noun", body, noun.start() if verb else noun.end(), "held"
    return None


def _is_to_come(lower: str, sentence: Span, at: int) -> bool:
    """ "Kỳ họp HĐND TP khóa IX thứ 13 sẽ bầu …": the meeting's own verb stands behind it, before any mark."""
    end = min(sentence.end, at + _AFTER_BODY)
    mark = _CLAUSE.search(lower, at, end)
    return TO_COME.search(lower, at, mark.start() if mark else end) is not None


def _is_circumstance(named: _Named, body: BodyMention) -> bool:
    lower, first = named.lower, named.sentence.start
    before = lower[max(first, body.start - _BEFORE_OWNED) : body.start]
    if (_OWNER.search(before) and not _ACTING.search(before)) or _MANY.search(before) or _IN_ROOMS.search(before):
        return True
    return bool(
        _OTHER_SESSION.search(before) or _CIRCUMSTANCE.match(lower, named.clause_start(body.start), body.start + 1)
    )
