-- Grain: one row per figure of a meeting report, with the fact it tells. `mention` 1 speaks for the fact.
-- A fact is what is measured, its value and its period, whoever says it and in which words.
-- Sorted by meeting, as its rows are looked up: those of one lie side by side.
{{ made_by('meeting_key', tells=['article_id']) }}
{{ config(indexes=[{'columns': ['meeting_key']}]) }}
{{ config(meta={'partial_indexes': [
    {'columns': ['metric_key', 'counted'], 'where': 'not is_mapped'},
    {'columns': ['metric_value_key'], 'where': 'is_part'},
]}) }}

with facts as (
    select
        reports.meeting_key,
        reports.choice,
        reports.published_on,
        figures.*,
        nouns.counted_folded,
        nouns.mapped_code,
        nouns.is_mapped,
        nouns.is_additive,
        nouns.metric_key,
        parts.record_id is not null as is_part,
        {{ key([
            'reports.meeting_key', 'nouns.metric_key', 'figures.measure_unit', 'figures.period_from',
            'figures.period_to', 'figures.value_low', 'figures.value_high', 'figures.of_total', 'figures.per',
            'figures.status',
        ]) }} as metric_value_key
    from {{ ref('stg_raw__figures') }} as figures
    inner join {{ ref('int_reports__meetings') }} as reports using (article_id, extractor_version)
    -- Every figure has its noun: an outer join tells the planner so, who then sorts in parallel.
    left join {{ ref('int_figures__nouns') }} as nouns
        on {{ told_by_noun('figures', 'nouns') }}
    left join {{ ref('int_figures__parts') }} as parts
        on figures.article_id = parts.article_id and figures.record_id = parts.record_id
    where {{ touched('reports.meeting_key') }}
)

select
    *,
    row_number() over (
        partition by meeting_key, metric_value_key
        order by choice asc, confidence desc, article_id asc, span_start asc, span_end asc, record_id asc
    ) as mention
from facts
