-- Grain: one row per figure of a meeting report, with the fact it tells. `mention` 1 speaks for the fact.
-- A fact is what is measured, its value and its period, whoever says it and in which words.
-- A noun that no metric of the catalogue covers may be reviewed by people.
with catalogue as (select metric_code from {{ ref('metrics') }}),

reviewed as (
    select
        {{ fold('counted') }} as counted_folded,
        measure_unit,
        metric_code
    from {{ ref('metric_aliases') }}
),

told as (
    select
        reports.meeting_key,
        reports.choice,
        reports.published_on,
        figures.*
    from {{ ref('stg_raw__figures') }} as figures
    inner join {{ ref('int_reports__meetings') }} as reports using (article_id, extractor_version)
),

-- Folding and hashing are dear, nouns are few: materialised, or the planner does both again for each figure.
nouns as (
    select
        counted,
        measure_unit,
        metric_code,
        {{ fold('counted') }} as counted_folded
    from (select distinct
        counted,
        measure_unit,
        metric_code
    from {{ ref('stg_raw__figures') }}) as distinct_nouns
),

measured as materialized (
    select
        nouns.counted,
        nouns.measure_unit,
        nouns.metric_code,
        nouns.counted_folded,
        catalogue.metric_code as mapped_code,
        catalogue.metric_code is not null as is_mapped,
        case
            when catalogue.metric_code is not null then {{ key(["'catalogue'", 'catalogue.metric_code']) }}
            else {{ key(["'counted'", 'nouns.counted_folded', 'nouns.measure_unit']) }}
        end as metric_key
    from nouns
    left join reviewed
        on
            nouns.metric_code is null
            and nouns.counted_folded = reviewed.counted_folded
            and nouns.measure_unit = reviewed.measure_unit
    left join catalogue on coalesce(nouns.metric_code, reviewed.metric_code) = catalogue.metric_code
),

figures as (
    select
        told.*,
        measured.counted_folded,
        measured.mapped_code,
        measured.is_mapped,
        measured.metric_key
    from told
    inner join measured
        on
            told.counted = measured.counted
            and told.measure_unit = measured.measure_unit
            and coalesce(told.metric_code, '') = coalesce(measured.metric_code, '')
),

facts as (
    select
        figures.*,
        {{ key([
            'meeting_key', 'metric_key', 'measure_unit', 'period_from', 'period_to',
            'value_low', 'value_high', 'of_total', 'per', 'status',
        ]) }} as metric_value_key
    from figures
)

select
    *,
    row_number() over (
        partition by metric_value_key
        order by choice asc, confidence desc, article_id asc, span_start asc, span_end asc, record_id asc
    ) as mention
from facts
