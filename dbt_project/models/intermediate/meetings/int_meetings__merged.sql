-- Grain: one meeting, as its chosen report tells it, with what the other reports say beside it.
-- Reports conflict when two of them state different periods, or count one thing without one value in common;
-- a report that is silent contradicts nobody, and neither does one with more detail.
{{ config(indexes=[{'columns': ['meeting_key']}]) }}

with reports as (select * from {{ ref('int_reports__meetings') }}),

compared as (
    select
        meeting_key,
        count(distinct article_id) as report_count,
        count(distinct daterange(reviewed_from, reviewed_to, '[]')) filter (where reviewed_from is not null) > 1
        or count(distinct daterange(planned_from, planned_to, '[]')) filter (where planned_from is not null) > 1
            as has_conflicting_periods
    from reports
    group by meeting_key
),

-- One thing counted by several reports of a meeting, and how many of them tell each value.
figures as (
    select
        figures.meeting_key,
        figures.article_id,
        figures.value_low,
        figures.value_high,
        {{ key([
            'figures.metric_key', 'figures.counted_folded', 'figures.measure_unit', 'figures.period_from',
            'figures.period_to', 'figures.status', 'figures.per',
        ]) }} as topic
    from {{ ref('int_figures__facts') }} as figures
    inner join compared using (meeting_key)
    where compared.report_count > 1
),

values_told as (
    select
        meeting_key,
        topic,
        count(distinct article_id) as tellers
    from figures
    group by meeting_key, topic, value_low, value_high
),

topics as (
    select
        meeting_key,
        topic,
        count(distinct article_id) as tellers
    from figures
    group by meeting_key, topic
),

conflicting_figures as (
    select topics.meeting_key
    from topics
    inner join values_told using (meeting_key, topic)
    group by topics.meeting_key, topics.topic, topics.tellers
    having max(values_told.tellers) < topics.tellers
)

select
    reports.meeting_key,
    reports.record_id,
    reports.article_id,
    reports.body_key,
    reports.unit_id,
    coalesce(versions.unit_key, {{ unknown() }}) as unit_key,
    coalesce(reports.held_on_day, reports.held_on) as held_on,
    case when reports.held_on_day is not null then 'day' else reports.held_on_precision end as held_on_precision,
    case when reports.has_day or reports.held_on_day is null then reports.held_on_basis else 'other_report' end
        as held_on_basis,
    reports.part_of_day,
    reports.primary_session_type,
    reports.session_types,
    reports.reviewed_from,
    reports.reviewed_to,
    reports.planned_from,
    reports.planned_to,
    coalesce(reports.held_on_day, reports.reference_on) as reference_on,
    reports.title as headline,
    compared.report_count,
    compared.has_conflicting_periods
    or reports.meeting_key in (select conflicting_figures.meeting_key from conflicting_figures)
        as has_conflicting_reports,
    reports.span_start,
    reports.span_end,
    reports.quote
from reports
inner join compared using (meeting_key)
left join
    {{ unit_version('reports.unit_id', 'coalesce(reports.held_on_day, reports.reference_on)') }} as versions
    on true
where reports.choice = 1
