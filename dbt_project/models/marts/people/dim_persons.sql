-- Grain: one office-holder within one body's reports. People without a public office are in no mart.
-- Of the spellings of a name the most frequent stands, then the first in code point order.
{{ made_by('person_key') }}

select
    person_key,
    min(body_key) as body_key,
    mode() within group (order by display_name collate "C") as display_name,
    min(seen_on) as first_seen_on,
    max(seen_on) as last_seen_on
from {{ ref('int_persons__seen') }}
where {{ touched('person_key') }}
group by person_key

union all

select
    {{ unknown() }} as person_key,
    {{ unknown() }} as body_key,
    'không rõ' as display_name,
    null as first_seen_on,
    null as last_seen_on
where not {{ goes_on() }}
