-- Foreign keys of facts, bridges and dimensions: never null where the contract says so, and always met.
-- Returns one row per broken reference. Columns that may be null are in `optional`.
{% set references = [
    ('fct_meetings', 'body_key', 'dim_bodies', 'body_key'),
    ('fct_meetings', 'unit_key', 'dim_units', 'unit_key'),
    ('fct_meetings', 'held_on_date_key', 'dim_dates', 'date_key'),
    ('fct_meetings', 'article_id', 'dim_articles', 'article_id'),
    ('fct_metrics', 'meeting_key', 'fct_meetings', 'meeting_key'),
    ('fct_metrics', 'metric_key', 'dim_metrics', 'metric_key'),
    ('fct_metrics', 'unit_key', 'dim_units', 'unit_key'),
    ('fct_metrics', 'body_key', 'dim_bodies', 'body_key'),
    ('fct_metrics', 'article_id', 'dim_articles', 'article_id'),
    ('bridge_meeting_articles', 'meeting_key', 'fct_meetings', 'meeting_key'),
    ('bridge_meeting_articles', 'article_id', 'dim_articles', 'article_id'),
    ('bridge_meeting_claims', 'meeting_key', 'fct_meetings', 'meeting_key'),
    ('bridge_meeting_claims', 'article_id', 'dim_articles', 'article_id'),
    ('bridge_metric_mentions', 'metric_value_key', 'fct_metrics', 'metric_value_key'),
    ('bridge_metric_mentions', 'article_id', 'dim_articles', 'article_id'),
    ('bridge_meeting_persons', 'meeting_key', 'fct_meetings', 'meeting_key'),
    ('bridge_meeting_persons', 'person_key', 'dim_persons', 'person_key'),
    ('bridge_person_positions', 'person_key', 'dim_persons', 'person_key'),
    ('dim_persons', 'body_key', 'dim_bodies', 'body_key'),
    ('bridge_meeting_documents', 'meeting_key', 'fct_meetings', 'meeting_key'),
    ('bridge_meeting_documents', 'document_key', 'dim_documents', 'document_key'),
    ('agg_unit_metric_periods', 'unit_key', 'dim_units', 'unit_key'),
    ('agg_unit_metric_periods', 'metric_key', 'dim_metrics', 'metric_key'),
    ('bridge_unit_successions', 'predecessor_unit_key', 'dim_units', 'unit_key'),
    ('bridge_unit_successions', 'successor_unit_key', 'dim_units', 'unit_key'),
    ('dim_articles', 'source_key', 'dim_sources', 'source_key'),
    ('dim_bodies', 'unit_id', 'dim_units', 'unit_id'),
] %}
{% set optional = [
    ('bridge_meeting_claims', 'metric_value_key', 'fct_metrics', 'metric_value_key'),
    ('dim_units', 'parent_unit_key', 'dim_units', 'unit_key'),
    ('dim_units', 'province_unit_key', 'dim_units', 'unit_key'),
] %}

{% for child, column, parent, key in references + optional %}
    select
        '{{ child }}.{{ column }}' as reference,
        cast(children.{{ column }} as text) as missing
    from {{ children_to_test(child, column, parent, key) }} as children
    where
        not exists (
            select 1 from {{ ref(parent) }} as parents
            where parents.{{ key }} = children.{{ column }}
        )
        {% if (child, column, parent, key) in optional %}and children.{{ column }} is not null{% endif %}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
