-- Grain: one row per slot that holds a copy of a text, with the lowest of the slots that copies connect it with.
-- Reports of one component may be of one session, those of two never are: place and day part them, and only copies of
-- one text go across. A slot that is not here is a component of its own.
{{ made_as_a_whole('slot') }}
{{ config(indexes=[{'columns': ['slot']}]) }}

-- Each slot of a cluster hangs on the cluster's lowest.
with recursive hanging as (
    select distinct
        slot,
        min(slot) over (partition by near_duplicate_cluster) as lowest
    from {{ ref('int_reports__slots') }}
    where near_duplicate_cluster is not null
),

links as (
    select
        slot as one,
        lowest as other
    from hanging
    where slot <> lowest

    union

    select
        lowest as one,
        slot as other
    from hanging
    where slot <> lowest
),

{{ connected('components', 'links', 'slot', 'component_id') }}

select
    slot,
    component_id
from components
