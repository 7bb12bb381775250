-- Grain: one thing about one meeting and value of it that reports state, where they state different ones.
{{ made_by('meeting_key') }}

select
    {{ key(['meeting_key', 'field', 'value']) }} as claim_key,
    meeting_key,
    field,
    stated,
    metric_value_key,
    article_id,
    report_count,
    is_chosen,
    reason
from {{ ref('int_meetings__claims') }}
where {{ touched('meeting_key') }}
