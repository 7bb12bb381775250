{#- As dbt-postgres does it, but a mart is filled before its key is made: sorting all keys once takes a fifth of the
    time of finding each row's place, and `create table … as` may use parallel workers, which an insert may not. Rows that
    came need no vacuum: only `marts` is read by indexes alone, and it would run beside the rest of the build. -#}
{% macro postgres__create_table_as(temporary, relation, sql) -%}
    {%- if temporary or not config.get('contract').enforced -%}
        {{ dbt.postgres__create_table_as(temporary, relation, sql) }}
    {%- else -%}
        {{ get_assert_columns_equivalent(sql) }}
        create table {{ relation }} with (autovacuum_vacuum_insert_threshold = -1) as
        select
            {% for column in model['columns'].values() -%}
            cast({{ column['name'] }} as {{ column['data_type'] }}) as {{ column['name'] }}{{ ',' if not loop.last }}
            {% endfor %}
        from ({{ sql }}) as filled
    {%- endif -%}
{%- endmacro %}

{#- The keys of the contract, then the indexes as dbt makes them, then those of some rows only. -#}
{% macro postgres__create_indexes(relation) -%}
    {%- for constraint in adapter.render_raw_model_constraints(raw_constraints=model.get('constraints', [])) -%}
        {% do run_query('alter table ' ~ relation ~ ' add ' ~ constraint) %}
    {%- endfor -%}
    {% do dbt.default__create_indexes(relation) %}
    {% for index in config.get('meta').get('partial_indexes', []) %}
        {% do run_query('create index on ' ~ relation ~ ' (' ~ index.columns | join(', ') ~ ') where ' ~ index.where) %}
    {% endfor %}
{%- endmacro %}
