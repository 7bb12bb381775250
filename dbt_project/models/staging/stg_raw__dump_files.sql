-- Grain: one row per dump file ever offered. Nothing is dropped here.
select
    -- ids
    dump_file_id,
    -- source
    url,
    -- state
    status
from {{ source('raw', 'dump_files') }}
