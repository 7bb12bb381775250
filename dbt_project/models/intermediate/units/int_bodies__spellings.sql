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
    {{ written_out('spellings', 'host_body') }}
),

names as (
    select
        name as host_body,
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
    names.body_words,
    coalesce(types.body_type, 'other') as body_type
from spellings
inner join names using (host_body)
left join types using (host_body)
