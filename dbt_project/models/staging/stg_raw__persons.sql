-- Grain: one row per person of one article, per extractor version. Nothing is dropped here.
select
    -- ids
    record_id,
    article_id,
    extractor_version,
    -- who
    name as person_name,
    role,
    positions,
    -- provenance
    span_start
from {{ source('raw', 'persons') }}
