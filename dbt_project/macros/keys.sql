{#- A key: 128 bits of the sha256 over the parts as a JSON array. The array keeps null, '' and the order
    apart; days are ISO there whatever the session's date style is. Never pass a timestamp (it would follow
    the session's time zone) nor a spelling (pass fold(...)). -#}
{%- macro key(parts) -%}
    left(encode(sha256(convert_to(json_build_array({{ parts | join(', ') }})::text, 'UTF8')), 'hex'), 32)
{%- endmacro %}

{#- The key of the row that stands for "the text does not say" in every dimension. -#}
{%- macro unknown() -%}'unknown'{%- endmacro %}

{#- What int_figures__nouns is made by. -#}
{%- macro noun_id() -%}{{ key(['counted', 'measure_unit', 'metric_code']) }}{%- endmacro %}

{#- Whether a noun is the one that a figure tells. -#}
{%- macro told_by_noun(figures, nouns) -%}
    {{ figures }}.counted = {{ nouns }}.counted
    and {{ figures }}.measure_unit = {{ nouns }}.measure_unit
    and coalesce({{ figures }}.metric_code, '') = coalesce({{ nouns }}.metric_code, '')
{%- endmacro -%}

{#- The unit of a host in a report's own words, as one value to join by. -#}
{%- macro told_unit(told) -%}
    hash_record_extended(
        row(
            {{ told }}.host_unit_level, {{ told }}.host_unit_kind, {{ told }}.host_unit_name,
            {{ told }}.host_unit_province, {{ told }}.host_unit_id
        ),
        0
    )
{%- endmacro -%}
