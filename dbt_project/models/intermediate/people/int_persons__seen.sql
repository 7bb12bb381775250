-- Grain: one row per person of a meeting report who holds a public office, with who it is.
-- A person is one within the reports of one body, never across bodies by the name alone. An office that any
-- report of the body tells makes the person public; the others stay in raw.
with persons as (
    select
        persons.*,
        reports.meeting_key,
        reports.body_key,
        reports.choice,
        meetings.reference_on
    from {{ ref('stg_raw__persons') }} as persons
    inner join {{ ref('int_reports__meetings') }} as reports using (article_id, extractor_version)
    inner join {{ ref('int_meetings__merged') }} as meetings using (meeting_key)
),

told as (
    select distinct unnest(positions) as position_name
    from persons
),

words as (
    {{ written_out('told', 'position_name') }}
),

offices as (
    select
        words.name as position_name,
        bool_or(
            kinds.office_kind = 'office'
            and starts_with(words.written_out || ' ', {{ fold('kinds.form') }} || ' ')
        ) as is_office,
        bool_or(
            kinds.office_kind = 'private'
            and strpos(' ' || words.written_out || ' ', ' ' || {{ fold('kinds.form') }} || ' ') > 0
        ) as is_private,
        bool_or(
            kinds.office_kind = 'state_owned'
            and strpos(' ' || words.written_out || ' ', ' ' || {{ fold('kinds.form') }} || ' ') > 0
        ) as is_state_owned
    from words
    cross join {{ ref('public_offices') }} as kinds
    group by words.name
),

named as (
    select
        persons.*,
        {{ key(['body_key', fold('person_name')]) }} as person_key,
        exists(
            select 1 from offices
            where
                offices.position_name = any(persons.positions)
                and offices.is_office
                and (offices.is_state_owned or not offices.is_private)
        ) as has_office
    from persons
),

known as (
    select
        *,
        bool_or(has_office) over (partition by person_key) as is_public
    from named
)

select
    record_id,
    article_id,
    meeting_key,
    body_key,
    person_key,
    person_name,
    role,
    positions,
    choice,
    span_start,
    reference_on as seen_on
from known
where is_public
