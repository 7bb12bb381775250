"""An extraction as rows of the raw tables: columns and values, ids by article, kind, span and ordinal.

Not here: the tables (``io/migrations``), writing (``io/extraction_store.py``).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from bienban.identity import record_id
from bienban.records import Byline, Document, Extraction, Figure, Found, Meeting, Period, Person

_COMMON = ("record_id", "article_id", "extractor_version", "span_start", "span_end", "quote", "rule", "confidence")

TABLES: dict[str, tuple[str, ...]] = {
    "meetings": (
        *_COMMON,
        "headline",
        *("session_types", "held_on", "held_on_precision", "held_on_basis", "part_of_day"),
        *("reviewed_from", "reviewed_to", "planned_from", "planned_to", "host_name", "host_body"),
        *(
            "host_unit_level",
            "host_unit_kind",
            "host_unit_name",
            "host_unit_province",
            "host_unit_id",
            "host_unit_code",
            "host_place_id",
        ),
    ),
    "figures": (
        *_COMMON,
        *("low", "high", "qualifier", "of_total", "counted", "unit", "per", "status", "period_from", "period_to"),
        *("metric_code", "is_cumulative", "disagreement"),
    ),
    "persons": (*_COMMON, "name", "role", "positions"),
    "documents": (*_COMMON, "kind", "number", "issuer", "dated_on"),
    "bylines": (*_COMMON, "authors", "agency"),
}


def rows_of(table: str, article_id: str, extraction: Extraction, version: str) -> Iterator[tuple[object, ...]]:
    """The rows of ``table`` (a key of TABLES) that the extraction gives, in reading order of the finder."""
    ordinals: Counter[tuple[int, int]] = Counter()
    for found in _found(table, extraction):
        span = (found.span.start, found.span.end)
        key = record_id(article_id, table, *span, ordinals[span])
        ordinals[span] += 1
        common = (key, article_id, version, *span, found.quote, found.rule, round(found.confidence, 4))
        yield (*common, *_values(found))


def _found(table: str, extraction: Extraction) -> Sequence[Found]:
    match table:
        case "meetings":
            return [extraction.meeting] if extraction.meeting else []
        case "bylines":
            return [extraction.byline] if extraction.byline else []
        case "figures":
            return extraction.figures
        case "persons":
            return extraction.people
        case "documents":
            return extraction.documents
    raise ValueError(f"no table of records: {table}")


def _values(found: Found) -> tuple[object, ...]:
    match found:
        case Meeting():
            return _meeting(found)
        case Figure():
            bounds = (
                found.low,
                found.high,
                found.qualifier,
                found.of,
                found.counted,
                found.unit,
                found.per,
                found.status,
            )
            return (*bounds, *_days(found.period), found.metric, found.is_cumulative, found.disagreement)
        case Person():
            return (found.name, found.role, list(found.positions))
        case Document():
            return (found.kind, found.number, found.issuer, found.dated)
        case Byline():
            return (list(found.authors), found.agency)
    raise TypeError(f"no row for {type(found).__name__}")


def _meeting(found: Meeting) -> tuple[object, ...]:
    unit = found.host.unit
    return (
        found.headline,
        *(list(found.session_types), found.held_on, found.date_precision, found.held_on_basis, found.part_of_day),
        *(*_days(found.reviewed_period), *_days(found.planned_period), found.host.name, found.host.body),
        *(unit.level, unit.kind, unit.name, unit.province, unit.unit_id, unit.code, unit.place_id),
    )


def _days(period: Period | None) -> tuple[date | None, date | None]:
    return (None, None) if period is None else (period.start, period.end)
