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
        least(length(btrim(translate(trim_scale(figures.value_low)::text, '-.', ''), '0')), 3) - 1 as weight
    from {{ ref('stg_raw__figures') }} as figures
    inner join reports using (article_id, extractor_version)
),

named as (
    select
        reports.record_id,
        persons.person_name
    from {{ ref('stg_raw__persons') }} as persons
    inner join reports using (article_id, extractor_version)
),

-- Folded once a name, not once a person.
names as materialized (
    select
        person_name,
        {{ fold('person_name') }} as token
    from (select distinct person_name from named) as distinct_names
),

people as (
    select distinct
        named.record_id,
        names.token
    from named
    inner join names using (person_name)
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
