{#- A name without diacritics, đ as d: what people type into a search box. -#}
{%- macro ascii(name) -%}
    translate(regexp_replace(normalize({{ name }}, nfd), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dD')
{%- endmacro %}
