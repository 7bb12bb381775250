-- Grain: one row per person of a meeting report, with who it is and whether this report tells a public office.
-- A person is one within the reports of one body, never across bodies by the name alone. Names as told stay in raw.
{{ made_by('meeting_key', tells=['person_key']) }}
{{ config(indexes=[{'columns': ['person_key']}]) }}

with persons as (
    select
        persons.record_id,
        persons.extractor_version,
        persons.person_name,
        persons.positions,
        reports.meeting_key,
        reports.body_key,
        reports.choice,
        reports.fingerprint,
        chosen.reference_on as seen_on
    from {{ ref('stg_raw__persons') }} as persons
    inner join {{ ref('int_reports__meetings') }} as reports using (article_id, extractor_version)
    inner join {{ ref('int_reports__meetings') }} as chosen
        on reports.meeting_key = chosen.meeting_key and chosen.choice = 1
    where {{ touched('reports.meeting_key') }}
),

position_lists as materialized (select distinct positions from persons),

told as (
    select distinct unnest(positions) as position_name
    from position_lists
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

-- Looked up once a list of positions, not once a person.
in_office as (
    select distinct position_lists.positions
    from position_lists
    cross join lateral unnest(position_lists.positions) as held (position_name)
    inner join offices using (position_name)
),

-- Reviewed by people: another name of the same person within the reports of one body.
reviewed as (
    select
        body_key,
        {{ fold('alias') }} as alias_folded,
        min(person_name) as person_name,
        {{ fold('min(person_name)') }} as name_folded
    from {{ ref('person_aliases') }}
    group by body_key, {{ fold('alias') }}
),

-- Folded once a name, not once a person.
names as materialized (
    select
        person_name,
        {{ fold('person_name') }} as name_folded
    from (select distinct person_name from persons) as distinct_names
)

select
    persons.record_id,
    persons.extractor_version,
    persons.meeting_key,
    persons.body_key,
    {{ key(['persons.body_key', 'coalesce(reviewed.name_folded, names.name_folded)']) }} as person_key,
    reviewed.person_name as reviewed_name,
    in_office.positions is not null as has_office,
    persons.choice,
    persons.seen_on,
    hash_record_extended(row(persons.record_id, persons.fingerprint), 0) as fingerprint
from persons
inner join names using (person_name)
left join reviewed on persons.body_key = reviewed.body_key and names.name_folded = reviewed.alias_folded
left join in_office using (positions)
