-- Grain: one row per document that a meeting report cites, with which document it is.
-- A number of a national series is one document everywhere; any other belongs to the unit whose meeting cites
-- it, and starts anew each year: once two years are told for one number, the years tell its documents apart.
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
),

placed as (
    select
        cited.*,
        case when series.reach = 'national' then 'national' else cited.place_id end as scope
    from cited
    left join {{ ref('document_series') }} as series on cited.suffix = upper(series.suffix)
),

dated as (
    select
        placed.*,
        min(date_part('year', dated_on)) over (partition by scope, kind_folded, number_folded)
        < max(date_part('year', dated_on)) over (partition by scope, kind_folded, number_folded)
            as has_several_years
    from placed
)

select
    dated.*,
    {{ key([
        'scope', 'kind_folded', 'number_folded',
        "case when scope <> 'national' and has_several_years then to_char(dated_on, 'YYYY') end",
    ]) }} as document_key
from dated
