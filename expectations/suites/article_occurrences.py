"""Occurrences: each belongs to a file and an article, with its place in the dump."""

from expectations.rules import each_row, rows_must_not_exist

SCHEMA = "raw"
_KEY = "dump_file_id, record_locator"

EXPECTATIONS = [
    each_row(
        "a locator is told",
        "length(trim(record_locator)) > 0 and outcome in ('loaded', 'duplicate')",
        key=_KEY,
        columns=("record_locator", "outcome"),
        notes="By it the record is found in the dump again.",
    ),
    rows_must_not_exist(
        "file and article exist",
        """select dump_file_id, article_id from batch
        where not exists (select 1 from raw.articles as a where a.article_id = batch.article_id)
            or not exists (select 1 from raw.dump_files as f where f.dump_file_id = batch.dump_file_id)""",
        notes="The database's own foreign keys; a restore without them must not pass.",
        columns=("dump_file_id", "article_id"),
    ),
    rows_must_not_exist(
        "only files that were loaded have records",
        """select files.dump_file_id, files.status, count(*) as records from batch
        join raw.dump_files as files using (dump_file_id)
        where files.status not in ('loaded', 'withdrawn') group by files.dump_file_id, files.status""",
        notes="A load is one transaction: records of a file that is not loaded came another way.",
        columns=("dump_file_id",),
    ),
    rows_must_not_exist(
        "a text is new once",
        """select article_id, count(*) as times_new from batch where outcome = 'loaded'
        group by article_id having count(*) > 1""",
        notes="The first record of a text is loaded, all others are its duplicates: else the balance counts it twice.",
        columns=("outcome", "article_id"),
    ),
    each_row(
        "nothing is crawled before it is published, nor in the future",
        "crawled_at <= now() + interval '2 days' and crawled_at >= published_at - interval '2 days'",
        key=_KEY,
        columns=("crawled_at", "published_at"),
        notes="Two days for time zones; else the two moments were exchanged.",
        severity="warning",
    ),
]
