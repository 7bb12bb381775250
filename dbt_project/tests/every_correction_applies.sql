-- A correction whose fact is gone or whose reviewed value changed, and an alias that no report uses, have no effect:
-- somebody must look at it again. Returns such decisions.
{{ config(severity='warn') }}

select
    correction_id,
    table_name,
    record_key,
    column_name,
    old_value,
    state
from {{ ref('dim_corrections') }}
where state <> 'applied'
