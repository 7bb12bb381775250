"""Cited documents as extracted: each in its words."""

from expectations.records import KEY, record_rules
from expectations.rules import each_row

SCHEMA = "raw"

EXPECTATIONS = [
    *record_rules(),
    each_row(
        "a number has a digit and no blank",
        "number ~ '[0-9]' and number !~ '[[:space:]]'",
        key=KEY,
        columns=("number",),
        notes="Numbers are kept without blanks, with plain hyphens.",
    ),
]
