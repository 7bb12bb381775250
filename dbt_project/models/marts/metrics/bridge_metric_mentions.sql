-- Grain: one row per fact and place in an article that tells it.
{{ made_by('article_id', touched_by='articles_of_meetings', tells=['metric_value_key']) }}

select distinct on (metric_value_key, article_id, span_start, span_end)
    metric_value_key,
    article_id,
    span_start,
    span_end,
    quote
from {{ ref('int_figures__facts') }}
{% if goes_on() %}  -- an article tells of one meeting, and facts are found by that
    where (meeting_key, article_id) in (
        select
            meeting_key,
            article_id
        from {{ ref('int_reports__meetings') }}
        where {{ touched('article_id') }}
    )
{% endif %}
order by metric_value_key asc, article_id asc, span_start asc, span_end asc, record_id asc
