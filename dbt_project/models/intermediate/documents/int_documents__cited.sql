-- Grain: one row per document that a meeting report cites, with the number by which it is told.
-- A number of a national series is one document everywhere; any other belongs to the unit whose meeting cites it.
-- Citations of one `numbered` decide together which documents they cite; one of a national number decides alone.
{{ made_by('meeting_key', tells=['numbered']) }}
{{ config(indexes=[{'columns': ['numbered']}]) }}

with cited as (
    select
        documents.*,
        reports.meeting_key,
        reports.place_id,
        {{ fold('documents.kind') }} as kind_folded,
        upper(documents.number) as number_folded,
        regexp_replace(upper(documents.number), '^.*[-/]|[0-9]+$', '', 'g') as suffix
    from {{ ref('stg_raw__documents') }} as documents
    inner join {{ ref('int_reports__meetings') }} as reports using (article_id, extractor_version)
    where {{ touched('reports.meeting_key') }}
),

placed as (
    select
        cited.*,
        case when series.reach = 'national' then 'national' else cited.place_id end as scope
    from cited
    left join {{ ref('document_series') }} as series on cited.suffix = upper(series.suffix)
)

select
    placed.*,
    hash_record_extended(
        row(scope, kind_folded, number_folded, case when scope = 'national' then record_id end), 0
    ) as numbered
from placed
