{#- The word for a span of days that begins with a month: day, month, quarter, half, nine_months, year, other. -#}
{%- macro period_grain(first_day, last_day) -%}
    case
        when {{ first_day }} = {{ last_day }} then 'day'
        when date_part('day', {{ first_day }}) <> 1 then 'other'
        when {{ last_day }} = {{ first_day }} + interval '1 month - 1 day' then 'month'
        when {{ last_day }} = {{ first_day }} + interval '3 months - 1 day' then 'quarter'
        when {{ last_day }} = {{ first_day }} + interval '6 months - 1 day' then 'half'
        when {{ last_day }} = {{ first_day }} + interval '9 months - 1 day' then 'nine_months'
        when {{ last_day }} = {{ first_day }} + interval '1 year - 1 day' then 'year'
        else 'other'
    end
{%- endmacro %}
