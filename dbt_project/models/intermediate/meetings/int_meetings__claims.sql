-- Grain: one thing about one meeting and value of it that reports state, where they state different ones.
{{ made_by('meeting_key', joins_by_equality=true) }}

-- Most reports agree: only meetings of which something is told in more than one way are taken apart.
with told_differently as materialized (
    select meeting_key
    from {{ ref('int_reports__meetings') }}
    where {{ touched('meeting_key') }}
    group by meeting_key
    having
        min(held_on) filter (where has_day) < max(held_on) filter (where has_day)
        or min(part_of_day) < max(part_of_day)
        or min(told_session_type) < max(told_session_type)
        or min(told_body_key) < max(told_body_key)
        or min(nullif(concat_ws('/', reviewed_from, reviewed_to), ''))
        < max(nullif(concat_ws('/', reviewed_from, reviewed_to), ''))
        or min(nullif(concat_ws('/', planned_from, planned_to), ''))
        < max(nullif(concat_ws('/', planned_from, planned_to), ''))
),

reports as (
    select * from {{ ref('int_reports__meetings') }}
    where
        meeting_key in (select told_differently.meeting_key from told_differently)
        and {{ touched('meeting_key') }}
),

told as (
    select
        reports.meeting_key,
        reports.article_id,
        reports.choice,
        claims.field,
        claims.value,
        coalesce(claims.stated, claims.value) as stated,
        claims.value = claims.used as is_chosen
    from reports
    inner join {{ ref('int_meetings__merged') }} as meetings using (meeting_key)
    cross join
        lateral (
            values
            (
                'held_on',
                case when reports.has_day then to_char(reports.held_on, 'YYYY-MM-DD') end,
                null,
                to_char(meetings.held_on, 'YYYY-MM-DD')
            ),
            ('part_of_day', reports.part_of_day, null, meetings.part_of_day),
            ('primary_session_type', reports.told_session_type, null, meetings.primary_session_type),
            ('body', reports.told_body_key, reports.told_body_name, meetings.body_key),
            (
                'reviewed_period',
                nullif(concat_ws('/', reports.reviewed_from, reports.reviewed_to), ''),
                null,
                concat_ws('/', meetings.reviewed_from, meetings.reviewed_to)
            ),
            (
                'planned_period',
                nullif(concat_ws('/', reports.planned_from, reports.planned_to), ''),
                null,
                concat_ws('/', meetings.planned_from, meetings.planned_to)
            )
        ) as claims (field, value, stated, used)
    where claims.value is not null and meetings.report_count > 1
),

counted as (
    select
        meeting_key,
        field,
        value,
        min(stated collate "C") as stated,
        bool_or(is_chosen) as is_chosen,
        count(distinct article_id) as report_count,
        (array_agg(article_id order by choice asc))[1] as article_id
    from told
    group by meeting_key, field, value
),

compared as (
    select
        counted.*,
        count(*) over (partition by meeting_key, field) as values_told,
        max(report_count) filter (where not is_chosen) over (partition by meeting_key, field) as most_elsewhere
    from counted
)

select
    meeting_key,
    field,
    value,
    stated,
    null as metric_value_key,
    article_id,
    report_count,
    is_chosen,
    case
        when not is_chosen then null
        when report_count > most_elsewhere then 'most_reports'
        when field = 'body' then 'fuller_name'
        else 'chosen_report'
    end as reason
from compared
where values_told > 1

union all

select
    disputed.meeting_key,
    'figure' as field,
    disputed.metric_value_key as value,
    facts.quote as stated,
    disputed.metric_value_key,
    disputed.article_id,
    disputed.tellers as report_count,
    disputed.is_preferred as is_chosen,
    disputed.reason
from {{ ref('int_facts__disputed') }} as disputed
inner join {{ ref('int_figures__facts') }} as facts using (metric_value_key, meeting_key)
where facts.mention = 1 and {{ touched('disputed.meeting_key') }}
