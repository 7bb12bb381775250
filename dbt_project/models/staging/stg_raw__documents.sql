-- Grain: one row per cited document of one article, per extractor version. Nothing is dropped here.
select
    -- ids
    record_id,
    article_id,
    extractor_version,
    -- what
    kind,
    number,
    issuer,
    dated_on,
    -- provenance
    span_start
from {{ source('raw', 'documents') }}
