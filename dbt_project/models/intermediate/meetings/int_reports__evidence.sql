-- Grain: one row per article that reports a meeting, with what another report of the meeting would tell, too.
-- A number says the more, the more digits it has: any two meetings may have "5" and "100" in common, 2.764 is no
-- chance. People tell the body rather than the meeting. Spans and spellings do not matter.
{{ made_by('article_id') }}
{{ config(indexes=[{'columns': ['article_id']}]) }}

with {{ reporting_articles('reports') }},

figures as (
    select
        article_id,
        figures.measure_unit || ' ' || trim_scale(figures.value_low)::text as token,
        least(length(btrim(translate(trim_scale(figures.value_low)::text, '-.', ''), '0')), 3) - 1 as weight
    from {{ ref('stg_raw__figures') }} as figures
    inner join reports using (article_id, extractor_version)
    where {{ touched('article_id') }}
),

counted as (
    select
        article_id,
        array_agg(distinct weight || ' ' || token) as figures
    from figures
    where weight > 0
    group by article_id
),

named as (
    select
        article_id,
        persons.person_name
    from {{ ref('stg_raw__persons') }} as persons
    inner join reports using (article_id, extractor_version)
    where {{ touched('article_id') }}
),

-- Folded once a name, not once a person.
names as materialized (
    select
        person_name,
        {{ fold('person_name') }} as token
    from (select distinct person_name from named) as distinct_names
),

people as (
    select
        named.article_id,
        array_agg(distinct names.token) as people
    from named
    inner join names using (person_name)
    group by named.article_id
)

select
    article_id,
    coalesce(counted.figures, '{}') as figures,
    coalesce(people.people, '{}') as people
from counted
full join people using (article_id)
