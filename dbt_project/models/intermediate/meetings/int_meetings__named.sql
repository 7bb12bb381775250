-- Grain: one row per meeting, as the session that stands for it: what its key is made of, apart from twins.
-- The reports of one meeting choose body, day and kind together, most voices first; the order of reading decides
-- nothing.
{{ made_by('meeting_session_id', joins_by_equality=true, tells=['twins'], gathers='reports_with_sessions') }}
{{ config(indexes=[{'columns': ['meeting_session_id']}]) }}

with reports as (
    select
        meeting_session_id,
        record_id,
        article_id,
        body_key,
        body_words,
        unit_id,
        place_id,
        place_rank,
        told_apart_by,
        told_apart_value,
        day_rank,
        held_on,
        has_day,
        part,
        primary_session_type,
        release_id,
        joined_by,
        fingerprint
    from ({{ gathered('reports_with_sessions') }}) as gathered_reports
),

-- A shorter name of a body speaks for each fuller one; of names that no other continues the most told stands.
bodies_told as (
    select
        fuller.meeting_session_id,
        fuller.body_key,
        fuller.unit_id,
        fuller.place_id,
        fuller.place_rank,
        length(fuller.body_words) as name_length,
        count(distinct voices.record_id) as voices
    from reports as fuller
    inner join reports as voices
        on
            fuller.meeting_session_id = voices.meeting_session_id
            and starts_with(fuller.body_words || ' ', voices.body_words || ' ')
    group by
        fuller.meeting_session_id, fuller.body_key, fuller.unit_id, fuller.place_id, fuller.place_rank,
        fuller.body_words
),

bodies as (
    select distinct on (meeting_session_id)
        meeting_session_id,
        body_key,
        unit_id,
        place_id
    from bodies_told
    order by meeting_session_id asc, place_rank desc, voices desc, name_length desc, body_key asc
),

days_told as (
    select
        meeting_session_id,
        told_apart_by,
        told_apart_value,
        day_rank,
        held_on,
        count(*) as voices
    from reports
    group by meeting_session_id, told_apart_by, told_apart_value, day_rank, held_on
),

told_apart as (
    select distinct on (meeting_session_id)
        meeting_session_id,
        told_apart_by,
        told_apart_value,
        case when told_apart_by = 'day' then held_on end as held_on_day
    from days_told
    order by meeting_session_id asc, day_rank desc, voices desc, told_apart_by asc, told_apart_value asc, held_on asc
),

-- The kind that most reports tell, of those that one report with the meeting's day and body tells: it will speak.
kinds_told as (
    select
        reports.meeting_session_id,
        reports.primary_session_type,
        count(*) as voices,
        max(
            (coalesce(reports.held_on = told_apart.held_on_day, false) and reports.has_day)::integer * 2
            + (reports.body_key = bodies.body_key)::integer
        ) as agreement
    from reports
    inner join bodies using (meeting_session_id)
    inner join told_apart using (meeting_session_id)
    group by reports.meeting_session_id, reports.primary_session_type
),

kinds as (
    select distinct on (meeting_session_id)
        meeting_session_id,
        primary_session_type
    from kinds_told
    order by
        meeting_session_id asc,
        agreement desc,
        primary_session_type = 'other' asc,
        voices desc,
        primary_session_type asc
),

together as (
    select
        meeting_session_id,
        min(part) as part,
        min(article_id::text) as first_article_id,
        min(release_id) as release_id,
        sum(hashtextextended(joined_by, fingerprint)) as fingerprint
    from reports
    group by meeting_session_id
),

named as (
    select
        bodies.*,
        told_apart.told_apart_by,
        told_apart.told_apart_value,
        told_apart.held_on_day,
        kinds.primary_session_type,
        together.part,
        together.first_article_id,
        together.fingerprint,
        -- A body without a place is many bodies: only reports that were found to be of one meeting are one there.
        case when bodies.place_id = {{ unknown() }} then together.release_id end as release_apart
    from bodies
    inner join told_apart using (meeting_session_id)
    inner join kinds using (meeting_session_id)
    inner join together using (meeting_session_id)
)

select
    named.*,
    -- Meetings that nothing but an ordinal tells apart.
    hash_record_extended(
        row(body_key, release_apart, told_apart_by, told_apart_value, primary_session_type), 0
    ) as twins
from named
