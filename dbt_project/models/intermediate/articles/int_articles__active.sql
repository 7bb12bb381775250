-- Grain: one row per article that a dump file which is not withdrawn holds.
-- Of several occurrences the earliest published one speaks for the article, then the lowest url, file and
-- locator: the same whatever was read first, and untouched by a withdrawn file.
{{ made_by('article_id', touched_by='offered_article') }}
{{ config(indexes=[{'columns': ['article_id']}]) }}

with articles as (
    select * from {{ ref('int_articles__offered') }}
    where {{ touched('article_id') }}
),

occurrences as (
    select
        occurrences.article_id,
        occurrences.title,
        occurrences.url,
        occurrences.published_at,
        dump_files.url as dump_url,
        occurrences.record_locator,
        regexp_replace(lower(occurrences.site), '^www\.', '') as site
    from {{ ref('stg_raw__article_occurrences') }} as occurrences
    inner join {{ ref('stg_raw__dump_files') }} as dump_files using (dump_file_id)
    where dump_files.status <> 'withdrawn' and {{ touched('occurrences.article_id') }}
),

chosen as (
    select distinct on (article_id) *
    from occurrences
    order by
        article_id asc,
        published_at asc nulls last,
        url collate "C" asc nulls last,
        dump_url collate "C" asc,
        record_locator collate "C" asc
)

select
    chosen.article_id,
    chosen.title,
    chosen.url,
    chosen.site,
    chosen.dump_url,
    chosen.record_locator,
    {{ day_of('chosen.published_at') }} as published_on,
    articles.near_duplicate_cluster,
    articles.is_latest,
    articles.fingerprint
from chosen
inner join articles using (article_id)
