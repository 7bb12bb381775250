"""The public Python API: pure functions, no I/O."""

from bienban.candidates import filter_batches, filtered, is_candidate
from bienban.dates import parse_date, parse_period
from bienban.extract import extract, extract_batches
from bienban.numerals import parse_number
from bienban.quantities import parse_quantity
from bienban.records import Article, DateSpan, Extraction, Quantity, Unit, UnitMatch
from bienban.register import resolve_units, successors, unit_at

__all__ = [
    "Article",
    "DateSpan",
    "Extraction",
    "Quantity",
    "Unit",
    "UnitMatch",
    "extract",
    "extract_batches",
    "filter_batches",
    "filtered",
    "is_candidate",
    "parse_date",
    "parse_number",
    "parse_period",
    "parse_quantity",
    "resolve_units",
    "successors",
    "unit_at",
]
