"""Where facts are told: every mention stands in its article, every fact has its own."""

from expectations.reasons import quotes_stand_in_their_articles, rows_must_not_exist

EXPECTATIONS = [
    quotes_stand_in_their_articles("metric_value_key"),
    rows_must_not_exist(
        "every fact is among its mentions",
        """select facts.metric_value_key from marts_candidate.fct_metrics as facts
        where not exists (
            select 1 from batch as mentions
            where mentions.metric_value_key = facts.metric_value_key and mentions.article_id = facts.article_id
                and mentions.span_start = facts.span_start
        )""",
        notes="fct_metrics shows the mention chosen; the others hang on the same key.",
    ),
    rows_must_not_exist(
        "no fact is told more often than a release spreads",
        "select metric_value_key, count(*) as mentions from batch group by metric_value_key having count(*) > 500",
        notes="Releases appear on some 100 portals; past 500 different facts fell together.",
        severity="warning",
    ),
]
