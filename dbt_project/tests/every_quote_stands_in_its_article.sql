-- Provenance: one join on article_id reaches the text, and the span holds the quote. Returns rows that do not.
{% set quoting = ['fct_meetings', 'fct_metrics', 'bridge_metric_mentions'] %}

with quotes as (
    {% for model in quoting %}
        select
            '{{ model }}' as model,
            article_id,
            span_start,
            span_end,
            quote
        from {{ rows_to_test(model) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

{# Few articles are looked up; a join might read all of them for that. #}
articles as (
    select
        article_id,
        text
    from {{ ref('stg_raw__articles') }}
    {% if is_settled() %}where article_id = any(array(select quotes.article_id from quotes)){% endif %}
)

select quotes.*
from quotes
left join articles using (article_id)
where
    substring(articles.text from quotes.span_start + 1 for quotes.span_end - quotes.span_start)
    is distinct from quotes.quote
