{#- The day of a moment where the news is made. -#}
{%- macro day_of(moment) -%}
    cast({{ moment }} at time zone 'Asia/Ho_Chi_Minh' as date)
{%- endmacro %}
