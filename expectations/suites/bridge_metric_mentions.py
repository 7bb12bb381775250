"""Where facts are told: every mention stands in its article, every fact has its own."""

from expectations.reasons import quotes_stand_in_their_articles
from expectations.rules import never_null, references, rows_must_not_exist, spans

_KEY = "metric_value_key, article_id, span_start"

EXPECTATIONS = [
    never_null("metric_value_key", "article_id", "span_start", "span_end", "quote", key=_KEY),
    references({"metric_value_key": "fct_metrics.metric_value_key", "article_id": "dim_articles.article_id"}, key=_KEY),
    quotes_stand_in_their_articles("metric_value_key"),
    spans(key=_KEY),
    rows_must_not_exist(
        "every fact is among its mentions",
        """select facts.metric_value_key from marts_candidate.fct_metrics as facts
        where not exists (
            select 1 from batch as mentions
            where mentions.metric_value_key = facts.metric_value_key and mentions.article_id = facts.article_id
                and mentions.span_start = facts.span_start
        )""",
        notes="fct_metrics shows the mention chosen; the others hang on the same key.",
        columns=("metric_value_key", "article_id", "span_start"),
    ),
    rows_must_not_exist(
        "mentions stand in reports of the fact's meeting",
        """select batch.metric_value_key, batch.article_id, batch.span_start, facts.meeting_key from batch
        join marts_candidate.fct_metrics as facts using (metric_value_key)
        where not exists (
            select 1 from marts_candidate.bridge_meeting_articles as reports
            where reports.meeting_key = facts.meeting_key and reports.article_id = batch.article_id
        )""",
        notes="A fact is told by the reports of its own meeting.",
        columns=("article_id",),
    ),
    rows_must_not_exist(
        "no fact is told more often than a release spreads",
        "select metric_value_key, count(*) as mentions from batch group by metric_value_key having count(*) > 500",
        notes="Releases appear on some 100 portals; past 500 different facts fell together.",
        severity="warning",
        columns=("metric_value_key",),
    ),
]
