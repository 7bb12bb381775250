-- Grain: one row per figure of a meeting report, with the fact it tells. `mention` 1 speaks for the fact.
-- A fact is what is measured, its value and its period, whoever says it and in which words.
with catalogue as (select metric_code from {{ ref('metrics') }}),

figures as (
    select
        reports.meeting_key,
        reports.choice,
        reports.published_on,
        figures.*,
        coalesce(catalogue.metric_code is not null, false) as is_mapped,
        catalogue.metric_code as mapped_code
    from {{ ref('stg_raw__figures') }} as figures
    inner join {{ ref('int_reports__meetings') }} as reports using (article_id, extractor_version)
    left join catalogue using (metric_code)
),

-- Folding is dear, nouns are few.
nouns as (
    select
        counted,
        {{ fold('counted') }} as counted_folded
    from (select distinct counted from figures) as distinct_nouns
),

measured as (
    select
        figures.*,
        nouns.counted_folded,
        case
            when figures.is_mapped then {{ key(["'catalogue'", 'figures.mapped_code']) }}
            else {{ key(["'counted'", 'nouns.counted_folded', 'figures.measure_unit']) }}
        end as metric_key
    from figures
    inner join nouns using (counted)
),

facts as (
    select
        measured.*,
        {{ key([
            'meeting_key', 'metric_key', 'measure_unit', 'period_from', 'period_to',
            'value_low', 'value_high', 'of_total', 'per', 'status',
        ]) }} as metric_value_key
    from measured
)

select
    *,
    row_number() over (
        partition by metric_value_key
        order by choice asc, confidence desc, article_id asc, span_start asc, span_end asc, record_id asc
    ) as mention
from facts
