-- Grain: one row per publisher, known by its site.
{{ made_as_a_whole('source_key') }}

select
    {{ key(['site']) }} as source_key,
    site,
    site as name
from (select distinct site from {{ ref('int_articles__active') }}) as articles
where site is not null

union all

select
    {{ unknown() }} as source_key,
    null as site,
    'không rõ' as name
