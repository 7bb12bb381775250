"""Figures as extracted: each in its words, with bounds that can be."""

from expectations.records import KEY, record_rules
from expectations.rules import closed_lists, each_row, runs_forward

SCHEMA = "raw"

EXPECTATIONS = [
    *record_rules(),
    closed_lists(
        {
            "qualifier": ("exact", "over", "under", "about", "range", "up_to"),
            "status": ("result", "target"),
            "per": ("day", "week", "month", "quarter", "year"),
        },
        key=KEY,
    ),
    each_row(
        "a range runs upwards, anything else is one number",
        "high >= low and (qualifier = 'range' or high = low)",
        key=KEY,
        columns=("low", "high", "qualifier"),
        notes="Only a range has two ends; over, under and about bound one number.",
    ),
    runs_forward("period_from", "period_to", key=KEY),
]
