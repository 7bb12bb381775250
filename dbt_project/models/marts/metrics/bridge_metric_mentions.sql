-- Grain: one row per fact and place in an article that tells it.
-- By article, in the key, too: what is told in one lies side by side, facts are all over the table.
{{ made_by('article_id', touched_by='telling_article', tells=['metric_value_key']) }}

select distinct on (article_id, span_start, span_end, metric_value_key)
    metric_value_key,
    article_id,
    span_start,
    span_end,
    quote
from {{ ref('int_figures__facts') }}
where
    {{ touched('article_id') }}
    {% if goes_on() %}and meeting_key in ({{ changed_in('int_figures__facts', 'meeting_key') }}){% endif %}
order by article_id asc, span_start asc, span_end asc, metric_value_key asc
