-- Grain: one row per person of a meeting report who holds a public office, with who it is.
-- An office that any report of the body tells makes the person public; the others stay in raw.
-- A view: whoever reads it asks for some persons, or for each of them once.
{{ config(materialized='view', post_hook=[]) }}

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
    seen_on
from {{ ref('int_persons__keyed') }} as keyed
where
    exists (
        select 1 from {{ ref('int_persons__keyed') }} as others
        where others.person_key = keyed.person_key and others.has_office
    )
