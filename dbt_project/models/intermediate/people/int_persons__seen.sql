-- Grain: one row per person of a meeting report who holds a public office, with who it is.
-- An office that any report of the body tells makes the person public; the others stay in raw.
{{ made_by('person_key') }}
{{ config(indexes=[{'columns': ['person_key']}]) }}

with public_persons as (
    select person_key
    from {{ ref('int_persons__keyed') }}
    where {{ touched('person_key') }}
    group by person_key
    having bool_or(has_office)
)

select
    keyed.record_id,
    persons.article_id,
    keyed.meeting_key,
    keyed.body_key,
    keyed.person_key,
    persons.person_name,
    coalesce(keyed.reviewed_name, persons.person_name) as display_name,
    persons.role,
    persons.positions,
    reports.choice,
    persons.span_start,
    meetings.reference_on as seen_on
from public_persons
inner join {{ ref('int_persons__keyed') }} as keyed using (person_key)
inner join {{ ref('stg_raw__persons') }} as persons using (record_id, extractor_version)
inner join {{ ref('int_reports__meetings') }} as reports using (article_id, extractor_version, meeting_key)
inner join {{ ref('int_meetings__merged') }} as meetings using (meeting_key)
