"""Does an article report a meeting of a public body that was held?

Evidence for: a clause with a public host that met, and the words of a witness ("tại hội nghị",
"kết luận", "chủ trì"). Evidence against: invitations, postponements, legal texts, lists of headlines,
press conferences, companies, other countries. The weights are few and stand here.

Not here: the clauses (``events.py``), the words (``lexicon/meetings.yml``).
"""

import math
import re
from dataclasses import dataclass

from bienban.bodies import BodyMention
from bienban.clause_words import NOUN, TO_COME
from bienban.date_forms import PARTS_OF_DAY, WEEKDAYS, find_dates
from bienban.events import Event, speaks_of_meetings
from bienban.layout import Layout
from bienban.lexicon import alternation, load_lexicon, lowered, whole_words

_LEXICON = load_lexicon("meetings")


_WITNESS = re.compile(
    rf"(?<!\w){alternation(_LEXICON['at_the_meeting'].forms)} "
    rf"(?:{alternation(_LEXICON['at_the_meeting'].fields['between'])} )?{NOUN.pattern}"
)
_ACTS = re.compile(whole_words(_LEXICON["acts"].forms))
_INVITATION = re.compile(whole_words(_LEXICON["invitation"].forms))
# "Không giấy mời, không báo cáo in sẵn, phiên họp …": a notice is called so where a line begins, or behind a colon
_NOTICE = re.compile(
    rf"(?:^|:)[\W\d]{{0,6}}{alternation(_LEXICON['invitation'].fields['notices'])}(?!\w)", re.MULTILINE
)
_TRIAL = re.compile(whole_words(_LEXICON["trial"].forms))
_CRIME = re.compile(whole_words(_LEXICON["crime"].forms))
_AGENDA = re.compile(rf"^[\W\d]{{0,6}}{alternation(_LEXICON['agenda'].forms)} ?:", re.MULTILINE)
_ANSWERS = re.compile(rf"^[\W\d]{{0,6}}{alternation(_LEXICON['answers'].forms)} ?:", re.MULTILINE)
_INTERNATIONAL = _LEXICON["international"]
_ADDRESSEES = re.compile(rf"^[\W\d]{{0,6}}{alternation(_LEXICON['addressees'].forms)}(?!\w)", re.MULTILINE)
_POSTPONED = re.compile(whole_words(_LEXICON["postponed"].forms))
_PRESS = re.compile(whole_words(_LEXICON["press_conference"].forms))
_ELSEWHERE = re.compile(
    rf"(?<!{_LEXICON['private_or_foreign'].fields['not_after']} ){whole_words(_LEXICON['private_or_foreign'].forms)}"
)
_ABROAD = re.compile(whole_words(load_lexicon("bodies")["foreign"].forms))
_ARTICLE_OF_LAW = re.compile(r"^(?:điều|chương|mục) (?:\d+|[ivx]+)\b", re.MULTILINE)

_BEGINS = alternation(_LEXICON["announced"].fields["begins"])
_TO_COME = re.compile(rf"{NOUN.pattern}[^.;:]{{0,60}}?[ ,]+{TO_COME.pattern} (?:\w+ ){{0,3}}{_BEGINS}(?!\w)")
_STATE = rf"{alternation(load_lexicon('bodies')['foreign'].fields['states'])}(?!\w)"
_STATES = re.compile(rf"(?<!\w){_STATE}")
_FOREIGN_BODY = re.compile(
    rf"(?<!\w)(?i:{alternation(load_lexicon('bodies')['foreign'].fields['bodies'])}) (?:của )?{_STATE}"
)

_SAID_THERE = re.compile(
    rf"(?<!\w){alternation(_LEXICON['told_there'].forms)}(?!\w)[^.;\n]{{0,160}}?(?<!\w)(?:tại|trong)"
    rf"(?: {alternation(_LEXICON['at_the_meeting'].fields['between'])})? {NOUN.pattern}"
)
_RECENT = re.compile(
    whole_words([*PARTS_OF_DAY, *WEEKDAYS, *load_lexicon("dates")["near_weekdays"].forms, "vừa", "mới đây"])
)
THRESHOLD = 1.8
_EVENT, _TITLE_EVENT = 2.2, 0.6  # a clause in lead or body; one more in the title
_EVIDENCE, _MOST_EVIDENCE = 0.45, 4  # each witness phrase, each act; so many count
_LEAST_EVIDENCE, _IN_PASSING = 2, 0.6  # "Năm 2016, … Hội Nông dân xã họp": somebody met once, nobody was there
_AGAINST_KIND = 4.0  # invitation, postponement, legal text: no report at all
_PRIVATE_HOST = 3.0
_NO_EVENT = 1.0  # witnesses alone: perhaps a meeting told in passing
_PRESS_LEAD, _ELSEWHERE_LEAD, _ABROAD_LEAD = 2.0, 1.2, 0.6
_ANNOUNCED_LEAD = 1.5
_DATED_LEAD = 0.35  # the clause of the lead tells the day: a report of that day's meeting
_SOURCE = 0.6  # the meeting at which the lead's news was told
_FIRST_BODY = 160  # code points behind the lead in which a press conference may be told of
_WORKED_THERE = 0.5  # "Đoàn công tác … kiểm tra …" on a day, and somebody concludes "buổi làm việc"
_OPENING = 2  # paragraphs behind the lead: a background may come first
_SURE = 0.75
_DATED = 0.2  # the clause that tells the day names the meeting better than the one that tells who chaired
_MANY_STATES, _FOREIGN_LEAD = 3, 1.5
_FOREIGN_TITLE = 1.5
_TRIAL_LEAD = 2.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """``confidence`` is that of the answer given, 0.5 to 1."""

    is_meeting_report: bool
    confidence: float
    main: Event | None  # the clause that names the meeting


_NO_MEETING = Verdict(False, 0.9999, None)


def is_meeting_report(text: str, lower: str, layout: Layout, events: list[Event]) -> Verdict:
    """Judge an article from its normal text, the same in lower case, its parts and its events."""
    if not speaks_of_meetings(lower):
        return _NO_MEETING
    main = main_event(events)
    score = _score(text, lower, layout, events, main)
    probability = 1 / (1 + math.exp(-2 * (score - THRESHOLD)))
    positive = score >= THRESHOLD
    return Verdict(positive, round(max(probability, 1 - probability), 4), main if positive else None)


def main_event(events: list[Event]) -> Event | None:
    """The clause that tells most of the meeting: the lead before the title, the early before the late."""
    held = [event for event in events if event.weight > 0]
    return max(held, key=_prominence, default=None)


def _prominence(event: Event) -> tuple[float, int]:
    part = {"lead": 0.5, "title": 0.15, "body": 0.0}.get(event.part, 0.0)
    dated = _DATED if event.is_dated and not event.is_minor else 0.0
    return event.weight + part + dated - 0.03 * min(event.paragraph, 20), -event.sentence.start


def _score(text: str, lower: str, layout: Layout, events: list[Event], main: Event | None) -> float:
    head = _text_of(lower, layout, "title", "lead")
    head_as_written = _text_of(text, layout, "title", "lead")  # of names
    body = _text_of(lower, layout, "title", "lead", "body", "caption")
    score = 0.0 if main else -_NO_EVENT
    if main:
        score += _EVENT * main.weight * _place(layout, main)
        is_foreign = main.host is not None and _is_international(lowered(main.host.body))
        score -= _PRIVATE_HOST * bool(main.host and (main.host.is_private or is_foreign))
        score += _TITLE_EVENT * any(event.part == "title" and event.weight > 0 for event in events)
    witnesses, acts = _count(_WITNESS, body), len({match.group() for match in _ACTS.finditer(body)})
    score += _EVIDENCE * (min(witnesses, _MOST_EVIDENCE) + min(acts, _MOST_EVIDENCE))
    if main and main.shape == "subject_worked" and main.is_dated and main.host and main.part == "lead" and witnesses:
        score += _WORKED_THERE
    if _is_passing(lower, layout, main) and witnesses + acts < _LEAST_EVIDENCE:
        score -= _IN_PASSING
    to_come = [event for event in events if event.mode == "announced" and event.part in ("title", "lead")]
    if main and main.is_dated and main.host and _place(layout, main) == 1.0:
        # "… sẽ trình tại kỳ họp HĐND vào tháng 6", said at a meeting that has its day
        to_come = [event for event in to_come if event.shape != "noun_of_body"]
    score -= _ANNOUNCED_LEAD * bool(to_come)
    score -= _ANNOUNCED_LEAD * _is_to_come(lower, head, main)
    if not _is_told_surely(main):  # a court's year is told in the words of its trials
        score -= _TRIAL_LEAD * (len({match.group() for match in _TRIAL.finditer(body)}) >= 2)
    is_source = _is_source(lower, layout, main)
    if is_source:
        score += _SOURCE
    elif main is None or main.part == "body":
        score -= _TRIAL_LEAD * (len({match.group() for match in _CRIME.finditer(head)}) >= 2)
    press = f"{head}\n{_text_of(lower, layout, 'body')[:_FIRST_BODY]}" if main and main.part == "body" else head
    score -= _PRESS_LEAD * bool(_PRESS.search(press))
    if main and _PRESS.search(lower, *main.sentence):
        score -= _AGAINST_KIND
    if main and main.shape != "subject_worked" and main.host and _place(layout, main) == 1.0:
        score += _DATED_LEAD * _tells_day(lower, layout, main, main.host)
    score -= _ELSEWHERE_LEAD * min(len({match.group() for match in _ELSEWHERE.finditer(head)}), 2)
    if main is None or main.host is None or main.part == "body":
        abroad = {match.group() for match in _ABROAD.finditer(head_as_written)}
        score -= _ABROAD_LEAD * min(len(abroad), 2)
    score -= _FOREIGN_TITLE * bool(_FOREIGN_BODY.search(head_as_written))
    score -= _FOREIGN_LEAD * (_count(_STATES, head_as_written) >= _MANY_STATES)
    if _is_invitation(lower, layout) or _POSTPONED.search(head) or _is_letter(lower):
        score -= _AGAINST_KIND
    return score


def _is_passing(lower: str, layout: Layout, main: Event | None) -> bool:
    """ "Hội Nông dân xã họp": a body met, and nothing says that it was the other day."""
    if main is None or main.shape != "subject_met" or main.is_dated:
        return False
    if main.host and _tells_day(lower, layout, main, main.host):
        return False
    return _RECENT.search(lower, main.sentence.start, main.topic) is None


def _is_source(lower: str, layout: Layout, main: Event | None) -> bool:
    """ "Ông A cho biết thông tin này tại hội nghị …": right behind the lead a meeting is named as its source."""
    if main is None or not main.is_dated or _place(layout, main) < 1.0:
        return False
    return _SAID_THERE.search(lower, *main.sentence) is not None


def _is_told_surely(main: Event | None) -> bool:
    """Whether title or lead says on which day a body held its meeting."""
    return main is not None and main.part != "body" and main.is_dated and main.host is not None and main.weight >= _SURE


def _tells_day(lower: str, layout: Layout, event: Event, host: BodyMention) -> bool:
    """Whether a clause, or the lead before it, tells its day.

    "Chiều nay" behind the host may be somebody's word of a meeting to come.
    """
    start = layout.paragraphs[event.paragraph].span.start if event.part == "lead" else event.sentence.start
    before = host.start - start
    days = find_dates(lower[start : event.sentence.end])
    return any(d.date.precision == "day" or (d.deictic is not None and d.span.start < before) for d in days)


def _is_invitation(lower: str, layout: Layout) -> bool:
    """Whether the article invites or announces; what a page gives behind its text and signature is none of it."""
    text = layout.of_kind("lead", "body")
    if not text:
        return bool(_INVITATION.search(lower) or _NOTICE.search(lower))
    end = text[-1].span.end
    is_signed = any(line.span.start >= end for line in layout.of_kind("byline"))
    return bool(_NOTICE.search(lower, 0, end) or _INVITATION.search(lower, 0, end if is_signed else len(lower)))


def _is_letter(lower: str) -> bool:
    """The text of a law, answers to readers, or a letter with the programme of a meeting or its addressees."""
    return (
        _count(_ARTICLE_OF_LAW, lower) >= 2
        or len({match.group() for match in _AGENDA.finditer(lower)}) >= 2
        or _ADDRESSEES.search(lower) is not None
        or _ANSWERS.search(lower) is not None
    )


def _is_international(body: str) -> bool:
    """ "Hội đồng Ủy hội sông Mê Công quốc tế": no state's body."""
    words, others = _INTERNATIONAL.fields["words"], _INTERNATIONAL.fields["not_words"]
    if not body.startswith(tuple(_INTERNATIONAL.forms)) or any(word in body for word in others):
        return False
    return any(word in body for word in words)


def _is_to_come(lower: str, head: str, main: Event | None) -> bool:
    """ "Kỳ họp thứ 6, dự kiến diễn ra từ ngày 4 …": said by the clause itself, or by a lead without a host."""
    if main is not None and main.shape != "noun_was_held":
        return _TO_COME.search(lower, *main.sentence) is not None
    return _TO_COME.search(head) is not None


def _place(layout: Layout, event: Event) -> float:
    """How much a clause counts by its place: the lead tells what the article is about, the tenth paragraph does not."""
    lead = next((at for at, p in enumerate(layout.paragraphs) if p.kind in ("lead", "body")), 0)
    distance = max(0, event.paragraph - lead)
    return 1.0 if distance <= _OPENING else max(0.3, 1.0 - 0.13 * (distance - 1))


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _text_of(lower: str, layout: Layout, *kinds: str) -> str:
    return "\n".join(lower[p.span.start : p.span.end] for p in layout.paragraphs if p.kind in kinds)
