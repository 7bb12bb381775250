"""Decisions of people: whole, by a role, and with a state that their effect bears out."""

from expectations.rules import closed_lists, each_row, keys_are_hashes, never_null, readable, rows_must_not_exist

_KEY = "correction_id"

EXPECTATIONS = [
    never_null(
        "correction_id", "table_name", "record_key", "column_name", "old_value", "new_value", "decided_by", "reason",
        "applied_rows", "state",
        key=_KEY,
    ),
    keys_are_hashes("correction_id"),
    closed_lists(
        {
            "table_name": ("fct_metrics", "dim_bodies", "dim_units", "dim_metrics", "dim_persons"),
            "column_name": (
                "value_low", "value_high", "is_cumulative", "body_name", "unit_id", "metric_code", "display_name",
            ),
            "state": ("applied", "changed_since", "matches_nothing"),
        },
        key=_KEY,
    ),
    each_row(
        "what is applied changes something",
        "(state = 'applied') = (applied_rows > 0)",
        key=_KEY,
        columns=("state", "applied_rows"),
        notes="A decision without effect must be told as such, or nobody looks at it again.",
    ),
    each_row(
        "a decision changes something",
        "old_value <> new_value",
        key=_KEY,
        columns=("old_value", "new_value"),
        notes="The same value twice is a slip in the sheet.",
    ),
    rows_must_not_exist(
        "every decision has its effect",
        "select correction_id, table_name, record_key, column_name, state from batch where state <> 'applied'",
        notes="What was reviewed is no longer there, or is another value by now (old_value): the decision is without "
        "effect until somebody looks at it again.",
        severity="warning",
        columns=("state",),
    ),
    readable({"decided_by": 100, "reason": 500}, key=_KEY, notes="Auditors read who decided and why."),
    rows_must_not_exist(
        "corrected facts are marked",
        """select correction_id, record_key from batch
        left join marts_candidate.fct_metrics as facts on facts.metric_value_key = batch.record_key
        where table_name = 'fct_metrics' and state = 'applied' and facts.is_corrected is distinct from true""",
        notes="BI must see that a value is not the article's.",
        columns=("record_key",),
    ),
]  # fmt: skip
