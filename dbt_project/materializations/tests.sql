{#- What data tests look at: every row, until a build of this project ended well; then what changed since. Rows that are
    unchanged and passed then pass now. docs/decisions/increments.md. -#}

{#- Whether a build of this project ended well before; bienban.io.increments writes it down. -#}
{%- macro is_settled() -%}
    {%- if not execute -%}{{ return(false) }}{%- endif -%}
    {%- if model.is_settled is not defined -%}
        {%- set found = run_query(
            "select coalesce(obj_description('intermediate'::regnamespace, 'pg_namespace') like '% settled', false)"
        ) -%}
        {%- do model.update({'is_settled': found.columns[0][0]}) -%}
    {%- endif -%}
    {{ return(model.is_settled) }}
{%- endmacro -%}

{#- The rows of a model that are to be tested. Seeds are those of the build that ended well. -#}
{%- macro rows_to_test(name, whole_parts=false) -%}
    {%- set relation = ref(name) -%}
    {%- if not is_settled() -%}
        {{ relation }}
    {%- elif 'seed.bienban.' ~ name in graph.nodes -%}
        (select * from {{ relation }} where false) as unchanged
    {%- else -%}
        {%- set key = (part_columns(name) if whole_parts else told_columns(name)) | join(', ') -%}
        (select * from {{ relation }} where ({{ key }}) in (select {{ key }} from {{ changed(name) }})) as rows_to_test
    {%- endif -%}
{%- endmacro -%}

{#- Rows that may have the same value as one of the rows to test: others of the same part, or all where it may stand in
    several parts. A view has the rows of a table (fct_metrics, int_persons__keyed) whose key stands for both. -#}
{%- macro rows_to_compare(name, columns, across_parts) -%}
    {%- if not execute -%}
        {{ ref(name) }}
    {%- elif graph.nodes.get('model.bienban.' ~ name, {}).get('config', {}).get('materialized') == 'view' -%}
        (select * from {{ ref(name) }} where false) as rows_of_another
    {%- elif not is_settled() or 'model.bienban.' ~ name not in graph.nodes -%}
        {{ rows_to_test(name) }}
    {%- elif not across_parts -%}
        {{ rows_to_test(name, whole_parts=true) }}
    {%- else -%}
        {%- set key = columns | join(', ') -%}
        (select * from {{ ref(name) }} where ({{ key }}) in (select {{ key }} from {{ rows_to_test(name) }})) as rows_to_compare
    {%- endif -%}
{%- endmacro -%}

{#- Rows of `child` that may lack their parent: its own changed ones, and all whose parent's key went. -#}
{%- macro children_to_test(child, column, parent, key) -%}
    {%- if is_settled() -%}
        (
            select {{ column }} from {{ rows_to_test(child) }}
            union all
            select {{ column }} from {{ ref(child) }}
            where {{ column }} in (
                select changed.{{ key }} from {{ changed(parent) }} as changed
                where not exists (select 1 from {{ ref(parent) }} as standing where standing.{{ key }} = changed.{{ key }})
            )
        )
    {%- else -%}
        {{ ref(child) }}
    {%- endif -%}
{%- endmacro -%}

{#- What is noted of the changed rows of a model: their part, and further columns. -#}
{%- macro told_columns(name) -%}
    {%- set told = graph.nodes['model.bienban.' ~ name].config.meta['tells'] -%}
    {{ return((part_columns(name) + told) | unique | list) }}
{%- endmacro -%}

{%- macro part_columns(name) -%}
    {%- set key = graph.nodes['model.bienban.' ~ name].config.unique_key -%}
    {{ return([key] if key is string else key) }}
{%- endmacro -%}
