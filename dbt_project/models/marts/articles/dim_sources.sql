-- Grain: one row per publisher, known by its site.
select distinct
    {{ key(['site']) }} as source_key,
    site,
    site as name
from {{ ref('int_articles__active') }}
where site is not null

union all

select
    {{ unknown() }} as source_key,
    null as site,
    'không rõ' as name
