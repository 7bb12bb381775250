{#- Two expressions of a recursive `with`: whatever `links` (one, other; each in both directions) connect bears the
    lowest of them. The second has `member` and `lowest`, a row for everything that has a link. -#}
{%- macro connected(name, links, member, lowest) -%}
    reached as (
        select
            one as {{ member }},
            one as {{ lowest }}
        from {{ links }}

        union

        select
            {{ links }}.other as {{ member }},
            reached.{{ lowest }}
        from reached
        inner join {{ links }} on reached.{{ member }} = {{ links }}.one
        where reached.{{ lowest }} < {{ links }}.other
    ),

    {{ name }} as (
        select
            {{ member }},
            min({{ lowest }}) as {{ lowest }}
        from reached
        group by {{ member }}
    )
{%- endmacro %}
