{#- The version of a unit that stood on a day, as a lateral subquery giving `unit_key`. On a day outside of all
    its versions the nearest one answers (the report names the unit, so it means one of them); without a day
    the newest. -#}
{%- macro unit_version(unit_id, day) -%}
    lateral (
        select standing.unit_key
        from {{ ref('int_units__versions') }} as standing
        where standing.unit_id = {{ unit_id }}
        order by
            greatest(
                coalesce(standing.valid_from, '-infinity'::date) > coalesce({{ day }}, 'infinity'::date),
                coalesce(standing.valid_to, 'infinity'::date) < coalesce({{ day }}, 'infinity'::date)
            ) asc,
            case when standing.valid_from > {{ day }} then standing.valid_from end asc nulls first,
            standing.valid_from desc nulls last
        limit 1
    )
{%- endmacro %}
