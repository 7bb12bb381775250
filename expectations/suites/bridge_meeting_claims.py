"""What reports of one meeting state differently: at least two claims, one of them chosen for a reason."""

from expectations.rules import (
    closed_lists,
    each_row,
    keys_are_hashes,
    never_null,
    readable,
    references,
    rows_must_not_exist,
)

_KEY = "claim_key"

EXPECTATIONS = [
    never_null("claim_key", "meeting_key", "field", "stated", "article_id", "report_count", "is_chosen", key=_KEY),
    keys_are_hashes("claim_key", "meeting_key"),
    references(
        {
            "meeting_key": "fct_meetings.meeting_key",
            "metric_value_key": "fct_metrics.metric_value_key",
            "article_id": "dim_articles.article_id",
        },
        key=_KEY,
    ),
    closed_lists(
        {
            "field": (
                "held_on", "part_of_day", "body", "primary_session_type", "reviewed_period", "planned_period", "figure",
            ),
            "reason": ("most_reports", "fuller_name", "chosen_report"),
        },
        key=_KEY,
    ),
    each_row(
        "what is chosen has its reason, a figure its fact",
        "is_chosen = (reason is not null) and (field = 'figure') = (metric_value_key is not null)",
        key=_KEY,
        columns=("is_chosen", "reason", "field", "metric_value_key"),
        notes="Whoever doubts a value must see why it was preferred.",
    ),
    rows_must_not_exist(
        "no claim has more reports than its meeting",
        """select claim_key, batch.report_count, meetings.report_count as reports_of_the_meeting from batch
        join marts_candidate.fct_meetings as meetings using (meeting_key)
        where batch.report_count not between 1 and meetings.report_count""",
        notes="Votes are counted among the reports of one meeting.",
        columns=("report_count",),
    ),
    readable({"stated": 1_000}, key=_KEY, notes="A day, a name or the words of a figure."),
]  # fmt: skip
