-- Grain: one meeting, however many articles report it.
{{ made_by('meeting_key') }}

with meetings as (
    select * from {{ ref('int_meetings__merged') }}
    where {{ touched('meeting_key') }}
)

select
    -- keys
    meetings.meeting_key,
    meetings.body_key,
    meetings.unit_key,
    coalesce(dates.date_key, {{ unknown() }}) as held_on_date_key,
    -- when
    meetings.held_on,
    meetings.held_on_precision,
    meetings.held_on_basis,
    meetings.part_of_day,
    meetings.reviewed_from,
    meetings.reviewed_to,
    meetings.planned_from,
    meetings.planned_to,
    -- what
    meetings.primary_session_type,
    meetings.session_types,
    meetings.headline,
    -- reports
    meetings.report_count,
    meetings.has_conflicting_reports,
    -- provenance: of the chosen report
    meetings.article_id,
    meetings.span_start,
    meetings.span_end,
    meetings.quote
from meetings
left join {{ ref('dim_dates') }} as dates on meetings.held_on = dates.calendar_day
