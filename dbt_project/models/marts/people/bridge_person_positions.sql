-- Grain: one row per office-holder and position in which reports show them; spellings and abbreviations are one.
-- Of the spellings the longest stands, then the first in code point order.
{{ made_by('person_key') }}

with positions as (
    select
        persons.person_key,
        persons.meeting_key,
        persons.article_id,
        persons.seen_on,
        held.position_name
    from {{ ref('int_persons__seen') }} as persons
    cross join lateral unnest(persons.positions) as held (position_name)
    where {{ touched('persons.person_key') }}
),

words as (
    {{ written_out('positions', 'position_name') }}
)

select
    {{ key(['positions.person_key', 'words.written_out']) }} as person_position_key,
    positions.person_key,
    (array_agg(
        positions.position_name
        order by length(positions.position_name) desc, positions.position_name collate "C" asc
    ))[1] as position_name,
    min(positions.seen_on) as first_seen_on,
    max(positions.seen_on) as last_seen_on,
    count(distinct positions.meeting_key) as meeting_count,
    count(distinct positions.article_id) as report_count
from positions
inner join words on positions.position_name = words.name
group by positions.person_key, words.written_out
