"""The events of an article: the clauses that say a meeting was held, each with its place and its weight.

Not here: the clauses themselves (``clauses.py``), whether the article reports a meeting at all
(``classify.py``), whose meeting (``hosts.py``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bienban.bodies import BodyMention, find_bodies
from bienban.clause_words import Mode, Shape, is_dated, is_office
from bienban.clauses import find_clauses
from bienban.layout import Layout, PartKind
from bienban.lexicon import alternation, load_lexicon, whole_words
from bienban.records import Span
from bienban.scenes import find_scene

_LEXICON = load_lexicon("meetings")
_WEIGHTS: dict[Shape, float] = {
    "subject_verb_noun": 1.0,
    "subject_met": 0.85,
    "subject_worked": 0.4,
    "noun_by_agent": 0.9,
    "noun_was_held": 0.75,
    "noun_of_body": 0.7,
    "office_chaired": 0.7,
    "scene": 0.9,
    "told_again": 0.7,
}

_ONLY_ON_A_DAY = tuple(_LEXICON["meeting_verbs"].fields["only_on_a_day"])
_TEAMS = _LEXICON["inspecting"].fields["teams"]
_VERBS = _LEXICON["meeting_verbs"]
_WITH_VOTERS = _VERBS.fields["with_voters"]
_NOUNS = _LEXICON["nouns"]
_FORMS = frozenset((*_NOUNS.forms, *_NOUNS.fields["told_so"], *_VERBS.forms, *_VERBS.fields["told_so"], *_TEAMS))
# A first sieve for sentences: no conditions yet, so that one pass is cheap.
_TOPIC = re.compile(whole_words((*_FORMS, *_WITH_VOTERS, *_LEXICON["work_verbs"].forms)))
# Finding a plain word costs a hundredth of a pattern; most articles have none of these.
_STEMS = (
    *(form for form in _FORMS if not any(other != form and other in form for other in _FORMS)),
    "cử tri",
    "quốc hội",
)
_MINOR = re.compile(rf"[\s*+•\"-]*{alternation(_LEXICON['minor_event'].forms)}(?!\w)")
# "Chi bộ đã tổ chức 9 kỳ sinh hoạt, 3 buổi sinh hoạt chuyên đề": counted in a report, not the meeting itself
_MANY = alternation(_LEXICON["habits"].fields["before"])
_COUNT = re.compile(r"\d(?: (?:buổi|cuộc|lớp|kỳ|phiên|đợt|lượt))? \Z")
_SEVERAL = re.compile(rf"(?<!\w){_MANY}(?: (?:buổi|cuộc|lớp|kỳ|phiên|đợt|lượt))? \Z")
_HABIT = re.compile(rf"[\s\"(*+-]*{alternation(_LEXICON['habits'].forms)}(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One clause. Offsets are of the normal text; ``topic`` is where its noun or meeting verb begins."""

    sentence: Span
    part: PartKind
    paragraph: int
    shape: Shape
    host: BodyMention | None
    topic: int
    mode: Mode
    is_minor: bool
    is_dated: bool = False  # its sentence names a day

    @property
    def weight(self) -> float:
        """How surely the clause reports a meeting of its host, 0 to 1."""
        weight = _WEIGHTS[self.shape] - (0.0 if self.host else 0.3) - (0.4 if self.is_minor else 0.0)
        return weight if self.mode == "held" else 0.0


def find_events(text: str, lower: str, layout: Layout) -> list[Event]:
    """Every event of title, lead and body, in reading order."""
    if not speaks_of_meetings(lower):
        return []
    events: list[Event] = []
    for index, paragraph in enumerate(layout.paragraphs):
        if paragraph.kind not in ("title", "lead", "body"):
            continue
        minor = bool(_MINOR.match(lower, paragraph.span.start))
        for sentence in paragraph.sentences:
            if _TOPIC.search(lower, *sentence) and not _HABIT.match(lower, *sentence):
                on_a_day = is_dated(lower, sentence)
                aside = minor or is_minor(lower, sentence)
                events.extend(
                    Event(
                        sentence=sentence,
                        part=paragraph.kind,
                        paragraph=index,
                        shape=shape,
                        host=host,
                        topic=topic,
                        mode=mode,
                        is_minor=aside or _is_passing(lower, topic, paragraph.kind, is_dated=on_a_day),
                        is_dated=on_a_day,
                    )
                    for shape, host, topic, mode in find_clauses(text, lower, sentence)
                )
    if not any(event.host and event.weight and event.part != "body" for event in events):
        events = [_of_title(event, text, lower, layout) for event in events]
        events.extend(_painted(text, lower, layout))
    return events


def _of_title(event: Event, text: str, lower: str, layout: Layout) -> Event:
    """ "… được công bố tại hội nghị tổng kết ngành ngày 10/1": a lead that tells meeting and day; the title whose."""
    if event.host or event.part != "lead" or event.shape != "noun_was_held" or not event.is_dated:
        return event
    title = next(iter(layout.of_kind("title")), None)
    named = find_bodies(text, lower, *title.span) if title else ()
    return replace(event, host=next((body for body in named if not is_office(lower, body)), None))


def _painted(text: str, lower: str, layout: Layout) -> Iterator[Event]:
    scene = find_scene(text, lower, layout)
    if scene is not None:
        yield Event(
            sentence=scene.sentence,
            part="lead",
            paragraph=scene.paragraph,
            shape="told_again" if scene.is_told_again else "scene",
            host=scene.host,
            topic=scene.topic,
            mode="held",
            is_minor=False,
            is_dated=is_dated(lower, scene.sentence),
        )


@lru_cache(maxsize=4)
def speaks_of_meetings(lower: str) -> bool:
    """Whether the text has a word for a meeting at all: without one there are neither events nor witnesses."""
    return any(stem in lower for stem in _STEMS)


def is_minor(lower: str, sentence: Span) -> bool:
    """Whether a sentence opens like the report of a second, smaller event ("Trước đó, sáng cùng ngày, …")."""
    return bool(_MINOR.match(lower, sentence.start))


def _is_passing(lower: str, topic: int, part: PartKind, *, is_dated: bool) -> bool:
    """Counted in a report ("3 buổi sinh hoạt"), or praise without a day ("tuyên dương"): not the meeting itself."""
    is_counted = part == "body" and _COUNT.search(lower, max(0, topic - 12), topic) is not None
    is_counted = is_counted or (part != "title" and _SEVERAL.search(lower, max(0, topic - 12), topic) is not None)
    return is_counted or (not is_dated and lower.startswith(_ONLY_ON_A_DAY, topic))
