-- Grain: one row per fact and place in an article that tells it.
{{ made_by('metric_value_key', touched_by='told_fact') }}

select distinct on (metric_value_key, article_id, span_start, span_end)
    metric_value_key,
    article_id,
    span_start,
    span_end,
    quote
from {{ ref('int_figures__facts') }}
where
    {{ touched('metric_value_key') }}
    {% if goes_on() %}and meeting_key in ({{ changed_in('int_figures__facts', 'meeting_key') }}){% endif %}
order by metric_value_key asc, article_id asc, span_start asc, span_end asc, record_id asc
