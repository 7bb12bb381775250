-- Grain: one row per article that a dump file which is not withdrawn holds.
-- Of several occurrences the earliest published one speaks for the article, then the lowest url, file and
-- locator: the same whatever was read first, and untouched by a withdrawn file.
-- `fingerprint` changes with anything that is told here, with the article itself and with its records: those of one
-- extraction are written once, together with it.
with occurrences as (
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
    where dump_files.status <> 'withdrawn'
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
),

-- An older text under the same url stays superseded only while its revision is here.
superseded as (
    select articles.revision_of as article_id
    from {{ ref('stg_raw__articles') }} as articles
    inner join chosen using (article_id)
    where articles.revision_of is not null
    group by articles.revision_of
),

extracted as (
    select
        article_id,
        extractor_version,
        status,
        extracted_at
    from {{ ref('stg_raw__extractions') }}
    where is_current
),

active as (
    select
        chosen.article_id,
        chosen.title,
        chosen.url,
        chosen.site,
        chosen.dump_url,
        chosen.record_locator,
        {{ day_of('chosen.published_at') }} as published_on,
        articles.near_duplicate_cluster,
        articles.is_latest or superseded.article_id is null as is_latest,
        articles.changed_at,
        extracted.extractor_version,
        extracted.status,
        extracted.extracted_at
    from chosen
    inner join {{ ref('stg_raw__articles') }} as articles using (article_id)
    left join superseded using (article_id)
    left join extracted using (article_id)
)

select
    article_id,
    title,
    url,
    site,
    dump_url,
    record_locator,
    published_on,
    near_duplicate_cluster,
    is_latest,
    hash_record_extended(active, 0) as fingerprint
from active
