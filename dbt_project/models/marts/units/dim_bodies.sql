-- Grain: one body that held a meeting, durable across the versions of its unit.
-- Of its spellings the longest names it (an abbreviation is shorter), then the one with the most capitals that
-- does not shout, then the first in code point order; it begins with a capital.
{{ made_as_a_whole('body_key') }}

with named as (
    select distinct on (body_key)
        body_key,
        upper(left(body_name, 1)) || substr(body_name, 2) as body_name,
        body_type,
        unit_id,
        unit_as_reported
    from {{ ref('int_bodies__spellings') }}
    where body_key in (select meetings.body_key from {{ ref('int_meetings__merged') }} as meetings)
    order by
        body_key asc,
        length(body_name) desc,
        body_name = upper(body_name) asc,
        length(regexp_replace(body_name, '[[:upper:]]', '', 'g')) asc,
        body_name collate "C" asc,
        unit_as_reported collate "C" asc
)

select * from named

union all

select
    {{ unknown() }} as body_key,
    'không rõ' as body_name,
    'other' as body_type,
    {{ unknown() }} as unit_id,
    null as unit_as_reported
