{#- The reports of the meetings that are to be made, each with the session that it was joined into. -#}
{%- macro reports_with_sessions() -%}
    select
        reports.*,
        joined.meeting_session_id,
        joined.joined_by
    from {{ ref('int_reports__described') }} as reports
    inner join {{ ref('int_reports__sessions') }} using (record_id)
    inner join {{ ref('int_sessions__joined') }} as joined using (session_id)
    where {{ touched('joined.meeting_session_id') }}
{%- endmacro %}
