-- Grain: one row per article and extractor version. Nothing is dropped here.
select
    -- ids
    article_id,
    extractor_version,
    -- state
    status,
    is_current,
    extracted_at
from {{ source('raw', 'extractions') }}
