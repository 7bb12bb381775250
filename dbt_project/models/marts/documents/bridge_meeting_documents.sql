-- Grain: one row per meeting and document that its reports cite.
{{ made_by('document_key') }}

select distinct
    meeting_key,
    document_key
from {{ ref('int_documents__keyed') }}
where {{ touched('document_key') }}
