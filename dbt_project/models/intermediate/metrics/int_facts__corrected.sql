-- Grain: one fact as its first mention tells it, with reviewed corrections applied.
-- A correction holds while the extracted value is the one that was reviewed; the key never changes with it.
-- A view: facts are too many to be written twice. Without `with`, which keeps the planner from looking through it, so
-- that few facts would be looked for among all.
{{ config(materialized='view', post_hook=[]) }}

select
    facts.metric_value_key,
    facts.meeting_key,
    facts.metric_key,
    facts.period_from,
    facts.period_to,
    cast(coalesce(corrections.value_low, facts.value_low) as numeric(28, 6)) as value_low,
    cast(coalesce(corrections.value_high, facts.value_high) as numeric(28, 6)) as value_high,
    facts.qualifier,
    facts.of_total,
    facts.measure_unit,
    facts.per,
    facts.status,
    coalesce(corrections.is_cumulative, facts.is_cumulative) as is_cumulative,
    corrections.metric_value_key is not null as is_corrected,
    parts.metric_value_key is not null as is_part_of_total,
    facts.is_additive,
    facts.counted,
    facts.article_id,
    facts.span_start,
    facts.span_end,
    facts.quote,
    facts.extractor_version,
    facts.confidence
from {{ ref('int_figures__facts') }} as facts
left join (  -- noqa: ST05
    select
        reviewed.metric_value_key,
        max(cast(corrections.new_value as numeric))
        filter (where corrections.column_name = 'value_low') as value_low,
        max(cast(corrections.new_value as numeric))
        filter (where corrections.column_name = 'value_high') as value_high,
        bool_or(cast(corrections.new_value as boolean))
        filter (where corrections.column_name = 'is_cumulative') as is_cumulative
    from {{ ref('fact_corrections') }} as corrections
    inner join {{ ref('int_figures__facts') }} as reviewed using (metric_value_key)
    where reviewed.mention = 1 and {{ still_as_reviewed('reviewed', 'corrections') }}
    group by reviewed.metric_value_key
) as corrections using (metric_value_key)
left join (  -- noqa: ST05
    select distinct stated.metric_value_key from {{ ref('int_figures__facts') }} as stated
    where stated.is_part
) as parts using (metric_value_key)
where facts.mention = 1
