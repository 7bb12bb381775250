-- Grain: one row per record met and kept. Nothing is dropped here.
select
    -- ids
    dump_file_id,
    record_locator,
    article_id,
    -- what the record says
    title,
    url,
    site,
    published_at
from {{ source('raw', 'article_occurrences') }}
