-- Grain: one row per version of a unit and a version that took its place on a day.
{{ made_once(['predecessor_unit_key', 'successor_unit_key', 'effective_on']) }}

with successions as (select * from {{ ref('stg_register__unit_successions') }})

select distinct
    predecessors.unit_key as predecessor_unit_key,
    successors.unit_key as successor_unit_key,
    successions.effective_on,
    successions.is_main,
    successions.is_whole,
    successions.share,
    successions.legal_act
from successions
inner join
    {{ unit_version('successions.predecessor_unit_id', '(successions.effective_on - 1)') }} as predecessors
    on true
inner join {{ unit_version('successions.successor_unit_id', 'successions.effective_on') }} as successors on true
