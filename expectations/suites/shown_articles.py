"""Which version showed an article first: what freshness is told by."""

from expectations.rules import rows_must_not_exist

SCHEMA = "audit"

EXPECTATIONS = [
    rows_must_not_exist(
        "every version that added articles is known",
        """select distinct version from batch where not exists (
            select 1 from audit.published_versions as versions where versions.version = batch.version
        )""",
        notes="An identity that no publication wrote would make old news of a new article.",
        columns=("article_id", "version"),
    ),
    rows_must_not_exist(
        "a publication leaves its articles here",
        """select version, (row_counts ->> 'dim_articles')::bigint as articles from audit.published_versions
        where is_current and (row_counts ->> 'dim_articles')::bigint > (select count(*) from batch)""",
        notes="Without them the same articles would count as new again: freshness could be faked by forgetting.",
        columns=("version",),
    ),
]
