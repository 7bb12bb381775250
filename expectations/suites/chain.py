"""The chain of hashes: unbroken from its first link. Contents are checked by `bienban verify`."""

from expectations.rules import rows_must_not_exist

SCHEMA = "audit"

EXPECTATIONS = [
    rows_must_not_exist(
        "each link follows the one before",
        """select link, previous_link from (
            select link, lag(link, 1, 0::bigint) over (order by link) as previous_link, previous_sha256,
                lag(link_sha256, 1, repeat('0', 64)) over (order by link) as sha256_before
            from batch
        ) as links where link <> previous_link + 1 or previous_sha256 <> sha256_before""",
        notes="A link that is missing, or follows another, was removed or written by hand.",
        columns=("link", "previous_sha256", "link_sha256"),
    ),
    rows_must_not_exist(
        "every version and every take-down is sealed",
        """select 'version' as kind_code, version::text as sealed_id from audit.published_versions
        where not exists (select 1 from batch where kind = 'version' and subject = version::text)
        union all
        select 'take_down', article_sha256 from audit.take_downs
        where not exists (select 1 from batch where kind = 'take_down' and subject = article_sha256)""",
        notes="What is not sealed can be changed unseen.",
        columns=("kind", "subject"),
    ),
]
