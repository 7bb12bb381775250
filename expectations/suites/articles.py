"""Raw articles: texts as the contract stores them, each met somewhere, one latest under each address."""

from expectations.rules import each_row, rows_must_not_exist

SCHEMA = "raw"
_KEY = "article_id"

EXPECTATIONS = [
    each_row(
        "texts are composed, without NUL and foreign line ends",
        "text is nfc normalized and text !~ '\\r' and trim(text) <> ''",
        key=_KEY,
        columns=("text",),
        notes="All offsets refer to this form; in another one every quote would be beside its words.",
    ),
    rows_must_not_exist(
        "every article was met in a dump",
        """select article_id from batch where not exists (
            select 1 from raw.article_occurrences as met where met.article_id = batch.article_id
        )""",
        notes="A text that no record carries was invented, or its record was lost.",
        columns=("article_id",),
    ),
    each_row(
        "a date of publication says where it comes from",
        "(published_at is null) = (published_at_source is null)",
        key=_KEY,
        columns=("published_at", "published_at_source"),
        notes="Never a date without a source: a crawl date must not pass for one.",
        severity="warning",
    ),
    rows_must_not_exist(
        "address and date are those of one of its records",
        """select article_id from batch where not exists (
            select 1 from raw.article_occurrences as met where met.article_id = batch.article_id
                and met.url is not distinct from batch.url and met.published_at is not distinct from batch.published_at
        )""",
        notes="One record speaks for the article; nothing is put together from several.",
        columns=("url", "published_at"),
    ),
    rows_must_not_exist(
        "one text is the latest under an address",
        """select min(article_id::text) as article_id, count(*) as latest_texts from batch
        where url is not null and is_latest group by url having count(*) > 1""",
        notes="Two latest texts of one address would report their meetings twice.",
        columns=("url", "is_latest"),
    ),
    rows_must_not_exist(
        "a revision revises an article of the same address",
        """select batch.article_id, batch.revision_of from batch
        join raw.articles as earlier on earlier.article_id = batch.revision_of
        where earlier.url is distinct from batch.url or earlier.article_id = batch.article_id""",
        notes="Same address, other text: that is what a revision is.",
        columns=("revision_of", "url"),
        severity="warning",
    ),
    each_row(
        "a text changes after it was loaded",
        "changed_at >= loaded_at - interval '1 hour' and changed_at <= now() + interval '1 hour'",
        key=_KEY,
        columns=("loaded_at", "changed_at"),
        notes="Increments go by changed_at: one in the future hides every later change.",
    ),
]
