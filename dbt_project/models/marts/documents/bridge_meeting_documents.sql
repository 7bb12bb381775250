-- Grain: one row per meeting and document that its reports cite.
select distinct
    meeting_key,
    document_key
from {{ ref('int_documents__cited') }}
