-- Grain: one row per article that a dump file which is not withdrawn holds, without its text.
{{ made_by('article_id') }}

with articles as (
    select * from {{ ref('int_articles__active') }}
    where {{ touched('article_id') }}
)

select
    article_id,
    title,
    url,
    case when site is null then {{ unknown() }} else {{ key(['site']) }} end as source_key,
    published_on,
    dump_url,
    record_locator,
    is_latest
from articles
