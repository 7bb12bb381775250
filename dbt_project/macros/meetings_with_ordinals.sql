{#- int_meetings__named with the ordinal among twins, which may come and go while the meeting stays as it is: it counts
    in the fingerprint. -#}
{%- macro meetings_with_ordinals() -%}
    select
        meeting_session_id,
        body_key,
        unit_id,
        place_id,
        told_apart_by,
        told_apart_value,
        held_on_day,
        primary_session_type,
        release_apart,
        ordinal,
        fingerprint + ordinal as fingerprint
    from (
        select
            named.*,
            row_number() over (
                partition by body_key, release_apart, told_apart_by, told_apart_value, primary_session_type
                order by part asc nulls last, first_article_id asc
            ) as ordinal
        from {{ ref('int_meetings__named') }} as named
        where {{ touched('meeting_session_id') }}
    ) as numbered
{%- endmacro %}
