-- Grain: one fact that several reports of a meeting tell differently: one thing counted, and no value in common.
-- A report that is silent contradicts nobody, and neither does one with more detail. The value that most reports
-- tell is preferred, of equals the one of the report that speaks for the meeting; the others stay facts.
{{ made_by('meeting_key', joins_by_equality=true) }}

-- Most reports of a meeting agree: each of them tells the same facts as often as the others.
with told_by_report as (
    select
        meeting_key,
        choice,
        sum(hashtextextended(metric_value_key, 0)) as all_told
    from {{ ref('int_figures__facts') }}
    where {{ touched('meeting_key') }}
    group by meeting_key, choice
),

disagreeing as (
    select meeting_key
    from told_by_report
    group by meeting_key
    having min(all_told) < max(all_told)
),

-- Only what is told in more than one way is hashed and sorted. Put aside: parallel workers would each find all of it.
told_differently as materialized (
    select
        facts.meeting_key,
        facts.metric_key
    from {{ ref('int_figures__facts') }} as facts
    inner join disagreeing using (meeting_key)
    where {{ touched('facts.meeting_key') }}
    group by facts.meeting_key, facts.metric_key
    having min(facts.metric_value_key) < max(facts.metric_value_key)
),

told as (
    select
        facts.meeting_key,
        facts.metric_value_key,
        facts.article_id,
        facts.published_on,
        facts.choice,
        {{ key([
            'facts.metric_key', 'facts.counted_folded', 'facts.measure_unit', 'facts.period_from',
            'facts.period_to', 'facts.status', 'facts.per',
        ]) }} as topic
    from {{ ref('int_figures__facts') }} as facts
    inner join told_differently using (meeting_key, metric_key)
    where {{ touched('facts.meeting_key') }}
),

told_values as (
    select
        meeting_key,
        topic,
        metric_value_key,
        min(choice) as choice,
        (array_agg(article_id order by published_on asc nulls last, article_id asc))[1] as article_id,
        count(distinct article_id) as tellers
    from told
    group by meeting_key, topic, metric_value_key
),

topics as (
    select
        meeting_key,
        topic,
        count(distinct article_id) as tellers
    from told
    group by meeting_key, topic
),

ranked as (
    select
        told_values.*,
        topics.tellers as topic_tellers,
        max(told_values.tellers) over (partition by told_values.meeting_key, told_values.topic) as most_tellers,
        row_number() over (
            partition by told_values.meeting_key, told_values.topic
            order by told_values.tellers desc, told_values.choice asc, told_values.metric_value_key asc
        ) as preference,
        lead(told_values.tellers) over (
            partition by told_values.meeting_key, told_values.topic
            order by told_values.tellers desc, told_values.choice asc, told_values.metric_value_key asc
        ) as next_tellers
    from told_values
    inner join topics using (meeting_key, topic)
)

select
    metric_value_key,
    meeting_key,
    topic,
    article_id,
    tellers,
    preference = 1 as is_preferred,
    case
        when preference = 1 and tellers > coalesce(next_tellers, 0) then 'most_reports'
        when preference = 1 then 'chosen_report'
    end as reason
from ranked
where most_tellers < topic_tellers
