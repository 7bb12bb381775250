"""Extractions: every article was looked at, and few failed."""

from expectations.reasons import SEEN
from expectations.rules import each_row, rows_must_not_exist, seldom

SCHEMA = "raw"

EXPECTATIONS = [
    rows_must_not_exist(
        "every article has a current extraction",
        f"""select articles.article_id from raw.articles
        where articles.changed_at <= {SEEN} and not exists (
            select 1 from batch as done where done.article_id = articles.article_id and done.is_current
        )""",
        notes="An article that nobody looked at is missing in the marts; while a load goes on it may be so.",
        severity="warning",
        columns=("article_id", "is_current"),
    ),
    *seldom(
        "no article makes the extractor fail",
        "select article_id, extractor_version from batch where is_current and status = 'failed'",
        share=0.001,
        notes="The extractor returns a result for any text.",
        columns=("status",),
    ),
    each_row(
        "a failure has its error, a result its answer",
        "status = 'failed' and error is not null or status = 'extracted' and error is null"
        " and is_meeting_report is not null and confidence between 0 and 1",
        key="article_id, extractor_version",
        columns=("status", "error", "is_meeting_report", "confidence"),
        notes="An article without an answer is neither a report nor none.",
    ),
    rows_must_not_exist(
        "one extraction of an article is current",
        "select article_id, count(*) as current from batch where is_current group by article_id having count(*) > 1",
        notes="dbt reads the current one: with two every record counts twice.",
        columns=("is_current",),
    ),
    rows_must_not_exist(
        "a report has its meeting, any other article has none",
        """select done.article_id, done.is_meeting_report from batch as done
        where done.is_current and done.status = 'extracted' and done.is_meeting_report <> exists (
            select 1 from raw.meetings where (meetings.article_id, meetings.extractor_version)
                = (done.article_id, done.extractor_version)
        )""",
        notes="Both are written in one transaction from one result: a difference is a lost record.",
        columns=("is_meeting_report",),
    ),
    rows_must_not_exist(
        "the shares of reports and of failures are told by one extractor",
        """select count(distinct extractor_version) as versions from batch where is_current
        having count(distinct extractor_version) > 1""",
        notes="After a change of the extractor older records stay until `reextract` has run: figures of two "
        "extractors stand side by side.",
        severity="warning",
        columns=("extractor_version",),
    ),
]
