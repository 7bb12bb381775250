-- Grain: one row per unit that is gone or took a place over, with the family of units that such steps connect.
-- Figures of a unit reach, on today's map, units of its own family only.
{{ made_once('unit_id') }}

-- Units that stand today are connected by the gone ones that went to several of them: few, unlike the gone ones.
with recursive steps as (
    select
        unit_id,
        unit_id_today,
        min(unit_id_today) over (partition by unit_id) as lowest_today
    from {{ ref('int_units__today') }}
    where unit_id <> unit_id_today
),

links as (
    select
        unit_id_today as one,
        lowest_today as other
    from steps

    union

    select
        lowest_today as one,
        unit_id_today as other
    from steps
),

{{ connected('families', 'links', 'unit_id', 'family_id') }}

select
    unit_id,
    family_id
from families

union

select
    steps.unit_id,
    families.family_id
from steps
inner join families on steps.lowest_today = families.unit_id
