"""Who signed an article, as extracted."""

from expectations.records import KEY, record_rules
from expectations.rules import each_row

SCHEMA = "raw"

EXPECTATIONS = [
    *record_rules(),
    each_row(
        "somebody signed",
        "cardinality(authors) > 0 or agency is not null",
        key=KEY,
        columns=("authors", "agency"),
        notes="A byline without a name and without an agency is none.",
        severity="warning",
    ),
]
