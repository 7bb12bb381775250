{#- For a model whose joins are all by equality but between common table expressions, which have no statistics:
    expecting few rows the planner loops over them, and a minute's work takes hours. Ends with the transaction. -#}
{%- macro by_equality() -%}
    {%- if not (goes_on() and 'touched_by' in model.config.meta) -%}set local enable_nestloop = off{%- endif -%}
{%- endmacro %}
