-- Grain: unit, roll-up, metric, period, status and rate; values are sums that may be charted.
-- When a body tells one metric and period at several meetings, the last of them counts: it repeats or corrects the
-- earlier ones. What several bodies of a unit tell alike (the council and the committee the same revenue) is one fact
-- about the unit: three digits or more are no chance. What may be added up at all is in int_facts__additive.
{{ made_by('sum_group', joins_by_equality=true, tells=['aggregate_key']) }}

with facts as (
    select
        *,
        rank() over (
            partition by sum_group, body_key
            order by held_on desc nulls last, meeting_key asc
        ) as newest
    from {{ ref('int_facts__additive') }}
    where {{ touched('sum_group') }}
),

newest_facts as (
    select
        *,
        min(body_key) over (
            partition by sum_group, unit_id, value_low, value_high
        ) as first_body,
        length(btrim(translate(cast(trim_scale(value_low) as text), '.', ''), '0')) as digits
    from facts
    where newest = 1
),

as_reported as (
    select
        sum_group,
        unit_id,
        unit_key,
        metric_key,
        period_from,
        period_to,
        status,
        per,
        sum(value_low) as value_low,
        sum(value_high) as value_high,
        count(distinct meeting_key) as meeting_count
    from newest_facts
    where body_key = first_body or digits < 3
    group by sum_group, unit_id, unit_key, metric_key, period_from, period_to, status, per
),

-- Sums of sums: a meeting is of one unit, so no meeting is counted twice.
today as (
    select
        as_reported.sum_group,
        units.unit_key,
        as_reported.metric_key,
        as_reported.period_from,
        as_reported.period_to,
        as_reported.status,
        as_reported.per,
        sum(as_reported.value_low * places.weight) as value_low,
        sum(as_reported.value_high * places.weight) as value_high,
        sum(as_reported.meeting_count) as meeting_count,
        case
            when bool_or(places.weight_basis = 'by_communes') then 'by_communes'
            when bool_or(places.weight_basis = 'whole') then 'whole'
            else 'unchanged'
        end as weight_basis
    from as_reported
    inner join {{ ref('int_units__today') }} as places using (unit_id)
    inner join {{ ref('dim_units') }} as units
        on places.unit_id_today = units.unit_id and units.is_current
    group by
        as_reported.sum_group, units.unit_key, as_reported.metric_key, as_reported.period_from, as_reported.period_to,
        as_reported.status, as_reported.per
),

together as (
    select
        sum_group,
        unit_key,
        metric_key,
        period_from,
        period_to,
        status,
        per,
        value_low,
        value_high,
        meeting_count,
        'reported' as weight_basis,
        'as_reported' as rolled_up_to
    from as_reported
    union all
    select
        *,
        'today' as rolled_up_to
    from today
)

select
    {{ key(['unit_key', 'rolled_up_to', 'metric_key', 'period_from', 'period_to', 'status', 'per']) }} as aggregate_key,
    unit_key,
    rolled_up_to,
    metric_key,
    period_from,
    period_to,
    {{ period_grain('period_from', 'period_to') }} as period_grain,
    status,
    per,
    cast(value_low as numeric(28, 6)) as value_low,
    cast(value_high as numeric(28, 6)) as value_high,
    cast(meeting_count as bigint) as meeting_count,
    weight_basis,
    sum_group
from together
