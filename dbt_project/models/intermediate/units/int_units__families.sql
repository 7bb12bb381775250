-- Grain: one row per unit that is gone or took a place over, with the family of units that such steps connect.
-- Figures of a unit reach, on today's map, units of its own family only.
{{ made_once('unit_id') }}

with recursive links as (
    select
        unit_id as one,
        unit_id_today as other
    from {{ ref('int_units__today') }}
    where unit_id <> unit_id_today

    union

    select
        unit_id_today as one,
        unit_id as other
    from {{ ref('int_units__today') }}
    where unit_id <> unit_id_today
),

{{ connected('families', 'links', 'unit_id', 'family_id') }}

select
    unit_id,
    family_id
from families
