"""From one article to everything it yields; and the same over Arrow batches.

Pure: no clock, no network, no state between articles. Total: every string gives an ``Extraction``.

Not here: any finding (one module per kind of record), how a result is written out (``export.py``).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

import orjson
import pyarrow as pa

from bienban.bylines import find_byline
from bienban.classify import Verdict, is_meeting_report
from bienban.confidence import Kind, confidence_of
from bienban.documents import find_documents
from bienban.events import Event, find_events
from bienban.export import to_json
from bienban.figures import FigureContext, find_figures
from bienban.host_units import Reading
from bienban.hosts import find_host
from bienban.layout import Layout, find_layout
from bienban.lexicon import lowered
from bienban.meetings import HeldOn, calendar, find_held_on, meeting_days
from bienban.people import find_people
from bienban.records import Article, Byline, Extraction, FieldState, Found, Host, Meeting, Period, Span
from bienban.sessions import session_types
from bienban.text import modern
from bienban.told_periods import find_meeting_periods

# The columns of a batch of results. ``record`` is the JSON object of the extraction contract.
RESULT_SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("is_meeting_report", pa.bool_(), nullable=False),
        pa.field("confidence", pa.float64(), nullable=False),
        pa.field("record", pa.string(), nullable=False),
    ]
)
T = TypeVar("T", bound=Found)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MEETING_FIELDS = ("session_types", "held_on", "part_of_day", "reviewed_period", "planned_period", "host")


def extract(article: Article) -> Extraction:
    """Everything that ``article`` yields. Offsets are of ``article.text`` as given."""
    layout = find_layout(article)
    text = article.normal.text
    lower = lowered(text)
    events = find_events(text, lower, layout)
    verdict = is_meeting_report(text, lower, layout, events)
    byline = find_byline(article, layout)
    documents = tuple(_sure("document", record) for record in find_documents(article, layout))
    meeting = _meeting(article, layout, lower, events, verdict, byline) if verdict.is_meeting_report else None
    if meeting is None:
        return Extraction(
            article_id=article.id,
            is_meeting_report=False,
            confidence=verdict.confidence if not verdict.is_meeting_report else 0.5,
            documents=documents,
            byline=byline,
            fields=_fields(None, documents, byline),
        )
    record, days = meeting
    context = FigureContext(
        held_on=days,
        reviewed=record.reviewed_period,
        planned=record.planned_period,
        session_types=record.session_types,
    )
    people = sorted(find_people(article, layout), key=lambda person: person.role != "chair")
    return Extraction(
        article_id=article.id,
        is_meeting_report=True,
        confidence=verdict.confidence,
        meeting=record,
        people=tuple(_sure("person", record) for record in people),
        documents=documents,
        figures=tuple(find_figures(article, layout, context)),
        byline=byline,
        fields=_fields(record, documents, byline),
    )


def extract_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Extract batches with the columns ``id``, ``text`` and, where present, ``title``, ``url``, ``published_at``.

    Yields one batch of RESULT_SCHEMA per batch given, a row per row, in order. A null ``text`` is
    read as empty. ``published_at`` may be a date, a timestamp or an ISO string.
    """
    for batch in batches:
        results = [(article, extract(article)) for article in _articles(batch)]
        yield pa.RecordBatch.from_pydict(
            {
                "id": [article.id for article, _ in results],
                "is_meeting_report": [result.is_meeting_report for _, result in results],
                "confidence": [result.confidence for _, result in results],
                "record": [orjson.dumps(to_json(result, article)).decode() for article, result in results],
            },
            schema=RESULT_SCHEMA,
        )


def _articles(batch: pa.RecordBatch) -> Iterator[Article]:
    names = set(batch.schema.names)
    for row in batch.to_pylist():
        yield Article(
            id=str(row["id"]),
            text=row["text"] or "",
            title=row["title"] if "title" in names else None,
            url=row["url"] if "url" in names else None,
            published_on=_day(row["published_at"]) if "published_at" in names else None,
        )


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and value:
        try:
            return datetime.fromisoformat(value).date()
        except ValueError:
            return None
    return None


def _sure(kind: Kind, record: T) -> T:
    """The record with the confidence that its rule has earned."""
    return replace(record, confidence=confidence_of(kind, record.rule))


def _meeting(
    article: Article, layout: Layout, lower: str, events: list[Event], verdict: Verdict, byline: Byline | None
) -> tuple[Meeting, Period | None] | None:
    """The meeting with its first and last day; None when the article names no body that could have met."""
    event = verdict.main
    title = _title(article, layout, lower)
    opening = _opening(layout)
    types = session_types(lower, event, title, opening=opening)
    told = _without_years_of_host(lower, event)
    periods = find_meeting_periods(told, layout, events, event, types, title)
    known = calendar(told, layout, article.published_on, periods, title)
    held = find_held_on(told, layout, event, events, known)
    met_on = held.day or known.written_on
    reviewed, planned = periods.reviewed_days(met_on), periods.planned_days(met_on)
    if types == ("other",):
        types = session_types(lower, event, title, (reviewed, planned), opening)
    host = _host(article, layout, lower, event, byline, held, reviewed)
    if host is None:
        return None
    span = _span(article, layout, event)
    meeting = Meeting(
        headline=_headline(article, layout),
        span=span,
        quote=article.text[span.start : span.end],
        rule=f"events.{event.shape}" if event else "events.witness",
        confidence=verdict.confidence,
        session_types=types,
        held_on=held.day,
        date_precision=held.precision,
        held_on_basis=held.basis,
        part_of_day=held.part_of_day,
        reviewed_period=reviewed,
        planned_period=planned,
        host=host,
    )
    return meeting, meeting_days(held)


def _without_years_of_host(lower: str, event: Event | None) -> str:
    """ "Ban Chỉ đạo … giai đoạn 2021 - 2025 huyện …": years in the host's name are no time of the meeting."""
    if event is None or event.host is None:
        return lower
    start, end = event.host.start, event.host.end
    name = _YEAR.sub("xxxx", lower[start:end])
    return lower if name == lower[start:end] else lower[:start] + name + lower[end:]


def _host(
    article: Article,
    layout: Layout,
    lower: str,
    event: Event | None,
    byline: Byline | None,
    held: HeldOn,
    reviewed: Period | None,
) -> Host | None:
    on = held.day or (reviewed.end if reviewed else article.published_on)
    agency = byline.agency if byline else None
    reading = Reading(text=article.normal.text, lower=lower, layout=layout, url=article.url, agency=agency)
    return find_host(reading, event, on)


def _title(article: Article, layout: Layout, lower: str) -> str:
    in_text = "\n".join(lower[p.span.start : p.span.end] for p in layout.of_kind("title"))
    return in_text or lowered(modern(article.title or ""))


def _opening(layout: Layout) -> tuple[Span, ...]:
    """The sentences of the lead and of the paragraph after it: there a paper names the meeting in full."""
    paragraphs = (*layout.of_kind("lead"), *layout.of_kind("body")[:1])
    return tuple(sentence for paragraph in paragraphs for sentence in paragraph.sentences)


def _headline(article: Article, layout: Layout) -> str | None:
    lines = (article.normal.text[slice(*paragraph.span)] for paragraph in layout.of_kind("title"))
    return " ".join((" ".join(lines) or modern(article.title or "")).split()) or None


def _span(article: Article, layout: Layout, event: Event | None) -> Span:
    if event is not None:
        return Span(*article.normal.original_span(event.sentence))
    first = next(iter(layout.of_kind("lead", "body")), None)
    return Span(*article.normal.original_span(first.span)) if first else Span(0, 0)


def _fields(meeting: Meeting | None, documents: tuple[object, ...], byline: Byline | None) -> dict[str, FieldState]:
    """What was looked for, and whether the text has it."""
    looked: dict[str, object] = {"documents": documents, "byline": byline}
    if meeting:
        host = meeting.host
        looked |= {name: getattr(meeting, name) for name in _MEETING_FIELDS}
        looked |= {"host.unit": host.unit.name, "host.province": host.unit.province}
    fields: dict[str, FieldState] = {name: "found" if value else "absent" for name, value in looked.items()}
    if not meeting:
        fields |= dict.fromkeys((*_MEETING_FIELDS, "people", "figures"), "not_looked")
    return fields
