-- Grain: one row per figure of one article, per extractor version. Nothing is dropped here.
select
    -- ids
    record_id,
    article_id,
    extractor_version,
    metric_code,
    -- measures
    cast(low as numeric(28, 6)) as value_low,
    cast(high as numeric(28, 6)) as value_high,
    cast(of_total as numeric(28, 6)) as of_total,
    unit as measure_unit,
    counted,
    qualifier,
    per,
    status,
    is_cumulative,
    period_from,
    period_to,
    -- provenance
    span_start,
    span_end,
    quote,
    confidence
from {{ source('raw', 'figures') }}
