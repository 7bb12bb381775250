{#- Whether a fact still has the value that a correction was decided on. -#}
{%- macro still_as_reviewed(facts, corrections) -%}
    case {{ corrections }}.column_name
        when 'value_low' then {{ facts }}.value_low = cast({{ corrections }}.old_value as numeric)
        when 'value_high' then {{ facts }}.value_high = cast({{ corrections }}.old_value as numeric)
        when 'is_cumulative' then {{ facts }}.is_cumulative = cast({{ corrections }}.old_value as boolean)
    end
{%- endmacro %}
