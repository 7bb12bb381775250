-- Grain: one row per unit and unit that stands today where it stood.
-- A unit that was split goes to its successors by the communes that each took: how much of a figure fell to which
-- part nobody reported. Weights of a unit add up to one, so sums over a wider unit stay what was reported.
{{ made_by('unit_id') }}

with recursive lives as (
    select
        unit_id,
        bool_or(valid_to is null) as stands,
        max(valid_to) as last_day
    from {{ ref('int_units__versions') }}
    group by unit_id
),

-- Only what followed the end of a unit: a part that it gave away earlier took no figures with it.
steps as (
    select
        lives.unit_id,
        successions.successor_unit_id,
        -- the register rounds its shares: seven sevenths are not quite one
        successions.share / sum(successions.share) over (partition by lives.unit_id) as share
    from lives
    inner join {{ ref('stg_register__unit_successions') }} as successions
        on lives.unit_id = successions.predecessor_unit_id and successions.effective_on = lives.last_day + 1
    where not lives.stands
),

walk as (
    select
        unit_id,
        unit_id as stands_as,
        1.0 as weight
    from lives
    where {{ touched('unit_id') }}

    union all

    select
        walk.unit_id,
        steps.successor_unit_id as stands_as,
        walk.weight * steps.share as weight
    from walk
    inner join steps on walk.stands_as = steps.unit_id
)

select
    walk.unit_id,
    walk.stands_as as unit_id_today,
    cast(sum(walk.weight) as numeric(21, 20)) as weight,
    case
        when walk.unit_id = walk.stands_as then 'unchanged'
        when count(*) over (partition by walk.unit_id) = 1 then 'whole'
        else 'by_communes'
    end as weight_basis
from walk
inner join lives on walk.stands_as = lives.unit_id
where lives.stands
group by walk.unit_id, walk.stands_as
