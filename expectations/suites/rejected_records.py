"""Rejected records: each with its reason, none of them also loaded."""

from expectations.rules import each_row, rows_must_not_exist

SCHEMA = "raw"
_KEY = "dump_file_id, record_locator"

EXPECTATIONS = [
    each_row(
        "a reason and a detail are told",
        "length(trim(reason)) > 0 and coalesce(length(trim(detail)) > 0, false)",
        key=_KEY,
        columns=("reason", "detail"),
        notes="Whoever repairs a dump needs both.",
        severity="warning",
    ),
    rows_must_not_exist(
        "a record is rejected or met, not both",
        """select dump_file_id, record_locator from batch join raw.article_occurrences as met
        using (dump_file_id, record_locator)""",
        notes="The four outcomes of a record exclude each other.",
        columns=("dump_file_id", "record_locator"),
    ),
    each_row(
        "an excerpt is one",
        "length(excerpt) <= 4000",
        key=_KEY,
        columns=("excerpt",),
        notes="500 bytes, at most eight characters each once escaped.",
    ),
    each_row(
        "nothing is quoted of what was taken down",
        "reason <> 'taken_down' or excerpt is null",
        key=_KEY,
        columns=("reason", "excerpt"),
        notes="A take-down removes every word.",
    ),
]
