{#- `name` and `written_out` of the distinct names in a column: folded, abbreviations replaced word by word.
    For joining back on `name`; folding is dear and names are few. -#}
{%- macro written_out(relation, column) -%}
    select
        names.name,
        string_agg(coalesce({{ fold('abbreviations.words') }}, parts.word), ' ' order by parts.place) as written_out
    from (select distinct {{ column }} as name from {{ relation }}) as names
    cross join
        lateral string_to_table({{ fold('names.name') }}, ' ') with ordinality as parts (word, place)
    left join {{ ref('body_words') }} as abbreviations on {{ fold('abbreviations.form') }} = parts.word
    group by names.name
{%- endmacro %}
