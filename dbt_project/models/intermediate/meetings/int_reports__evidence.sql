-- Grain: one row per meeting report and thing it tells that another report of the meeting would tell, too.
-- A number says the more, the more digits it has: any two meetings may have "5" and "100" in common, 2.764 is no
-- chance. People tell the body rather than the meeting. Spans and spellings do not matter.
{{ made_by('record_id') }}
{{ config(indexes=[{'columns': ['record_id']}]) }}

with reports as (
    select * from {{ ref('int_reports__current') }}
    where {{ touched('record_id') }}
),

figures as (
    select distinct
        reports.record_id,
        figures.measure_unit || ' ' || trim_scale(figures.value_low)::text as token,
        least(
            length(regexp_replace(trim_scale(figures.value_low)::text, '^[-0.]+|[.]|0+$', '', 'g')), 3
        ) - 1 as weight
    from {{ ref('stg_raw__figures') }} as figures
    inner join reports using (article_id, extractor_version)
),

people as (
    select distinct
        reports.record_id,
        {{ fold('persons.person_name') }} as token
    from {{ ref('stg_raw__persons') }} as persons
    inner join reports using (article_id, extractor_version)
)

select
    record_id,
    token,
    weight,
    true as is_figure
from figures
where weight > 0

union all

select
    record_id,
    token,
    1 as weight,
    false as is_figure
from people
