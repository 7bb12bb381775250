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

kinds as (
    select
        office_kind,
        ' ' || {{ fold('form') }} || ' ' as form
    from {{ ref('public_offices') }}
),

offices as (
    select words.name as position_name
    from words
    inner join kinds on strpos(' ' || words.written_out || ' ', kinds.form) > 0
    group by words.name
    having
        bool_or(kinds.office_kind = 'office' and starts_with(' ' || words.written_out || ' ', kinds.form))
        and (bool_or(kinds.office_kind = 'state_owned') or not bool_or(kinds.office_kind = 'private'))
),

in_office as (
    select distinct persons.record_id
    from persons
    cross join lateral unnest(persons.positions) as held (position_name)
    inner join offices using (position_name)
),

-- Reviewed by people: another name of the same person within the reports of one body.
reviewed as (
    select
        body_key,
        {{ fold('alias') }} as alias_folded,
        min(person_name) as person_name
    from {{ ref('person_aliases') }}
    group by body_key, {{ fold('alias') }}
),

meant as (
    select
        persons.record_id,
        coalesce(reviewed.person_name, persons.person_name) as display_name
    from persons
    left join reviewed
        on persons.body_key = reviewed.body_key and {{ fold('persons.person_name') }} = reviewed.alias_folded
),

named as (
    select
        persons.*,
        meant.display_name,
        {{ key(['persons.body_key', fold('meant.display_name')]) }} as person_key,
        in_office.record_id is not null as has_office
    from persons
    inner join meant using (record_id)
    left join in_office using (record_id)
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
    display_name,
    role,
    positions,
    choice,
    span_start,
    reference_on as seen_on
from known
where is_public
