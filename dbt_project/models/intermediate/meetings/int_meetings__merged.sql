-- Grain: one meeting, as its chosen report tells it, with what the other reports say beside it.
-- Reports conflict when two of them state different days or periods, or count one thing without a value in common;
-- a report that is silent contradicts nobody.
{{ made_by('meeting_key') }}
{{ config(indexes=[{'columns': ['meeting_key']}]) }}

with reports as (
    select * from {{ ref('int_reports__meetings') }}
    where {{ touched('meeting_key') }}
),

compared as (
    select
        meeting_key,
        count(distinct article_id) as report_count,
        count(distinct daterange(reviewed_from, reviewed_to, '[]')) filter (where reviewed_from is not null) > 1
        or count(distinct daterange(planned_from, planned_to, '[]')) filter (where planned_from is not null) > 1
        or count(distinct held_on) filter (where has_day) > 1
        or count(distinct part_of_day) > 1
            as has_conflicting_times
    from reports
    group by meeting_key
)

select
    reports.meeting_key,
    reports.record_id,
    reports.article_id,
    reports.body_key,
    reports.unit_id,
    coalesce(versions.unit_key, {{ unknown() }}) as unit_key,
    reports.held_on,
    reports.held_on_precision,
    reports.held_on_basis,
    reports.part_of_day,
    reports.primary_session_type,
    reports.session_types,
    reports.reviewed_from,
    reports.reviewed_to,
    reports.planned_from,
    reports.planned_to,
    reports.reference_on,
    reports.title as headline,
    compared.report_count,
    compared.has_conflicting_times
    or reports.meeting_key in (select disputed.meeting_key from {{ ref('int_facts__disputed') }} as disputed)
        as has_conflicting_reports,
    reports.span_start,
    reports.span_end,
    reports.quote
from reports
inner join compared using (meeting_key)
left join {{ unit_version('reports.unit_id', 'reports.reference_on') }} as versions on true
where reports.choice = 1
