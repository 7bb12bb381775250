"""People as extracted: each in their words."""

from expectations.records import KEY, record_rules
from expectations.rules import closed_lists, each_row

SCHEMA = "raw"

EXPECTATIONS = [
    *record_rules(),
    closed_lists({"role": ("chair", "concluded", "presenter", "speaker", "attended")}, key=KEY),
    each_row(
        "a name is one",
        "length(name) between 2 and 60",
        key=KEY,
        columns=("name",),
        notes="Past 60 characters a sentence was taken for a name.",
        severity="warning",
    ),
]
