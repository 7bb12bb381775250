-- Grain: one fact that may be added up: of an additive metric of the catalogue in its own unit, over a period; never a
-- running total, nor the stated part of a total; of what reports tell differently only the preferred value.
-- Facts of one `sum_group` are added up together: those of one family of units, metric, period, status and rate.
{{ made_by('meeting_key', joins_by_equality=true, tells=['sum_group']) }}
{{ config(indexes=[{'columns': ['sum_group']}]) }}

with facts as (
    select * from {{ ref('int_facts__corrected') }}
    where
        {{ touched('meeting_key') }}
        and is_additive
        and not is_cumulative
        and not is_part_of_total
        and period_from is not null
        and period_to is not null
),

disputed as (
    select metric_value_key from {{ ref('int_facts__disputed') }}
    where not is_preferred
)

select
    facts.metric_value_key,
    facts.meeting_key,
    meetings.held_on,
    meetings.body_key,
    meetings.unit_id,
    meetings.unit_key,
    facts.metric_key,
    facts.period_from,
    facts.period_to,
    facts.status,
    facts.per,
    facts.value_low,
    facts.value_high,
    hash_record_extended(
        row(
            coalesce(families.family_id, meetings.unit_id), facts.metric_key, facts.period_from, facts.period_to,
            facts.status, facts.per
        ),
        0
    ) as sum_group
from facts
inner join {{ ref('int_meetings__merged') }} as meetings using (meeting_key)
left join disputed using (metric_value_key)
left join {{ ref('int_units__families') }} as families on meetings.unit_id = families.unit_id
where disputed.metric_value_key is null and meetings.unit_key <> {{ unknown() }}
