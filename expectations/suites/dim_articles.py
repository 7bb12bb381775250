"""Articles: where they come from and when they were published."""

import great_expectations.expectations as gxe

from expectations.reasons import EARLIEST_DAY, rows_must_not_exist

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="published_on",
        min_value=EARLIEST_DAY,
        max_value="2100-12-31",
        severity="critical",
        notes="The first portals opened in 1997; a year past 2100 is a misread stamp.",
    ),
    rows_must_not_exist(
        "published_on lies in the past",
        "select article_id, published_on from batch where published_on > current_date + 2",
        notes="Two days for time zones: the future is a wrong clock or a day taken for a month.",
        severity="warning",
    ),
    rows_must_not_exist(
        "every meeting and fact has its article here",
        """select article_id from marts_candidate.fct_meetings
        where not exists (select 1 from batch as articles where articles.article_id = fct_meetings.article_id)
        union
        select article_id from marts_candidate.fct_metrics
        where not exists (select 1 from batch as articles where articles.article_id = fct_metrics.article_id)""",
        notes="Evidence must be reachable by one join.",
    ),
    rows_must_not_exist(
        "every article can be found in its dump again",
        "select article_id from batch where dump_url is null or record_locator is null",
        notes="An auditor must reach the record in the dump file.",
    ),
]
