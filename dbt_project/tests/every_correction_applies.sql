-- A correction whose fact is gone, whose reviewed value changed or whose column cannot be corrected has no effect:
-- somebody must look at it again. Returns such corrections.
{{ config(severity='warn') }}

select corrections.*
from {{ ref('fact_corrections') }} as corrections
left join {{ ref('int_facts__corrected') }} as facts using (metric_value_key)
where
    case corrections.column_name
        when 'value_low' then facts.value_low is distinct from cast(corrections.new_value as numeric)
        when 'value_high' then facts.value_high is distinct from cast(corrections.new_value as numeric)
        when 'is_cumulative' then facts.is_cumulative is distinct from cast(corrections.new_value as boolean)
        else true
    end
