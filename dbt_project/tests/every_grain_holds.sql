-- The natural key behind each hash occurs once: a key that took too much or too little would show here.
-- Returns natural keys that occur more often.
{% set grains = [
    ('fct_metrics', [
        'meeting_key', 'metric_key', 'measure_unit', 'period_from', 'period_to', 'value_low', 'value_high',
        'of_total', 'per', 'status',
    ]),
    ('agg_unit_metric_periods', [
        'unit_key', 'rolled_up_to', 'metric_key', 'period_from', 'period_to', 'status', 'per',
    ]),
    ('dim_units', ['unit_id', 'valid_from']),
    ('dim_sources', ['site']),
    ('dim_dates', ['calendar_day']),
    ('int_reports__current', ['article_id']),
] %}

{% for model, columns in grains %}
    select
        '{{ model }}' as model,
        concat_ws(' | ', {{ columns | join(', ') }}) as natural_key
    from {{ ref(model) }}
    group by {{ columns | join(', ') }}
    having count(*) > 1
    {% if not loop.last %}union all{% endif %}
{% endfor %}
