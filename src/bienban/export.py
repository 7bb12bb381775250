"""An extraction as the JSON object that the extraction contract describes.

Not here: the finding (``extract.py``), files and streams (``io``).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from bienban.records import Article, Byline, Document, Extraction, Figure, Found, Meeting, Period, Person


def to_json(extraction: Extraction, article: Article) -> dict[str, Any]:
    """The contract's object for ``extraction`` of ``article``: only str, int, float, bool, None, list, dict."""
    return {
        "id": extraction.article_id,
        "url": article.url,
        "published_on": _day(article.published_on),
        "is_meeting_report": extraction.is_meeting_report,
        "confidence": extraction.confidence,
        "fields": dict(extraction.fields),
        "meeting": _meeting(extraction.meeting, extraction.people) if extraction.meeting else None,
        "documents": [_document(document) for document in extraction.documents],
        "figures": [_figure(figure) for figure in extraction.figures],
        "byline": _byline(extraction.byline),
    }


def extract_records(articles: Iterable[Article]) -> Iterator[dict[str, Any]]:
    """The contract's object for each article, in order; never filters."""
    from bienban.extract import extract

    for article in articles:
        yield to_json(extract(article), article)


def _found(record: Found) -> dict[str, Any]:
    return {
        "span": [record.span.start, record.span.end],
        "quote": record.quote,
        "rule": record.rule,
        "confidence": round(record.confidence, 4),
    }


def _meeting(meeting: Meeting, people: tuple[Person, ...]) -> dict[str, Any]:
    unit = meeting.host.unit
    return {
        **_found(meeting),
        "headline": meeting.headline,
        "session_types": list(meeting.session_types),
        "held_on": _day(meeting.held_on),
        "date_precision": meeting.date_precision,
        "held_on_basis": meeting.held_on_basis,
        "part_of_day": meeting.part_of_day,
        "reviewed_period": _period(meeting.reviewed_period),
        "planned_period": _period(meeting.planned_period),
        "host": {
            "name": meeting.host.name,
            "body": meeting.host.body,
            "unit": {
                "level": unit.level,
                "kind": unit.kind,
                "name": unit.name,
                "province": unit.province,
                "unit_id": unit.unit_id,
                "code": unit.code,
                "place_id": unit.place_id,
            },
        },
        "chairs": [_person(person) for person in people if person.role == "chair"],
        "participants": [{**_person(person), "role": person.role} for person in people if person.role != "chair"],
    }


def _person(person: Person) -> dict[str, Any]:
    return {**_found(person), "name": person.name, "positions": list(person.positions)}


def _document(document: Document) -> dict[str, Any]:
    return {
        **_found(document),
        "kind": document.kind,
        "number": document.number,
        "issuer": document.issuer,
        "dated": _day(document.dated),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        **_found(figure),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "qualifier": figure.qualifier,
        "counted": figure.counted,
        "unit": figure.unit,
        "per": figure.per,
        "status": figure.status,
        "period": _period(figure.period),
        "metric": figure.metric,
        "is_cumulative": figure.is_cumulative,
        "disagreement": figure.disagreement,
        **({} if figure.of is None else {"of": _number(figure.of)}),
    }


def _byline(byline: Byline | None) -> dict[str, Any]:
    if byline is None:
        return {"authors": [], "agency": None}
    return {**_found(byline), "authors": list(byline.authors), "agency": byline.agency}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _period(period: Period | None) -> list[str] | None:
    return [period.start.isoformat(), period.end.isoformat()] if period else None


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
