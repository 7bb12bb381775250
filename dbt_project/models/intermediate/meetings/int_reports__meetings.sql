-- Grain: one row per meeting report, with the meeting it reports. `choice` 1 speaks for the meeting.
-- The meeting's natural key: body, day (else what tells it apart), main kind, ordinal among twins. The reports of one
-- meeting choose it together, most voices first; nothing of it depends on the order of reading.
{{ config(indexes=[{'columns': ['article_id']}, {'columns': ['meeting_key']}], pre_hook='{{ by_equality() }}') }}

with reports as (
    select
        reports.*,
        joined.meeting_session_id,
        joined.joined_by
    from {{ ref('int_reports__described') }} as reports
    inner join {{ ref('int_reports__sessions') }} using (record_id)
    inner join {{ ref('int_sessions__joined') }} as joined using (session_id)
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
        min(release_id) as release_id
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
        -- A body without a place is many bodies: only reports that were found to be of one meeting are one there.
        case when bodies.place_id = {{ unknown() }} then together.release_id end as release_apart
    from bodies
    inner join told_apart using (meeting_session_id)
    inner join kinds using (meeting_session_id)
    inner join together using (meeting_session_id)
),

twins as (
    select
        named.*,
        row_number() over (
            partition by body_key, release_apart, told_apart_by, told_apart_value, primary_session_type
            order by part asc nulls last, first_article_id asc
        ) as ordinal
    from named
),

meetings as (
    select
        twins.*,
        {{ key([
            'body_key', 'release_apart', 'told_apart_by', 'told_apart_value', 'primary_session_type', 'ordinal',
        ]) }} as meeting_key
    from twins
)

select
    reports.record_id,
    reports.article_id,
    reports.extractor_version,
    meetings.meeting_key,
    meetings.body_key,
    meetings.unit_id,
    meetings.place_id,
    meetings.held_on_day,
    meetings.told_apart_by,
    meetings.primary_session_type,
    meetings.ordinal,
    case
        when reports.joined_by <> 'session' then reports.joined_by
        when
            reports.near_duplicate_cluster is not null
            and count(*) over (partition by meetings.meeting_key, reports.near_duplicate_cluster) > 1 then 'release'
        else 'session'
    end as joined_by,
    reports.body_key as told_body_key,
    reports.body_words as told_body_words,
    concat_ws(' ', reports.host_body, reports.unit_as_reported) as told_body_name,
    reports.primary_session_type as told_session_type,
    reports.session_types,
    reports.held_on,
    reports.held_on_precision,
    reports.held_on_basis,
    reports.has_day,
    reports.part_of_day,
    reports.reviewed_from,
    reports.reviewed_to,
    reports.planned_from,
    reports.planned_to,
    reports.reference_on,
    reports.published_on,
    reports.title,
    reports.span_start,
    reports.span_end,
    reports.quote,
    reports.confidence,
    -- The report speaks that agrees with the meeting's day and body; then the fullest, the surest, the earliest.
    row_number() over (
        partition by meetings.meeting_key
        order by
            reports.has_day desc,
            coalesce(reports.held_on = meetings.held_on_day, false) desc,
            reports.body_key = meetings.body_key desc,
            reports.primary_session_type = meetings.primary_session_type desc,
            num_nonnulls(reports.reviewed_from, reports.planned_from, reports.part_of_day) desc,
            reports.confidence desc,
            reports.published_on asc nulls last,
            reports.article_id asc,
            reports.span_start asc,
            reports.record_id asc
    ) as choice
from reports
inner join meetings using (meeting_session_id)
