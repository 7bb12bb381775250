-- Grain: one figure that its article states as a part of another one of the same metric.
-- The sentence names the total, then says "trong đó" (of which), "bao gồm" or "gồm"; what follows are parts.
{{ made_by('meeting_key') }}

with figures as (
    select
        record_id,
        meeting_key,
        metric_value_key,
        article_id,
        span_start,
        value_high,
        min(span_end) over earlier as from_end,
        max(value_high) over earlier as total
    from {{ ref('int_figures__facts') }}
    where is_mapped and {{ touched('meeting_key') }}
    window earlier as (
        partition by article_id, metric_key, measure_unit, period_from, period_to, status, per
        order by span_start asc rows between unbounded preceding and 1 preceding
    )
)

select
    figures.record_id,
    figures.meeting_key,
    figures.metric_value_key,
    figures.article_id
from figures
inner join {{ ref('stg_raw__articles') }} as articles using (article_id)
where
    figures.value_high < figures.total
    -- The nearest "of which" before the figure, and no end of a sentence between the two.
    and substring(articles.text from figures.from_end + 1 for figures.span_start - figures.from_end)
    ~* '(trong đó|trong số đó|bao gồm|gồm)([^.!?\n]|[.][0-9])*$'
