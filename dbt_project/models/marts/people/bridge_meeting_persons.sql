-- Grain: one row per meeting and office-holder, with the strongest role that a report tells.
-- The fullest list of positions stands, of equals the one of the report that speaks for the meeting.
{{ made_by('person_key') }}

with roles as (
    select distinct on (meeting_key, person_key)
        meeting_key,
        person_key,
        role
    from {{ ref('int_persons__seen') }}
    where {{ touched('person_key') }}
    order by
        meeting_key asc,
        person_key asc,
        array_position(array['chair', 'concluded', 'presenter', 'speaker', 'attended'], role) asc nulls last
),

offices as (
    select distinct on (meeting_key, person_key)
        meeting_key,
        person_key,
        positions
    from {{ ref('int_persons__seen') }}
    where {{ touched('person_key') }}
    order by
        meeting_key asc,
        person_key asc,
        cardinality(positions) desc,
        choice asc,
        article_id asc,
        span_start asc,
        record_id asc
)

select
    roles.meeting_key,
    roles.person_key,
    roles.role,
    offices.positions
from roles
inner join offices using (meeting_key, person_key)
