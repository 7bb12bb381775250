-- Grain: one row per session of int_reports__sessions, with what its reports know of it together.
{{ made_by('component_id', joins_by_equality=true) }}
{{ config(indexes=[{'columns': ['session_id']}, {'columns': ['place_id']}]) }}

with reports as (
    select
        reports.*,
        sessions.session_id
    from {{ ref('int_reports__described') }} as reports
    inner join {{ ref('int_reports__sessions') }} as sessions using (record_id)
    where {{ touched('reports.component_id') }}
),

-- The report that knows most tells place, body and day: a copy of the same release may know less.
fullest as (
    select distinct on (session_id)
        session_id,
        component_id,
        place_id,
        place_rank,
        host_unit_level,
        unit_words,
        body_key,
        body_words,
        body_type,
        day_rank,
        held_on,
        held_on_precision,
        place_rank * 3 + day_rank as known
    from reports
    order by session_id asc, place_rank * 3 + day_rank desc, length(body_words) desc, record_id asc
),

together as (
    select
        reports.session_id,
        min(reports.reviewed_from) as reviewed_from,
        min(reports.reviewed_to) as reviewed_to,
        min(reports.part) as part,
        min(reports.published_on) as published_on,
        array_agg(distinct told.family) as families
    from reports
    cross join lateral unnest(reports.families) as told (family)
    group by reports.session_id
)

select
    fullest.*,
    case when fullest.day_rank = 2 then fullest.held_on end as held_on_day,
    together.reviewed_from,
    together.reviewed_to,
    together.part,
    together.published_on,
    together.families
from fullest
inner join together using (session_id)
