"""A meeting that the lead paints instead of naming it: its day, its noun, its body and its chair, in any order.

"Chiều 30/12, những chiếc ghế trong hội trường Hội Nông dân tỉnh được kê cách xa nhau. Hội nghị tổng kết … chỉ có 55
đại biểu ngồi trực tiếp. Điều hành hội nghị, Chủ tịch Hội Nông dân tỉnh …": no clause says that anybody held it.

Not here: clauses that say it (``clauses.py``).
"""

import re
from dataclasses import dataclass

from bienban.bodies import BodyMention, find_bodies
from bienban.clause_words import MEETING_VERB, NOUN, TO_COME, is_office
from bienban.date_forms import find_dates
from bienban.layout import Layout
from bienban.lexicon import alternation, load_lexicon, whole_words
from bienban.records import Span

_CHAIR = load_lexicon("roles")["chair"]
_CHAIRED = re.compile(
    rf"{whole_words({*_CHAIR.forms, *_CHAIR.fields['opens']})}(?! {whole_words(_CHAIR.fields['tasks'])})"
)
_ACTS = load_lexicon("meetings")["acts"]
_ACTED = re.compile(whole_words([*_ACTS.forms, *_ACTS.fields["seen"]]))
_PAST_LEAD = 1  # paragraphs behind the lead in which the chair may be told
_ROOMS = alternation(load_lexicon("meetings")["rooms"].forms)
_AT_HOME = re.compile(rf"(?<!\w){_ROOMS}(?!\w)")
_IN_ROOMS = re.compile(rf"(?<!\w){_ROOMS}\s\Z")
# "Hội nghị có sự tham dự của …", "Tại cuộc họp, …", "Kết luận buổi làm việc, …"
_AGAIN = re.compile(
    rf"(?:{alternation(load_lexicon('meetings')['at_the_meeting'].forms)} )?"
    rf"(?:{alternation(load_lexicon('meetings')['at_the_meeting'].fields['between'])} )?{NOUN.pattern}(?! thứ)"
)
_OWNED = re.compile(r"[^,.;:]{0,90}\scủa\s\Z")  # "hội nghị tuyên dương thanh niên tiên tiến của Thành đoàn"
_BEFORE_BODY = 16
_OPENING = 12  # code points; a paper's name in brackets may stand before


@dataclass(frozen=True, slots=True)
class Scene:
    """The sentence that names the meeting, where its noun begins, who seems to have met."""

    sentence: Span
    paragraph: int
    topic: int
    host: BodyMention
    is_told_again: bool = False  # only a noun behind the sentence calls it a meeting


def find_scene(text: str, lower: str, layout: Layout) -> Scene | None:
    """The meeting that the lead paints; None unless day, noun, body and what was done are told there."""
    index = next((at for at, paragraph in enumerate(layout.paragraphs) if paragraph.kind == "lead"), None)
    if index is None:
        return None
    paragraph = layout.paragraphs[index]
    told = [part.span for part in layout.paragraphs[index : index + 1 + _PAST_LEAD] if part.kind in ("lead", "body")]
    acted = any(_CHAIRED.search(lower, *span) or _ACTED.search(lower, *span) for span in told)
    at_home = _AT_HOME.search(lower, *paragraph.span)
    if not _tells_day(lower, paragraph.span) or TO_COME.search(lower, *paragraph.span):
        return None
    noun = NOUN.search(lower, *paragraph.span) or MEETING_VERB.search(lower, *paragraph.span)
    if acted and at_home and noun is None:
        noun = at_home  # who sat in a hall under somebody's lead met, whatever they are said to have done
    if noun is not None and (acted or at_home):
        host = _host(text, lower, paragraph.span)
        sentence = next(one for one in paragraph.sentences if one.start <= noun.start() < one.end)
        return Scene(sentence, index, noun.start(), host) if host else None
    return _told_again(text, lower, layout, index)


def _told_again(text: str, lower: str, layout: Layout, index: int) -> Scene | None:
    """ "Sáng 12/3, Tỉnh đoàn đã triển khai Tháng Thanh niên. Hội nghị được truyền …": the noun says what it was."""
    first, *rest = layout.paragraphs[index].sentences
    if not _tells_day(lower, first):
        return None
    for paragraph in layout.paragraphs[index + 1 : index + 1 + _PAST_LEAD]:
        rest.extend(paragraph.sentences if paragraph.kind == "body" else ())
    again = next((told for sentence in rest if (told := _AGAIN.match(lower, *sentence))), None)
    host = _host(text, lower, first) if again else None
    if again is None or host is None or is_office(lower, host):
        return None
    return Scene(first, index, first.start, host, is_told_again=True)


def _tells_day(lower: str, span: Span) -> bool:
    """A day, a month with its year, "hôm qua"; "chiều nay" only where the lead opens: else somebody may say it."""
    for day in find_dates(lower[slice(*span)]):
        is_month = day.date.precision == "month" and day.date.year is not None
        is_past = day.deictic is not None and (day.deictic < 0 or day.span.start < _OPENING)
        if day.is_marked and (day.date.precision == "day" or is_month or is_past):
            return True
    return False


def _host(text: str, lower: str, span: Span) -> BodyMention | None:
    """Whose meeting the noun is, else the body in whose rooms they sat, else the first one of the paragraph."""
    bodies = [body for body in find_bodies(text, lower, *span) if _is_public(body)]
    noun = NOUN.search(lower, *span)
    if noun and (owner := next((b for b in bodies if _OWNED.match(lower, noun.end(), b.start)), None)):
        return owner
    at_home = (body for body in bodies if _IN_ROOMS.search(lower, max(0, body.start - _BEFORE_BODY), body.start))
    return next(at_home, bodies[0] if bodies else None)


def _is_public(body: BodyMention) -> bool:
    """Whether a unit, the state or an organisation bears the body; "ban tổ chức" alone may be a tournament's."""
    return bool(body.kind or body.is_central or body.organisation)
