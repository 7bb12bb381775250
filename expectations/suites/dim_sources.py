"""Publishers: host names."""

from expectations.rules import each_row, keys_are_hashes, never_null, readable, rows_must_not_exist

_KEY = "source_key"

EXPECTATIONS = [
    never_null("source_key", "name", key=_KEY),
    keys_are_hashes("source_key"),
    each_row(
        "a site is a host name",
        "source_key = 'unknown' or coalesce(site ~ '^[^/[:space:]]{{1,253}}$' and site = lower(site), false)",
        key=_KEY,
        columns=("site",),
        notes="A host name has no slash, no blank and no capitals: with one, an address was not taken apart.",
    ),
    rows_must_not_exist(
        "a site is one publisher",
        "select site, count(*) as sources from batch group by site having count(*) > 1",
        notes="Two keys for one site would part its articles.",
        columns=("site",),
    ),
    readable({"name": 253}, key=_KEY, notes="The site, until a name is known."),
    rows_must_not_exist(
        "publishers have articles",
        """select source_key from batch where source_key <> 'unknown' and not exists (
            select 1 from marts_candidate.dim_articles as articles where articles.source_key = batch.source_key
        )""",
        notes="A publisher is known by its articles; one without is left from another build.",
        columns=("source_key",),
    ),
]
