-- Grain: one row per meeting and document that its reports cite.
{{ made_by('meeting_key', touched_by='citing_meeting') }}

select distinct
    meeting_key,
    document_key
from {{ ref('int_documents__keyed') }}
where {{ touched('meeting_key') }}
