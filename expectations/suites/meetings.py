"""Meetings as extracted: each in its words."""

from expectations.records import KEY, record_rules
from expectations.rules import closed_lists, runs_forward

SCHEMA = "raw"

EXPECTATIONS = [
    *record_rules(),
    closed_lists(
        {
            "held_on_precision": ("day", "month", "quarter", "half", "year", "none"),
            "held_on_basis": ("phrase", "title", "period", "published_on", "none"),
            "host_unit_level": ("central", "province", "district", "commune", "organisation"),
        },
        key=KEY,
    ),
    runs_forward("reviewed_from", "reviewed_to", key=KEY),
    runs_forward("planned_from", "planned_to", key=KEY),
]
