-- Grain: one meeting, as its chosen report tells it, with what the other reports say beside it.
-- Reports conflict when two of them state different days or periods, or count one thing without a value in common;
-- a report that is silent contradicts nobody.
{{ config(indexes=[{'columns': ['meeting_key']}]) }}

with reports as (select * from {{ ref('int_reports__meetings') }}),

compared as (
    select
        meeting_key,
        count(distinct article_id) as report_count,
        -- What the chosen report does not say the next one may.
        (array_agg(part_of_day order by choice asc) filter (where part_of_day is not null))[1] as part_of_day,
        min(choice) filter (where reviewed_from is not null) as reviewed_by,
        min(choice) filter (where planned_from is not null) as planned_by,
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
    compared.part_of_day,
    reports.primary_session_type,
    reports.session_types,
    reviewing.reviewed_from,
    reviewing.reviewed_to,
    planning.planned_from,
    planning.planned_to,
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
left join reports as reviewing
    on compared.meeting_key = reviewing.meeting_key and compared.reviewed_by = reviewing.choice
left join reports as planning
    on compared.meeting_key = planning.meeting_key and compared.planned_by = planning.choice
left join {{ unit_version('reports.unit_id', 'reports.reference_on') }} as versions on true
where reports.choice = 1
