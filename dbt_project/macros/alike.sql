{#- Figures of int_reports__evidence bear their weight in front. -#}
{%- macro weight(figure) -%}cast(left({{ figure }}, 1) as integer){%- endmacro -%}

{%- macro weight_of(figures) -%}
    (select sum({{ weight('told.figure') }}) from unnest({{ figures }}) as told (figure))
{%- endmacro -%}

{#- What an article tells, one by one: token, weight, is_figure. -#}
{%- macro told_in(evidence) -%}
    lateral (
        select
            told.figure as token,
            {{ weight('told.figure') }} as weight,
            true as is_figure
        from unnest({{ evidence }}.figures) as told (figure)
        union all
        select
            told.person as token,
            1 as weight,
            false as is_figure
        from unnest({{ evidence }}.people) as told (person)
    )
{%- endmacro -%}

{#- When what two reports tell speaks for one meeting, and when against it. Weights are those of
    int_reports__evidence; null stands for nothing in common or nothing told. -#}
{%- macro agree(things, shared, one_told, other_told) -%}
    coalesce({{ things }} >= 2 and {{ shared }} * 3 >= least({{ one_told }}, {{ other_told }}), false)
{%- endmacro %}

{%- macro disagree(shared, one_told, other_told) -%}
    coalesce({{ shared }}, 0) = 0 and least(coalesce({{ one_told }}, 0), coalesce({{ other_told }}, 0)) >= 4
{%- endmacro %}

{#- One name goes on where the other ends, or is the same: "ban chỉ đạo" and "ban chỉ đạo 35". -#}
{%- macro continues(one_words, other_words) -%}
    (
        starts_with({{ one_words }} || ' ', {{ other_words }} || ' ')
        or starts_with({{ other_words }} || ' ', {{ one_words }} || ' ')
    )
{%- endmacro %}

{#- A period, or a coarse date, tells which session it was: two reviews of one year are one, two meetings of a
    committee that speak of one year need not be. -#}
{%- macro once_a_period(one, other) -%}
    not 'review' = any({{ one }}.families) or 'periodic' = any({{ one }}.families || {{ other }}.families)
{%- endmacro %}

{#- Whether a day lies in the month, quarter or year (of half a year: the year) that begins with another. -#}
{%- macro same_span(precision, first_day, day) -%}
    date_trunc(case {{ precision }} when 'month' then 'month' when 'quarter' then 'quarter' else 'year' end, {{ day }})
    = date_trunc(case {{ precision }} when 'month' then 'month' when 'quarter' then 'quarter' else 'year' end, {{ first_day }})
{%- endmacro %}
