-- Grain: one figure that a meeting report states as a part of another one of the same metric.
-- The sentence names the total, then says "trong đó" (of which), "bao gồm" or "gồm"; what follows are parts.
{{ made_by('article_id') }}

with {{ reporting_articles('reports') }},

told as (
    select
        figures.record_id,
        article_id,
        figures.span_start,
        figures.span_end,
        figures.value_high,
        hash_record_extended(
            row(
                nouns.metric_key, figures.measure_unit, figures.period_from, figures.period_to, figures.status,
                figures.per
            ),
            0
        ) as counted_alike
    from {{ ref('stg_raw__figures') }} as figures
    inner join reports using (article_id, extractor_version)
    -- Every figure has its noun: an outer join tells the planner so.
    left join {{ ref('int_figures__nouns') }} as nouns
        on {{ told_by_noun('figures', 'nouns') }}
    where coalesce(nouns.is_mapped, false) and {{ touched('article_id') }}
),

figures as (
    select
        told.*,
        min(span_end) over earlier as from_end,
        max(value_high) over earlier as total
    from told
    window earlier as (
        partition by article_id, counted_alike
        order by span_start asc rows between unbounded preceding and 1 preceding
    )
)

select
    figures.record_id,
    figures.article_id
from figures
inner join {{ ref('stg_raw__articles') }} as articles using (article_id)
where
    figures.value_high < figures.total
    -- The nearest "of which" before the figure, and no end of a sentence between the two.
    and substring(articles.text from figures.from_end + 1 for figures.span_start - figures.from_end)
    ~* '(trong đó|trong số đó|bao gồm|gồm)([^.!?\n]|[.][0-9])*$'
