-- Grain: one row per document that a meeting report cites, with which document it is.
-- A number that is not national starts anew each year: once two years are told for one number, the years tell its
-- documents apart.
{{ made_by('numbered', tells=['document_key', 'meeting_key']) }}
{{ config(indexes=[{'columns': ['numbered']}, {'columns': ['document_key']}, {'columns': ['meeting_key']}]) }}

with dated as (
    select
        cited.*,
        min(date_part('year', dated_on)) over (partition by scope, kind_folded, number_folded)
        < max(date_part('year', dated_on)) over (partition by scope, kind_folded, number_folded)
            as has_several_years
    from {{ ref('int_documents__cited') }} as cited
    where {{ touched('numbered') }}
)

select
    record_id,
    meeting_key,
    numbered,
    kind,
    number,
    issuer,
    dated_on,
    {{ key([
        'scope', 'kind_folded', 'number_folded',
        "case when scope <> 'national' and has_several_years then to_char(dated_on, 'YYYY') end",
    ]) }} as document_key
from dated
