"""Articles: where they come from, when they were published, whether a later text replaced them."""

from expectations.reasons import EARLIEST_DAY, SEEN
from expectations.rules import each_row, keys_are_hashes, never_null, readable, references, rows_must_not_exist

_KEY = "article_id"

EXPECTATIONS = [
    never_null("article_id", "source_key", "dump_url", "record_locator", "is_latest", key=_KEY),
    keys_are_hashes("source_key"),
    references({"source_key": "dim_sources.source_key"}, key=_KEY),
    each_row(
        "published between the first portals and the end of the century",
        f"published_on between '{EARLIEST_DAY}' and '2100-12-31'",
        key=_KEY,
        columns=("published_on",),
        notes="The first portals opened in 1997; a year past 2100 is a misread stamp.",
    ),
    each_row(
        "published_on lies in the past",
        "published_on <= current_date + 2",
        key=_KEY,
        columns=("published_on",),
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
        columns=("article_id",),
    ),
    rows_must_not_exist(
        "every article can be found in its dump again",
        f"""select batch.article_id from batch
        join raw.articles as articles on articles.article_id = batch.article_id and articles.changed_at <= {SEEN}
        where not exists (
            select 1 from raw.article_occurrences as met join raw.dump_files as files using (dump_file_id)
            where met.article_id = batch.article_id and met.record_locator = batch.record_locator
                and files.url = batch.dump_url and files.status <> 'withdrawn'
        )""",
        notes="An auditor must reach the record in the dump file; a withdrawn one answers for nothing.",
        columns=("dump_url", "record_locator"),
    ),
    rows_must_not_exist(
        "title, address and day are those of that record",
        f"""select batch.article_id, batch.published_on from batch
        join raw.articles as articles on articles.article_id = batch.article_id and articles.changed_at <= {SEEN}
        join raw.dump_files as files on files.url = batch.dump_url
        join raw.article_occurrences as met on met.dump_file_id = files.dump_file_id
            and met.article_id = batch.article_id and met.record_locator = batch.record_locator
        where (batch.title, batch.url, batch.published_on) is distinct from
            (met.title, met.url, (met.published_at at time zone 'Asia/Ho_Chi_Minh')::date)""",
        notes="Of several records the earliest published speaks for the article, with its own words.",
        columns=("title", "url", "published_on"),
    ),
    rows_must_not_exist(
        "an article that was replaced has its successor in raw",
        f"""select batch.article_id from batch
        join raw.articles as articles on articles.article_id = batch.article_id and articles.changed_at <= {SEEN}
        where not batch.is_latest and not exists (
            select 1 from raw.articles as later where later.revision_of = batch.article_id
        )""",
        notes="A text is superseded by another under its url, or it is the latest.",
        columns=("is_latest",),
    ),
    readable({"title": 500, "url": 2_000}, key=_KEY, notes="Headlines of portals stay below 300, addresses below 500."),
]
