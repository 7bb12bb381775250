-- Grain: one row per fact and place in an article that tells it.
select distinct on (metric_value_key, article_id, span_start, span_end)
    metric_value_key,
    article_id,
    span_start,
    span_end,
    quote
from {{ ref('int_figures__facts') }}
order by metric_value_key asc, article_id asc, span_start asc, span_end asc, record_id asc
