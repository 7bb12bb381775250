"""Meetings told without a body that holds them: "hội nghị diễn ra …", "Tại cuộc họp sáng 21/3, Bộ trưởng … yêu cầu".

Who met is read from the noun's own phrase, or from the office of who speaks or leads there.

Not here: clauses with a body as their subject (``clauses.py``).
"""

import re
from functools import lru_cache

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
    Clause,
    is_dated,
    is_of_another,
    is_office,
    mode_of,
)
from bienban.date_forms import find_dates
from bienban.lexicon import alternation, form_of, load_lexicon, whole_words
from bienban.records import Span

_LEXICON = load_lexicon("meetings")

_LEADERS = _LEXICON["leaders"].forms
_NO_LEADER = alternation(_LEXICON["leaders"].fields["not_before"])
_MINISTRY = "Bộ"  # its head's title does not say which
_LEADER = re.compile(rf"(?<!\w)(?<!nguyên )(?<!cựu )(?P<office>{alternation(_LEADERS)})(?!\w)(?! {_NO_LEADER}(?!\w))")
# "Con số được Liên đoàn Lao động tỉnh đưa ra tại hội nghị …": who gave the news there held it.
_OF_LEADER = re.compile(rf" (?:giữa|của) (?={alternation(_LEADERS)}(?!\w))")
_OTHERS = re.compile(r"(?<!\w)(?:tại|theo|với|ở|từ|các|những|nhiều) {1,2}\Z")
_GAVE = re.compile(r"(?<!\w)được\s{1,2}\Z")
_TOLD_AT = re.compile(r"(?<!\w)(?:tại|trong|không khí|khuôn khổ|kết quả)(?: (?:buổi|cuộc|phiên|các|phần))?\s{1,2}\Z")
_ABROAD = re.compile(whole_words([*_LEXICON["international"].fields["words"], "cấp cao", "thượng đỉnh"]))


def was_held(text: str, lower: str, sentence: Span, bodies: list[BodyMention]) -> Clause | None:
    noun = NOUN.search(lower, *sentence)
    if not noun:
        return None
    verb = PASSIVE.search(lower, noun.end(), sentence.end)
    if IN_HONOUR.search(lower, max(sentence.start, noun.start() - BEFORE_NOUN), noun.start()):
        return None
    before = PASSIVE.search(lower, sentence.start, noun.start())
    if not verb and not before:
        return _on_its_day(text, lower, sentence, noun, bodies)
    # "Kỳ họp thứ 5 HĐND huyện Phú Tân khai mạc": the body stands in the noun's own phrase.
    host = next((b for b in bodies if noun.start() <= b.start and (not verb or b.start < verb.start())), None)
    host = host or next((b for b in bodies if _GAVE.search(lower, sentence.start, b.start)), None)
    host = host or _only(lower, sentence, noun, bodies) or _sitting_there(lower, sentence, noun, bodies)
    start, end = (noun.end(), verb.start()) if verb else (sentence.start, noun.start())
    return "noun_was_held", host, noun.start(), mode_of(lower, start, end)


def _on_its_day(text: str, lower: str, sentence: Span, noun: re.Match[str], bodies: list[BodyMention]) -> Clause | None:
    """ "Báo cáo tại hội nghị sơ kết … sáng 4-7, ông … cho biết": no verb holds the meeting, but it has its day."""
    told = _TOLD_AT.search(lower, max(sentence.start, noun.start() - BEFORE_NOUN), noun.start())
    if told is None or TO_COME.search(lower, *sentence):
        return None
    if not any(day.date.precision == "day" and day.is_marked for day in find_dates(lower[slice(*sentence)])):
        return None
    after = [body for body in bodies if body.start >= noun.end()]
    host = next((body for body in after if lower.endswith("của ", 0, body.start)), None)
    # "Tại cuộc họp Bộ Giao thông ngày 2/10": whose it was stands right behind the noun.
    host = host or next((b for b in after[:1] if not lower[noun.end() : b.start].strip()), None)
    # "tại cuộc làm việc của Phó thủ tướng … với Hà Nội": whoever speaks there.
    if host is None and (owned := _OF_LEADER.match(lower, noun.end(), sentence.end)):
        host = _of_leader(text, lower, owned.end(), sentence.end)
    # "Tại phiên họp toàn thể … tại Quốc hội sáng nay": who sits there met.
    host = host or next((b for b in after if b.is_central and lower.endswith("tại ", 0, b.start)), None)
    # "Tại cuộc họp sáng 21/3, Phó Chủ tịch UBND tỉnh … yêu cầu": whose office speaks there first.
    if not _ABROAD.search(lower, noun.end(), min(sentence.end, noun.end() + TO_MEETING_VERB)):
        host = host or next((b for b in (*after, *bodies) if is_office(lower, b)), None)
        host = host or _of_leader(text, lower, *sentence) or _only(lower, sentence, noun, bodies)
    return "noun_was_held", host, noun.start(), "held"


def _sitting_there(lower: str, sentence: Span, noun: re.Match[str], bodies: list[BodyMention]) -> BodyMention | None:
    """ "Tại phiên họp quý I diễn ra sáng 12/3, Ban Chỉ đạo tỉnh ghi nhận …": who acts there met."""
    if not lower.startswith(("tại ", "trong "), sentence.start):
        return None
    after = next((b for b in bodies if b.start > noun.end()), None)
    is_subject = after is not None and lower.endswith(", ", 0, after.start) and (after.kind or after.is_central)
    return after if is_subject else None


def _only(lower: str, sentence: Span, noun: re.Match[str], bodies: list[BodyMention]) -> BodyMention | None:
    """ "Sáng 12/3, Cục Thuế tỉnh … gỡ vướng cho 120 doanh nghiệp tại hội nghị": the only body before the noun met."""
    before = [b for b in bodies if b.end <= noun.start() and not is_office(lower, b) and (b.kind or b.is_central)]
    if len(before) != 1 or _ABROAD.search(lower, noun.end(), min(sentence.end, noun.end() + TO_MEETING_VERB)):
        return None
    return before[0] if is_dated(lower, sentence) and not _OTHERS.search(lower, 0, before[0].start) else None


def led(text: str, lower: str, sentence: Span) -> Clause | None:
    """ "Thủ tướng Lê Văn Hòa chủ trì hội nghị …": who leads a body by a title that does not name it."""
    body = _of_leader(text, lower, *sentence)
    if body is None:
        return None
    end = min(sentence.end, body.end + TO_MEETING_VERB)
    chair = CHAIR.search(lower, body.end, end)
    noun = NOUN.search(lower, chair.end(), min(sentence.end, chair.end() + TO_NOUN)) if chair else None
    met = MEETING_VERB.search(lower, body.end, end)
    if chair and noun:
        return "office_chaired", body, noun.start(), mode_of(lower, body.end, chair.start())
    if met and not is_of_another(lower, body.end, met.start()):
        return "office_chaired", body, met.start(), mode_of(lower, body.end, met.start())
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
