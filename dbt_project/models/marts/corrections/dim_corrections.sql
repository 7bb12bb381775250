-- Grain: one decision of people: a correction of one fact, or a name that means another body, unit, metric or person.
{{ made_as_a_whole('correction_id') }}

select
    correction_id,
    table_name,
    record_key,
    column_name,
    old_value,
    new_value,
    decided_by,
    reason,
    applied_rows,
    state
from {{ ref('int_corrections__states') }}
