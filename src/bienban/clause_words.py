"""The words of which clauses are made: what is held, who holds it with which verb, what makes it a wish.

Not here: the clauses (``clauses.py``).
"""

import re
from typing import Literal

from bienban.bodies import BodyMention
from bienban.date_forms import find_dates
from bienban.lexicon import alternation, load_lexicon, whole_words
from bienban.records import Span

Shape = Literal[
    "subject_verb_noun",
    "subject_met",
    "subject_worked",
    "noun_by_agent",
    "noun_was_held",
    "noun_of_body",
    "office_chaired",
    "scene",  # not a clause: what the lead paints (``scenes.py``)
    "told_again",  # nor this: what a later sentence calls a meeting
]
Mode = Literal["held", "announced", "unreal"]
Clause = tuple[Shape, BodyMention | None, int, Mode]
_LEXICON = load_lexicon("meetings")

_NOUNS = _LEXICON["nouns"]
NOUN = re.compile(
    rf"(?<!\w)(?<!{' )(?<!'.join(_NOUNS.fields['not_after'])} )"
    rf"{alternation([*_NOUNS.forms, *_NOUNS.fields['told_so']])}(?!\w)"
    rf"(?! {alternation(_NOUNS.fields['not_before'])}(?!\w)(?! cáo))"  # "hội nghị báo cáo viên"
)
VERB = re.compile(whole_words(_LEXICON["verbs"].forms))
_VERBS = _LEXICON["meeting_verbs"]
_NO_VERB = "".join(rf"(?<!{word} )" for word in _VERBS.fields["not_after"])
MEETING_VERB = re.compile(
    rf"{_NO_VERB}(?:{whole_words([*_VERBS.forms, *_VERBS.fields['told_so']])}"
    rf"(?! {alternation(_VERBS.fields['not_before'])}(?!\w))"
    rf"|{whole_words(_VERBS.fields['with_voters'])}(?= [^,.;:]{{0,40}}(?<!\w)cử tri(?!\w)))"
)
PASSIVE = re.compile(whole_words(_LEXICON["passive"].forms))
_NOT_SOON = alternation(_LEXICON["announced"].fields["not_before"])
_ANNOUNCED = re.compile(rf"{whole_words(_LEXICON['announced'].forms)}(?! {_NOT_SOON}(?!\w))")
TO_COME = re.compile(rf"{whole_words(_LEXICON['announced'].fields['adverbs'])}(?! {_NOT_SOON}(?!\w))")
_UNREAL = re.compile(
    rf"{whole_words(_LEXICON['unreal'].forms)}(?! {alternation(_LEXICON['unreal'].fields['not_before'])}(?!\w))"
)
_RANKED = alternation(_LEXICON["office"].fields["ranks"])
_OFFICE = re.compile(rf"(?<!đoàn )(?:{whole_words(_LEXICON['office'].forms)})(?: {_RANKED})?\s*\Z")
CHAIR = re.compile(r"(?<!\w)(?:đồng )?(?:chủ trì|chủ tọa|điều hành)(?!\w)")
# Before a verb: it is another word's. "Về xã Tam Quang tiếp xúc với cử tri" tells where they went.
_PLACE = "(?:xã|phường|thị trấn|huyện|thị xã|thôn|bản|buôn|ấp|cơ sở|lắng nghe|tiếp xúc|gặp|dự|làm việc|nghe)"
_ATTRIBUTE = re.compile(rf"(?<!\w)(?:về(?! {_PLACE}(?!\w))|của|cho|theo|để|nhằm|trong việc)(?!\w)")
# "Tổ chức giải bóng chuyền chào mừng Đại hội": what is held is not the congress.
IN_HONOUR = re.compile(whole_words(_LEXICON["honours"].forms))
_VERB_CHARS = 14  # of a verb that tells whether "về" before it is one of motion
BEFORE_NOUN = 24
TO_VERB = 200  # from the subject to its verb: "…, khóa XII, nhiệm kỳ 2020 - 2025 phối hợp với … đã"
TO_NOUN = 90  # from the verb to what is held: "tổ chức thành công 2 ngày hội nghị"
TO_MEETING_VERB = 70


def is_office(lower: str, body: BodyMention) -> bool:
    """Whether the body is named only as part of somebody's post ("Chủ tịch UBND tỉnh")."""
    return bool(_OFFICE.search(lower, max(0, body.start - 40), body.start))


def is_dated(lower: str, sentence: Span) -> bool:
    return any(
        day.is_marked and (day.date.precision == "day" or day.deictic is not None)
        for day in find_dates(lower[slice(*sentence)])
    )


def mode_of(lower: str, start: int, end: int) -> Mode:
    if _ANNOUNCED.search(lower, start, end):
        return "announced"
    return "unreal" if _UNREAL.search(lower, start, end) else "held"


def is_of_another(lower: str, start: int, verb: int) -> bool:
    """Whether a word before the verb makes it another word's: "theo quy định về giám sát"."""
    found = _ATTRIBUTE.search(lower, start, verb + _VERB_CHARS)
    return found is not None and found.start() < verb
