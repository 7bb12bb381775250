-- Grain: one row per meeting that one article reports, per extractor version. Nothing is dropped here.
select
    -- ids
    record_id,
    article_id,
    extractor_version,
    -- when
    held_on,
    held_on_precision,
    held_on_basis,
    part_of_day,
    reviewed_from,
    reviewed_to,
    planned_from,
    planned_to,
    -- what
    headline,
    session_types,
    coalesce(session_types[1], 'other') as primary_session_type,
    -- who
    host_body,
    host_unit_level,
    host_unit_kind,
    host_unit_name,
    host_unit_province,
    host_unit_id,
    host_place_id,
    -- provenance
    span_start,
    span_end,
    quote,
    confidence
from {{ source('raw', 'meetings') }}
