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
from functools import cached_property, lru_cache
from typing import Literal

from bienban.bodies import BodyMention, find_bodies
from bienban.date_forms import find_dates
from bienban.lexicon import alternation, form_of, load_lexicon, whole_words
from bienban.records import Span
from bienban.unit_phrases import find_units

Shape = Literal[
    "subject_verb_noun",
    "subject_met",
    "subject_worked",
    "noun_by_agent",
    "noun_was_held",
    "noun_of_body",
    "office_chaired",
]
Mode = Literal["held", "announced", "unreal"]
_LEXICON = load_lexicon("meetings")


NOUN = re.compile(
    rf"(?<!\w)(?<!{' )(?<!'.join(_LEXICON['nouns'].fields['not_after'])} ){alternation(_LEXICON['nouns'].forms)}(?!\w)"
    rf"(?! {alternation(_LEXICON['nouns'].fields['not_before'])}(?!\w)(?! cáo))"  # "hội nghị báo cáo viên"
)
_VERB = re.compile(whole_words(_LEXICON["verbs"].forms))
_NO_VERB = "".join(rf"(?<!{word} )" for word in _LEXICON["meeting_verbs"].fields["not_after"])
_MEETING_VERB = re.compile(
    rf"{_NO_VERB}{whole_words(_LEXICON['meeting_verbs'].forms)}"
    rf"(?! {alternation(_LEXICON['meeting_verbs'].fields['not_before'])}(?!\w))"
)
_INSPECTING = tuple(_LEXICON["inspecting"].forms)
_INSPECTS = frozenset(_LEXICON["inspecting"].fields["verbs"])
_SITTING = tuple(_LEXICON["sitting"].forms)
_WORK_VERB = re.compile(whole_words(_LEXICON["work_verbs"].forms))
_PASSIVE = re.compile(whole_words(_LEXICON["passive"].forms))
_NOT_SOON = alternation(_LEXICON["announced"].fields["not_before"])
_ANNOUNCED = re.compile(rf"{whole_words(_LEXICON['announced'].forms)}(?! {_NOT_SOON}(?!\w))")
TO_COME = re.compile(rf"{whole_words(_LEXICON['announced'].fields['adverbs'])}(?! {_NOT_SOON}(?!\w))")
_UNREAL = re.compile(
    rf"{whole_words(_LEXICON['unreal'].forms)}(?! {alternation(_LEXICON['unreal'].fields['not_before'])}(?!\w))"
)
_RANKED = alternation(_LEXICON["office"].fields["ranks"])
_OFFICE = re.compile(rf"(?:{whole_words(_LEXICON['office'].forms)})(?: {_RANKED})?\s*\Z")
_CIRCUMSTANCE = re.compile(rf"[\s\"(-]*{alternation(_LEXICON['circumstance'].forms)}(?!\w)")
_LEADERS = _LEXICON["leaders"].forms
_NO_LEADER = alternation(_LEXICON["leaders"].fields["not_before"])
_MINISTRY = "Bộ"  # its head's title does not say which
_LEADER = re.compile(rf"(?<!\w)(?<!nguyên )(?<!cựu )(?P<office>{alternation(_LEADERS)})(?!\w)(?! {_NO_LEADER}(?!\w))")
_CHAIR = re.compile(r"(?<!\w)(?:đồng )?(?:chủ trì|chủ tọa|điều hành)(?!\w)")
_AGENT = re.compile(r"(?<!\w)(?:do|được)\s+\Z")
_AGENT_CHARS = 8  # of "do", "được" and what parts it from the body
# "Lễ tuyên dương được Ban Thường trực Ủy ban MTTQ tỉnh tổ chức": with "được" the verb follows at once.
_HELD_BY = re.compile(r"[\s,)]{1,3}(?:\w+ ){0,3}?(?:tổ chức|khai mạc|bế mạc|mở|tiến hành|triệu tập)(?!\w)")
_ATTRIBUTE = re.compile(r"(?<!\w)(?:về|của|cho|theo|để|nhằm|trong việc)(?!\w)")  # the verb is another word's
# "Quyết định của Thủ tướng": the body only owns something; "đoàn giám sát của HĐND" acts for it.
_OWNER = re.compile(r"(?<!\w)(?:của|được|bị)\s+\Z")
_TEAMS, _ON_ERRANDS = (_LEXICON["inspecting"].fields[key] for key in ("teams", "on_errands"))
_ACTING = re.compile(rf"(?<!\w){alternation((*_TEAMS, *_ON_ERRANDS))}(?: liên ngành)?(?: số \d+)? của\s+\Z")
_VISITORS = re.compile(rf"(?<!\w){alternation(_TEAMS)}(?: liên ngành)?(?: số \d+)?(?: của)?\s+\Z")
# "phiên họp Chính phủ", "kỳ họp thứ 15, HĐND", "Hội nghị lần thứ 9 của Ban Chấp hành", "họp Bộ Chính trị"
_AT = "(?:tại|trong|dự|chủ trì|chủ tọa|điều hành|kết luận|khai mạc|bế mạc|phát biểu|của|họp)"
_NOUN_OF = re.compile(
    rf"(?:^|[,(\"]|(?<!\w){_AT}(?: buổi| cuộc| phiên(?: khai mạc| bế mạc| chất vấn| thảo luận)?)?)\s*"
    rf"(?P<noun>{NOUN.pattern}|(?<!\w)họp)(?: {alternation(_LEXICON['nouns'].fields['attributes'])})*"
    rf"(?: (?:lần )?thứ (?:\w+ ?){{1,2}})?(?: (?:sáng|chiều|tối|ngày)[^,;]{{0,14}})?,? (?:của )?"
    r"(?:(?:tập thể )?lãnh đạo )?\Z"
)
_SAT = re.compile(r"(?:tại|trong) (?P<noun>kỳ họp|phiên họp|phiên làm việc) (?:lần )?thứ [^;.:]{1,60}, (?=\w)")
_AT_MEETING = re.compile(r"(?:phát biểu )?(?:tại|trong) ")
# "Con số được Liên đoàn Lao động tỉnh đưa ra tại hội nghị …": who gave the news there held it.
_GAVE = re.compile(r"(?<!\w)được\s{1,2}\Z")
_TOLD_AT = re.compile(r"(?<!\w)(?:tại|trong|không khí|khuôn khổ|kết quả)(?: (?:buổi|cuộc|phiên|các|phần))?\s{1,2}\Z")
# "Ban Pháp chế HĐND tỉnh do ông Lăng Văn Chất, Trưởng ban làm trưởng đoàn đã giám sát": who leads the visitors.
_OF = re.compile(r"(?<!\w)(?:của|do)\s\Z")
_PURPOSE = re.compile(r"(?<!\w)(?:để|cho|trình|chờ)\s\Z")  # "giới thiệu nhân sự để Quốc hội bầu"
_LED_BY = re.compile(
    r"[),]{0,2}\s{1,2}do [^.;\n]{5,160}?(?:làm trưởng đoàn|làm phó trưởng đoàn|dẫn đầu|chủ trì),?(?!\w)"
)
# "Tiếp tục phiên họp thứ 37, sáng 11/9, Ủy ban Thường vụ Quốc hội cho ý kiến": in session, not outside of one.
_IN_SESSION = re.compile(rf"(?:tiếp tục|tại|trong|kết thúc)(?: chương trình)? {NOUN.pattern}")
# "Tổ chức giải bóng chuyền chào mừng Đại hội": what is held is not the congress.
_IN_HONOUR = re.compile(whole_words(_LEXICON["honours"].forms))
_ABROAD = re.compile(whole_words([*_LEXICON["international"].fields["words"], "cấp cao", "thượng đỉnh"]))
_OPENED = re.compile(rf"(?<!\w)khai mạc (?:toàn thể )?{NOUN.pattern}")
_HOLDS = re.compile(r"\s(?:đã |vừa |long trọng |trọng thể )*(?:tổ chức|khai mạc|bế mạc|mở|tiến hành)(?!\w)")
_HAS_MET = re.compile(rf"\s(?:đã |vừa |cũng )+(?={_MEETING_VERB.pattern})")
_CLAUSE_OPENS = re.compile(r"(?:^|[,;:)-])\s*(?:lãnh đạo )?\Z")
_BEFORE_NOUN = 24
_BEFORE_OWNED = 45  # of "đoàn công tác số 12 của" and what parts it from the body
_TO_BODY = 45
_AFTER_BODY = 45  # "HĐND TP khóa IX thứ 13 sẽ bầu"
_BEFORE_AGENT = 15  # "sẽ do", "dự kiến do"
_CLAUSE = re.compile(r"[,;:]|(?<=\w) - |\) ")
_TO_VERB = 200  # from the subject to its verb: "…, khóa XII, nhiệm kỳ 2020 - 2025 phối hợp với … đã"
_TO_NOUN = 90  # from the verb to what is held: "tổ chức thành công 2 ngày hội nghị"
_TO_MEETING_VERB = 70
_TO_OWNER = 120  # from the noun to whose meeting it was
_TO_WORK_VERB = 25
Clause = tuple[Shape, BodyMention | None, int, Mode]


def is_office(lower: str, body: BodyMention) -> bool:
    """Whether the body is named only as part of somebody's post ("Chủ tịch UBND tỉnh")."""
    return bool(_OFFICE.search(lower, max(0, body.start - 40), body.start))


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
        return [chair.span() for chair in _CHAIR.finditer(self.lower, *self.sentence)]

    def chair(self, after: int) -> tuple[int, int] | None:
        return next(iter(self._chairs[bisect_left(self._chairs, (after, after)) :][:1]), None)

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
        NOUN.match(lower, *sentence) and not _PASSIVE.search(lower, *sentence)
    )
    if opens and (clause := _of_body(lower, sentence, bodies[:1]) or _sitting(lower, sentence, bodies[:1])):
        yield clause
        return
    subject_found = False
    for body in bodies:
        if _AGENT.search(lower, max(sentence.start, body.start - _AGENT_CHARS), body.start):
            if clause := _by_agent(named, body):
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
            held = _was_held(text, lower, sentence, bodies) if clause[0] == "subject_worked" else None
            subject_found = True
            yield held if held and held[2] < body.start and held[1] else clause
    if not subject_found and (
        clause := _led(text, lower, sentence)
        or _by_unit(text, lower, sentence)
        or _was_held(text, lower, sentence, bodies)
    ):
        subject_found = True
        yield clause
    if not subject_found and named.owner:
        yield named.owner


def is_dated(lower: str, sentence: Span) -> bool:
    return any(
        day.is_marked and (day.date.precision == "day" or day.deictic is not None)
        for day in find_dates(lower[slice(*sentence)])
    )


def _mode(lower: str, start: int, end: int) -> Mode:
    if _ANNOUNCED.search(lower, start, end):
        return "announced"
    return "unreal" if _UNREAL.search(lower, start, end) else "held"


def _by_subject(lower: str, sentence: Span, body: BodyMention) -> Clause | None:
    clause = _met(lower, sentence, body)
    if clause and clause[3] == "announced" and _OPENED.search(lower, sentence.start, body.start):
        return *clause[
            :3
        ], "held"  # "phát biểu khai mạc Phiên họp, … cho biết Ủy ban sẽ xem xét": what it will do there
    return clause


def _met(lower: str, sentence: Span, body: BodyMention) -> Clause | None:
    led = _LED_BY.match(lower, body.reach, sentence.end)
    start = led.end() if led else body.reach
    end = min(sentence.end, start + _TO_VERB)
    verb = _VERB.search(lower, start, end)
    while verb:
        noun = NOUN.search(lower, verb.end(), min(sentence.end, verb.end() + _TO_NOUN))
        if noun and not _IN_HONOUR.search(lower, verb.end(), noun.start()):
            met = _MEETING_VERB.search(lower, start, min(verb.start(), start + _TO_MEETING_VERB))
            topic = met.start() if met else noun.start()
            mode = _mode(lower, start, topic)
            return "subject_verb_noun", body, topic, mode
        verb = _VERB.search(lower, verb.end(), end)
    met = _MEETING_VERB.search(lower, start, min(sentence.end, start + _TO_MEETING_VERB))
    if met and not _ATTRIBUTE.search(lower, start, met.start()):
        mode = _mode(lower, start, met.start())
        return "subject_met", body, met.start(), "announced" if _is_to_come(lower, sentence, met.end()) else mode
    worked = _WORK_VERB.search(lower, start, min(sentence.end, start + _TO_WORK_VERB))
    if worked and not _ATTRIBUTE.search(lower, start, worked.start()):
        before = sentence.start, body.start
        is_purpose = _PURPOSE.search(lower, sentence.start, body.start) is not None
        sits = not is_purpose and _is_at_its_work(body, worked.group()) and is_dated(lower, sentence)
        if sits or _IN_SESSION.match(lower, *before) or _VISITORS.search(lower, *before):
            return "subject_met", body, worked.start(), _mode(lower, start, worked.start())
        return "subject_worked", body, worked.start(), _mode(lower, start, worked.start())
    return None


def _is_at_its_work(body: BodyMention, verb: str) -> bool:
    """Whether a council that debates, or inspectors that inspect, met by doing so."""
    name = body.body.casefold()
    if verb in _INSPECTS:
        return name.startswith(_INSPECTING)
    return name.startswith(_SITTING)


def _by_agent(named: _Named, body: BodyMention) -> Clause | None:
    lower, sentence = named.lower, named.sentence
    verb = _VERB.search(lower, body.end, min(sentence.end, body.end + _TO_VERB))
    if not named.noun or named.noun[1] > body.start or not verb:
        return None
    if lower.endswith("được", sentence.start, body.start - 1) and not _HELD_BY.match(lower, body.reach, sentence.end):
        return None
    near = max(named.noun[1], body.start - _BEFORE_AGENT)
    return "noun_by_agent", body, named.noun[0], _mode(lower, near, verb.start())


def _chaired(named: _Named, body: BodyMention) -> Clause | None:
    lower, sentence = named.lower, named.sentence
    if named.owner:
        return named.owner
    chair = named.chair(body.end)
    met = _MEETING_VERB.search(lower, body.end, min(sentence.end, body.end + _TO_MEETING_VERB))
    if chair:
        noun = NOUN.search(lower, chair[1], sentence.end) or NOUN.search(lower, sentence.start, chair[0])
        topic = noun.start() if noun else chair[0]
        # "… chủ trì Hội nghị giao ban quý II của Ban Tổ chức Trung ương": whose meeting it was.
        behind = (b for b in named.bodies if topic < b.start <= topic + _TO_OWNER and _OF.search(lower, topic, b.start))
        owner = next(behind, None)
        shape: Shape = "noun_by_agent" if owner else "office_chaired"
        return shape, owner or body, topic, _mode(lower, body.end, chair[0])
    if met and not _ATTRIBUTE.search(lower, body.end, met.start()):
        return "office_chaired", body, met.start(), _mode(lower, body.end, met.start())
    return None


def _was_held(text: str, lower: str, sentence: Span, bodies: list[BodyMention]) -> Clause | None:
    noun = NOUN.search(lower, *sentence)
    if not noun:
        return None
    verb = _PASSIVE.search(lower, noun.end(), sentence.end)
    if _IN_HONOUR.search(lower, max(sentence.start, noun.start() - _BEFORE_NOUN), noun.start()):
        return None
    before = _PASSIVE.search(lower, sentence.start, noun.start())
    if not verb and not before:
        return _on_its_day(text, lower, sentence, noun, bodies)
    # "Kỳ họp thứ 5 HĐND huyện Phú Tân khai mạc": the body stands in the noun's own phrase.
    host = next((b for b in bodies if noun.start() <= b.start and (not verb or b.start < verb.start())), None)
    host = host or next((b for b in bodies if _GAVE.search(lower, sentence.start, b.start)), None)
    start, end = (noun.end(), verb.start()) if verb else (sentence.start, noun.start())
    return "noun_was_held", host, noun.start(), _mode(lower, start, end)


def _on_its_day(text: str, lower: str, sentence: Span, noun: re.Match[str], bodies: list[BodyMention]) -> Clause | None:
    """ "Báo cáo tại hội nghị sơ kết … sáng 4-7, ông … cho biết": no verb holds the meeting, but it has its day."""
    told = _TOLD_AT.search(lower, max(sentence.start, noun.start() - _BEFORE_NOUN), noun.start())
    if told is None or TO_COME.search(lower, *sentence):
        return None
    if not any(day.date.precision == "day" and day.is_marked for day in find_dates(lower[slice(*sentence)])):
        return None
    after = [body for body in bodies if body.start >= noun.end()]
    host = next((body for body in after if lower.endswith("của ", 0, body.start)), None)
    # "Tại phiên họp toàn thể … tại Quốc hội sáng nay": who sits there met.
    host = host or next((b for b in after if b.is_central and lower.endswith("tại ", 0, b.start)), None)
    # "Tại cuộc họp sáng 21/3, Phó Chủ tịch UBND tỉnh … yêu cầu": whose office speaks there first.
    if not _ABROAD.search(lower, noun.end(), min(sentence.end, noun.end() + _TO_MEETING_VERB)):
        host = host or next((b for b in (*after, *bodies) if is_office(lower, b)), None)
        host = host or _of_leader(text, lower, *sentence)
    return "noun_was_held", host, noun.start(), "held"


def _of_body(lower: str, sentence: Span, bodies: list[BodyMention]) -> Clause | None:
    """ "Phát biểu tại kỳ họp thứ 15, HĐND TP.HCM khóa IX, …": the noun's own phrase names who met."""
    for body in bodies:
        begin = max(sentence.start, body.start - _TO_BODY)
        held = _NOUN_OF.search(lower[begin : body.start])
        if held and (held.start("noun") > 0 or begin == sentence.start):
            at = begin + held.start("noun")
            mode = _mode(lower, max(sentence.start, at - 12), at)
            return "noun_of_body", body, at, "announced" if _is_to_come(lower, sentence, body.reach) else mode
    return None


def _sitting(lower: str, sentence: Span, bodies: list[BodyMention]) -> Clause | None:
    """ "Trong kỳ họp thứ 28 (từ 8 đến 13/12), Ủy ban Kiểm tra Trung ương đã đề nghị …": who acts there met."""
    sat = _SAT.match(lower, sentence.start, bodies[0].start + 1) if bodies else None
    if sat is None or sat.end() < bodies[0].start or is_office(lower, bodies[0]):
        return None
    end = min(sentence.end, bodies[0].reach + _BEFORE_NOUN)
    mode: Mode = "announced" if TO_COME.search(lower, bodies[0].reach, end) else "held"  # asking is what it did there
    return "noun_of_body", bodies[0], sat.start("noun"), mode


def _by_unit(text: str, lower: str, sentence: Span) -> Clause | None:
    """ "Sáng 5/7, huyện Cư Jút tổ chức hội nghị …": the unit itself stands for its people's committee."""
    for unit in find_units(text, lower, sentence.start, min(sentence.end, sentence.start + _TO_VERB)):
        verb = _HOLDS.match(lower, unit.end, sentence.end)
        noun = NOUN.search(lower, verb.end(), min(sentence.end, verb.end() + _TO_NOUN)) if verb else None
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


def _led(text: str, lower: str, sentence: Span) -> Clause | None:
    """ "Thủ tướng Lê Văn Hòa chủ trì hội nghị …": who leads a body by a title that does not name it."""
    body = _of_leader(text, lower, *sentence)
    if body is None:
        return None
    end = min(sentence.end, body.end + _TO_MEETING_VERB)
    chair = _CHAIR.search(lower, body.end, end)
    noun = NOUN.search(lower, chair.end(), min(sentence.end, chair.end() + _TO_NOUN)) if chair else None
    met = _MEETING_VERB.search(lower, body.end, end)
    if chair and noun:
        return "office_chaired", body, noun.start(), _mode(lower, body.end, chair.start())
    if met and not _ATTRIBUTE.search(lower, body.end, met.start()):
        return "office_chaired", body, met.start(), _mode(lower, body.end, met.start())
    return None


def _of_leader(text: str, lower: str, start: int, end: int) -> BodyMention | None:
    """The body that a leader's title does not name; a ministry only where the text names one, else it is abroad."""
    leader = _LEADER.search(lower, start, end)
    if leader is None:
        return None
    body = BodyMention(*leader.span("office"), _LEADERS[form_of(leader["office"])], is_central=True)
    return None if body.body == _MINISTRY and not _names_ministry(text, lower) else body


@lru_cache(maxsize=4)
def _names_ministry(text: str, lower: str) -> bool:
    return any(body.body.startswith(f"{_MINISTRY} ") for body in find_bodies(text, lower))


def _is_circumstance(named: _Named, body: BodyMention) -> bool:
    lower, first = named.lower, named.sentence.start
    before = lower[max(first, body.start - _BEFORE_OWNED) : body.start]
    if _OWNER.search(before) and not _ACTING.search(before):
        return True
    return bool(_CIRCUMSTANCE.match(lower, named.clause_start(body.start), body.start + 1))
