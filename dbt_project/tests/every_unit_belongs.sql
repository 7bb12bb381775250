-- Versions of one unit do not overlap; every administrative unit reaches the nation through its parents, which stand
-- on every day of its validity; a unit that ended has a successor.
-- Returns the versions that break a rule, with the rule.
with recursive administrative as (
    select * from {{ ref('dim_units') }}
    where
        unit_level <> 'organisation'
        -- What versions say of each other holds while none of them changed.
        and ({{ not is_settled() }} or exists ({{ changed_in('dim_units', 'unit_key') }}))
),

reached as (
    select unit_key from administrative
    where unit_level = 'central'

    union

    select children.unit_key
    from administrative as children
    inner join reached on children.parent_unit_key = reached.unit_key
)

select
    unit_key,
    'does not reach the nation' as broken
from administrative
where unit_key not in (select unit_key from reached)

union all

select
    earlier.unit_key,
    'overlaps with a later version' as broken
from administrative as earlier
inner join administrative as later
    on
        earlier.unit_id = later.unit_id
        and earlier.unit_key <> later.unit_key
        and daterange(earlier.valid_from, earlier.valid_to, '[]') && daterange(later.valid_from, later.valid_to, '[]')

union all

select
    children.unit_key,
    'its parent does not stand on every day of its validity' as broken
from administrative as children
inner join administrative as parents on children.parent_unit_key = parents.unit_key
where
    not daterange(parents.valid_from, parents.valid_to, '[]')
    @> daterange(children.valid_from, children.valid_to, '[]')

union all

select
    ended.unit_key,
    'ended without a successor' as broken
from administrative as ended
where
    ended.valid_to is not null
    and not exists (
        select 1 from {{ ref('bridge_unit_successions') }} as successions
        where successions.predecessor_unit_key = ended.unit_key
    )
    and not exists (
        select 1 from administrative as later
        where later.unit_id = ended.unit_id and later.valid_from > ended.valid_to
    )
