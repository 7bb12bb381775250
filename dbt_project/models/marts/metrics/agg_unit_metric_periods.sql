-- Grain: unit, roll-up, metric, period, status and rate; values are sums that may be charted.
-- Only additive metrics of the catalogue in their own unit; never running totals, nor the stated part of a total; of
-- what reports tell differently only the preferred value. When a body tells one metric and period at several meetings,
-- the last of them counts: it repeats or corrects the earlier ones.
{{ config(pre_hook='{{ by_equality() }}') }}

with facts as (
    select
        facts.meeting_key,
        facts.unit_key,
        facts.metric_key,
        facts.period_from,
        facts.period_to,
        facts.status,
        facts.per,
        facts.value_low,
        facts.value_high,
        rank() over (
            partition by
                facts.body_key, facts.metric_key, facts.period_from, facts.period_to, facts.status, facts.per
            order by meetings.held_on desc nulls last, facts.meeting_key asc
        ) as newest
    from {{ ref('fct_metrics') }} as facts
    inner join {{ ref('fct_meetings') }} as meetings using (meeting_key)
    inner join {{ ref('dim_metrics') }} as metrics using (metric_key, measure_unit)
    where
        metrics.is_additive
        and not facts.is_cumulative
        and facts.is_preferred
        and not facts.is_part_of_total
        and facts.period_from is not null
        and facts.period_to is not null
        and facts.unit_key <> {{ unknown() }}
),

as_reported as (
    select
        unit_key,
        metric_key,
        period_from,
        period_to,
        status,
        per,
        sum(value_low) as value_low,
        sum(value_high) as value_high,
        count(distinct meeting_key) as meeting_count
    from facts
    where newest = 1
    group by unit_key, metric_key, period_from, period_to, status, per
),

-- Sums of sums: a meeting is of one unit, so no meeting is counted twice.
today as (
    select
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
    inner join {{ ref('dim_units') }} as reporting using (unit_key)
    inner join {{ ref('int_units__today') }} as places on reporting.unit_id = places.unit_id
    inner join {{ ref('dim_units') }} as units
        on places.unit_id_today = units.unit_id and units.is_current
    group by
        units.unit_key, as_reported.metric_key, as_reported.period_from, as_reported.period_to, as_reported.status,
        as_reported.per
),

together as (
    select
        *,
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
    weight_basis
from together
