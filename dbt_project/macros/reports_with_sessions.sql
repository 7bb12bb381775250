{#- The reports of the meetings that are to be made, each with the session that it was joined into. -#}
{%- macro reports_with_sessions() -%}
    select
        reports.*,
        {{ meeting_session() }} as meeting_session_id,
        coalesce(joined.joined_by, 'session') as joined_by
    from {{ ref('int_reports__described') }} as reports
    inner join {{ ref('int_reports__sessions') }} as sessions using (record_id)
    left join {{ ref('int_sessions__joined') }} as joined using (session_id)
    where {{ touched(meeting_session()) }} and {{ is_of_touched() }}
{%- endmacro %}

{#- The session that stands for the meeting of one of `sessions`. -#}
{%- macro meeting_session() -%}
    coalesce(joined.meeting_session_id, sessions.session_id)
{%- endmacro %}

{#- The same by a column: the planner knows how few of its values that are, of what is computed it does not. -#}
{%- macro is_of_touched() -%}
    {%- if goes_on() -%}
        sessions.session_id in (
            select touched.part from touched
            union all
            select others.session_id from {{ ref('int_sessions__joined') }} as others
            where others.meeting_session_id in (select touched.part from touched)
        )
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
