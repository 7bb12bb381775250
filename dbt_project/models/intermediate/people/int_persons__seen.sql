-- Grain: one row per person of a meeting report who holds a public office, with who it is.
-- An office that any report of the body tells makes the person public; the others stay in raw.
-- A view: whoever reads it asks for some persons, or for each of them once.
{{ config(materialized='view', post_hook=[]) }}

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
    keyed.choice,
    persons.span_start,
    keyed.seen_on
from {{ ref('int_persons__keyed') }} as keyed
inner join {{ ref('stg_raw__persons') }} as persons using (record_id, extractor_version)
where
    exists (
        select 1 from {{ ref('int_persons__keyed') }} as others
        where others.person_key = keyed.person_key and others.has_office
    )
