-- The natural key behind each hash occurs once: a key that took too much or too little would show here. So does
-- the key of every intermediate model; primary keys of marts are enforced by the database.
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
    ('int_articles__offered', ['article_id']),
    ('int_articles__active', ['article_id']),
    ('int_reports__current', ['article_id']),
    ('int_reports__slots', ['record_id']),
    ('int_reports__components', ['slot']),
    ('int_reports__described', ['record_id']),
    ('int_reports__evidence', ['article_id']),
    ('int_reports__pairs', ['one', 'other']),
    ('int_reports__sessions', ['record_id']),
    ('int_sessions__described', ['session_id']),
    ('int_sessions__joined', ['session_id']),
    ('int_meetings__named', ['meeting_session_id']),
    ('int_reports__meetings', ['record_id']),
    ('int_meetings__merged', ['meeting_key']),
    ('int_corrections__states', ['correction_id']),
    ('int_meetings__claims', ['meeting_key', 'field', 'value']),
    ('int_figures__nouns', ['counted', 'measure_unit', 'metric_code']),
    ('int_figures__facts', ['record_id']),
    ('int_figures__parts', ['record_id']),
    ('int_facts__disputed', ['metric_value_key']),
    ('int_facts__corrected', ['metric_value_key']),
    ('int_facts__additive', ['metric_value_key']),
    ('int_persons__keyed', ['record_id']),
    ('int_persons__seen', ['record_id']),
    ('int_documents__cited', ['record_id']),
    ('int_documents__keyed', ['record_id']),
    ('int_bodies__spellings', ['place_id', 'host_body']),
    ('int_units__versions', ['unit_key']),
    ('int_units__families', ['unit_id']),
    ('int_units__today', ['unit_id', 'unit_id_today']),
    ('metrics', ['metric_code']),
    ('body_aliases', ['place_id', 'alias']),
    ('unit_aliases', ['unit_level', 'alias', 'province_name']),
    ('metric_aliases', ['counted', 'measure_unit']),
    ('person_aliases', ['body_key', 'alias']),
    ('fact_corrections', ['metric_value_key', 'column_name']),
    ('body_words', ['form']),
    ('body_types', ['form']),
    ('public_offices', ['form']),
    ('session_families', ['session_type', 'family']),
    ('document_series', ['suffix']),
] %}

{# Records that two parts of a table might hold; all other keys hold or decide their part. #}
{% set across_parts = [
    'int_reports__sessions', 'int_reports__meetings', 'int_persons__keyed', 'int_documents__keyed',
] %}

{% for model, columns in grains %}
    select
        '{{ model }}' as model,
        concat_ws(' | ', {{ columns | join(', ') }}) as natural_key
    from {{ rows_to_compare(model, columns, model in across_parts) }}
    group by {{ columns | join(', ') }}
    having count(*) > 1
    {% if not loop.last %}union all{% endif %}
{% endfor %}
