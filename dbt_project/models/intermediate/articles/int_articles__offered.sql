-- Grain: one row per article that a dump file which is not withdrawn holds.
-- `fingerprint` changes with anything that its occurrences tell, with the article itself and with its records: those of
-- one extraction are written once, together with it. Made for the articles that raw notes as changed.
{{ made_by('article_id', touched_by='noted_article') }}
{{ config(indexes=[{'columns': ['article_id'], 'unique': true}]) }}

with offered as (
    select
        occurrences.article_id,
        bit_xor(hash_record_extended(row(occurrences.*, dump_files.url), 0)) as fingerprint
    from {{ ref('stg_raw__article_occurrences') }} as occurrences
    inner join {{ ref('stg_raw__dump_files') }} as dump_files using (dump_file_id)
    where dump_files.status <> 'withdrawn' and {{ touched('occurrences.article_id') }}
    group by occurrences.article_id
),

-- An older text under the same url stays superseded only while its revision is here.
superseded as (
    select distinct articles.revision_of as article_id
    from {{ ref('stg_raw__articles') }} as articles
    inner join {{ ref('stg_raw__article_occurrences') }} using (article_id)
    inner join {{ ref('stg_raw__dump_files') }} as dump_files using (dump_file_id)
    where
        articles.revision_of is not null
        and dump_files.status <> 'withdrawn'
        and {{ touched('articles.revision_of') }}
)

select
    offered.article_id,
    articles.near_duplicate_cluster,
    articles.is_latest or superseded.article_id is null as is_latest,
    hash_record_extended(
        row(
            offered.fingerprint, articles.is_latest, superseded.article_id, articles.near_duplicate_cluster,
            articles.changed_at, extractions.extractor_version, extractions.status, extractions.extracted_at
        ),
        0
    ) as fingerprint
from offered
inner join {{ ref('stg_raw__articles') }} as articles using (article_id)
left join {{ ref('stg_raw__extractions') }} as extractions
    on offered.article_id = extractions.article_id and extractions.is_current
left join superseded on offered.article_id = superseded.article_id
