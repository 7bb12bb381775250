"""Extractions: every article was looked at, and few failed."""

import great_expectations.expectations as gxe

from expectations.reasons import rows_must_not_exist

SCHEMA = "raw"

EXPECTATIONS = [
    rows_must_not_exist(
        "every article has a current extraction",
        """select articles.article_id from raw.articles
        where not exists (
            select 1 from batch as done where done.article_id = articles.article_id and done.is_current
        )""",
        notes="An article that nobody looked at is missing in the marts. During a load it may be so for moments.",
        severity="warning",
    ),
    gxe.ExpectColumnValuesToNotBeInSet(
        column="status",
        value_set=["failed"],
        mostly=0.999,
        severity="critical",
        notes="The extractor returns a result for any text; more than one failure in a thousand is a broken release.",
    ),
    rows_must_not_exist(
        "a report has its meeting, any other article has none",
        """select done.article_id, done.is_meeting_report from batch as done
        left join raw.meetings using (article_id, extractor_version)
        where done.is_current and done.status = 'extracted'
            and done.is_meeting_report <> (meetings.record_id is not null)""",
        notes="Both are written in one transaction from one result: a difference is a lost record.",
    ),
]
