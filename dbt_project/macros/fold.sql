{#- One form for all spellings of a name or noun: lower case, blanks and punctuation as one blank, the tone
    mark moved behind its syllable ("Hoà" = "hòa"), đ for the Icelandic ð. Diacritics stay: "bản" is not "bán".
    The result is for comparing and for keys only (it is decomposed), never for people. -#}
{%- macro fold(words) -%}
    regexp_replace(
        normalize(
            translate(
                lower(btrim(regexp_replace({{ words }}, '[[:space:][:punct:]–—“”‘’…]+', ' ', 'g'))), 'ð', 'đ'
            ),
            nfd
        ),
        '([\u0300\u0301\u0303\u0309\u0323])([^ ]+)', '\2\1', 'g'
    )
{%- endmacro %}
