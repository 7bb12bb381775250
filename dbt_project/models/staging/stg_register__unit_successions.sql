-- Grain: one row per unit that ended and a unit that stands there since. Nothing is dropped here.
select
    -- ids
    predecessor_unit_id,
    successor_unit_id,
    -- how
    effective_on,
    is_main,
    is_whole,
    share,
    -- provenance
    legal_act
from {{ source('register', 'register_unit_successions') }}
