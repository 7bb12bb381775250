{#- The schema a model names is the schema it goes to: roles and grants know these names. What the semantic layer asks
    is not the candidate but what was published of it. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- set named = (custom_schema_name or target.schema) | trim -%}
    {{ 'marts' if target.name == 'published' and named == 'marts_candidate' else named }}
{%- endmacro %}
