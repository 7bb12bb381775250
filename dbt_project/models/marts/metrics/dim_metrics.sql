-- Grain: one metric of the catalogue, or one counted noun with its measure unit that no metric covers.
-- An uncovered noun is shown in its shortest form, then the first in code point order.
{{ made_as_a_whole('metric_key') }}

with nouns as (
    select distinct on (metric_key)
        metric_key,
        counted,
        measure_unit
    from {{ ref('int_figures__nouns') }} as told
    where
        not is_mapped
        and exists (
            select 1 from {{ ref('int_figures__facts') }} as facts
            where facts.metric_key = told.metric_key and facts.counted = told.counted and not facts.is_mapped
        )
    order by metric_key asc, length(counted) asc, counted collate "C" asc
)

select
    {{ key(["'catalogue'", 'metric_code']) }} as metric_key,
    metric_code,
    metric_name_vi,
    metric_name_en,
    measure_unit,
    topic,
    is_additive,
    true as is_mapped
from {{ ref('metrics') }}

union all

select
    metric_key,
    null as metric_code,
    counted as metric_name_vi,
    null as metric_name_en,
    measure_unit,
    null as topic,
    false as is_additive,
    false as is_mapped
from nouns

union all

select
    {{ unknown() }} as metric_key,
    null as metric_code,
    'không rõ' as metric_name_vi,
    'unknown' as metric_name_en,
    null as measure_unit,
    null as topic,
    false as is_additive,
    false as is_mapped
