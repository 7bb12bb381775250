-- Grain: one row per place and spelling of a body there; spellings of one body share `body_key`.
-- Abbreviations are written out word by word; other names of one body are those of the seed body_names.
{{ made_as_a_whole(['place_id', 'host_body']) }}
with spellings as (
    select
        place_id,
        host_body,
        min(unit_id collate "C") as unit_id,
        min(unit_as_reported collate "C") as unit_as_reported
    from {{ ref('int_reports__current') }}
    group by place_id, host_body
),

-- Names that people reviewed are read like those of reports.
told as (
    select host_body from spellings
    union all
    select alias as host_body from {{ ref('body_aliases') }}
    union all
    select body_name as host_body from {{ ref('body_aliases') }}
),

words as (
    {{ written_out('told', 'host_body') }}
),

-- What does not tell one body from another: "và", "của", a closing "Việt Nam".
told_words as (
    select
        name as host_body,
        regexp_replace(bare.bare_words, '(.) ' || {{ fold("'Việt Nam'") }} || '$', '\1') as body_words
    from words
    cross join
        lateral regexp_replace(
            written_out, ' (' || {{ fold("'và'") }} || '|' || {{ fold("'của'") }} || ')(?= )', '', 'g'
        ) as bare (bare_words)
),

-- Folded once a form, not once a name.
other_names as materialized (
    select
        {{ fold('form') }} as form,
        {{ fold('words') }} as words,
        is_whole_name
    from {{ ref('body_names') }}
),

-- Of several names for a part the longest holds more of it.
read_names as (
    select distinct on (told_words.host_body)
        told_words.host_body,
        coalesce(
            case
                when other_names.is_whole_name then other_names.words
                else btrim(
                    replace(
                        ' ' || told_words.body_words || ' ',
                        ' ' || other_names.form || ' ',
                        ' ' || other_names.words || ' '
                    )
                )
            end,
            told_words.body_words
        ) as body_words
    from told_words
    left join other_names
        on case
            when other_names.is_whole_name then told_words.body_words = other_names.form
            else strpos(' ' || told_words.body_words || ' ', ' ' || other_names.form || ' ') > 0
        end
    order by told_words.host_body asc, length(other_names.form) desc nulls last, other_names.form asc
),

reviewed as (
    select
        aliases.place_id,
        alias_names.body_words,
        body_names.body_words as means_words,
        min(aliases.body_name) as body_name
    from {{ ref('body_aliases') }} as aliases
    inner join read_names as alias_names on aliases.alias = alias_names.host_body
    inner join read_names as body_names on aliases.body_name = body_names.host_body
    group by aliases.place_id, alias_names.body_words, body_names.body_words
),

names as (
    select
        spellings.place_id,
        spellings.host_body,
        spellings.unit_id,
        spellings.unit_as_reported,
        coalesce(here.means_words, everywhere.means_words, read_names.body_words) as body_words,
        coalesce(here.body_name, everywhere.body_name, spellings.host_body) as body_name
    from spellings
    inner join read_names using (host_body)
    left join reviewed as here
        on spellings.place_id = here.place_id and read_names.body_words = here.body_words
    left join reviewed as everywhere on everywhere.place_id = '*' and read_names.body_words = everywhere.body_words
),

-- Folded once a form, not once a name.
forms as materialized (
    select
        {{ fold('form') }} as form,
        body_type
    from {{ ref('body_types') }}
),

-- The head of the name says what kind of body it is: the phrase that begins first, of two the longer.
types as (
    select distinct on (named.body_words)
        named.body_words,
        forms.body_type
    from (select distinct body_words from names) as named
    inner join forms on strpos(' ' || named.body_words || ' ', ' ' || forms.form || ' ') > 0
    order by
        named.body_words asc,
        strpos(' ' || named.body_words || ' ', ' ' || forms.form || ' ') asc,
        length(forms.form) desc,
        forms.body_type collate "C" asc
)

select
    names.place_id,
    names.host_body,
    names.body_name,
    names.unit_id,
    case when names.unit_id = {{ unknown() }} then names.unit_as_reported end as unit_as_reported,
    {{ key(['names.place_id', 'names.body_words']) }} as body_key,
    names.body_words,
    coalesce(types.body_type, 'other') as body_type
from names
left join types using (body_words)
