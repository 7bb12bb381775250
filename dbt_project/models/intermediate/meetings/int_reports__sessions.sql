-- Grain: one row per meeting report, with the session that reports in reach of each other tell.
-- `session_id` is the lowest record of the session.
{{ made_by('component_id', tells=['session_id']) }}
{{ config(indexes=[{'columns': ['record_id']}]) }}

with recursive pairs as (
    select * from {{ ref('int_reports__pairs') }}
    where {{ touched('component_id') }}
),

{{ connected('sessions', 'pairs', 'record_id', 'session_id') }}

select
    reports.record_id,
    reports.article_id,
    reports.component_id,
    coalesce(sessions.session_id, reports.record_id) as session_id
from {{ ref('int_reports__described') }} as reports
left join sessions using (record_id)
where {{ touched('reports.component_id') }}
