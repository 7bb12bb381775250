-- Grain: one row per distinct text. Nothing is dropped here.
select
    -- ids
    article_id,
    revision_of,
    near_duplicate_cluster,
    -- what the record says
    text,
    -- state
    is_latest,
    changed_at
from {{ source('raw', 'articles') }}
