{#- The version of a unit that stood on a day, as a lateral subquery giving `unit_key`. On a day outside of all
    its versions the nearest one answers (the report names the unit, so it means one of them); without a day
    the newest. -#}
{%- macro unit_version(unit_id, day) -%}
    lateral (
        select versions.unit_key
        from {{ ref('int_units__versions') }} as versions
        where versions.unit_id = {{ unit_id }}
        order by
            greatest(
                coalesce(versions.valid_from, '-infinity'::date) > coalesce({{ day }}, 'infinity'::date),
                coalesce(versions.valid_to, 'infinity'::date) < coalesce({{ day }}, 'infinity'::date)
            ) asc,
            case when versions.valid_from > {{ day }} then versions.valid_from end asc nulls first,
            versions.valid_from desc nulls last
        limit 1
    )
{%- endmacro %}
