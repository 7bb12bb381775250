-- Grain: one row per place and spelling of a body there; spellings of one body share `body_key`.
-- Abbreviations are written out word by word, and a closing "Việt Nam" says nothing about which body it is.
with spellings as (
    select
        place_id,
        host_body,
        min(unit_id collate "C") as unit_id,
        min(unit_as_reported collate "C") as unit_as_reported
    from {{ ref('int_reports__current') }}
    group by place_id, host_body
),

words as (
    select
        names.host_body,
        string_agg(coalesce({{ fold('abbreviations.words') }}, parts.word), ' ' order by parts.place) as written_out
    from (select distinct host_body from spellings) as names
    cross join
        lateral string_to_table({{ fold('names.host_body') }}, ' ') with ordinality as parts (word, place)
    left join {{ ref('body_words') }} as abbreviations on {{ fold('abbreviations.form') }} = parts.word
    group by names.host_body
),

names as (
    select
        host_body,
        regexp_replace(written_out, '(.) ' || {{ fold("'Việt Nam'") }} || '$', '\1') as body_words
    from words
),

-- The head of the name says what kind of body it is: the phrase that begins first, of two the longer.
types as (
    select distinct on (names.host_body)
        names.host_body,
        body_types.body_type
    from names
    inner join {{ ref('body_types') }} as body_types
        on strpos(' ' || names.body_words || ' ', ' ' || {{ fold('body_types.form') }} || ' ') > 0
    order by
        names.host_body asc,
        strpos(' ' || names.body_words || ' ', ' ' || {{ fold('body_types.form') }} || ' ') asc,
        length({{ fold('body_types.form') }}) desc,
        body_types.body_type collate "C" asc
)

select
    spellings.place_id,
    spellings.host_body,
    spellings.unit_id,
    case when spellings.unit_id = {{ unknown() }} then spellings.unit_as_reported end as unit_as_reported,
    {{ key(['spellings.place_id', 'names.body_words']) }} as body_key,
    coalesce(types.body_type, 'other') as body_type
from spellings
inner join names using (host_body)
left join types using (host_body)
