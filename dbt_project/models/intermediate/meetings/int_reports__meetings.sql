-- Grain: one row per meeting report, with the meeting it reports. `choice` 1 speaks for the meeting.
-- The meeting's natural key: body, day (else what tells it apart), main kind, ordinal among twins.
{{ made_by(
    'meeting_session_id', joins_by_equality=true, touched_by='meetings_and_twins', tells=['meeting_key'],
    gathers='reports_with_sessions'
) }}
{{ config(indexes=[{'columns': ['article_id']}, {'columns': ['meeting_key']}]) }}

with twins as (
    {{ meetings_with_ordinals() }}
),

meetings as (
    select
        twins.*,
        {{ key([
            'body_key', 'release_apart', 'told_apart_by', 'told_apart_value', 'primary_session_type', 'ordinal',
        ]) }} as meeting_key
    from twins
    where {{ touched('meeting_session_id') }}
),

reports as (
    {{ gathered('reports_with_sessions') }}
)

select
    reports.record_id,
    reports.article_id,
    reports.extractor_version,
    meetings.meeting_key,
    meetings.meeting_session_id,
    meetings.fingerprint,
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
