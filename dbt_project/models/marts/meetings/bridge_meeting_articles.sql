-- Grain: one row per meeting and article that reports it.
{{ made_by('meeting_key') }}

select
    meeting_key,
    article_id,
    bool_or(choice = 1) as is_primary,
    min(joined_by) as joined_by
from {{ ref('int_reports__meetings') }}
where {{ touched('meeting_key') }}
group by meeting_key, article_id
