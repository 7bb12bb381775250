-- Versions of one unit do not overlap; every administrative unit reaches the nation through its parents.
-- Returns the versions that break a rule, with the rule.
with recursive administrative as (
    select * from {{ ref('dim_units') }}
    where unit_level <> 'organisation'
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
