-- Grain: one reported fact of one meeting; told in the lead, the body or a second article it counts once.
{{ made_by('meeting_key', joins_by_equality=true, tells=['metric_value_key']) }}
{{ config(indexes=[{'columns': ['meeting_key']}]) }}

with facts as (
    select * from {{ ref('int_facts__corrected') }}
    where {{ touched('meeting_key') }}
)

select
    -- keys
    facts.metric_value_key,
    meetings.meeting_key,
    facts.metric_key,
    meetings.unit_key,
    meetings.body_key,
    -- measures
    facts.period_from,
    facts.period_to,
    facts.value_low,
    facts.value_high,
    facts.qualifier,
    facts.of_total,
    facts.measure_unit,
    facts.per,
    facts.status,
    facts.is_cumulative,
    facts.is_corrected,
    coalesce(disputed.is_preferred, true) as is_preferred,
    facts.is_part_of_total,
    facts.counted,
    -- provenance
    facts.article_id,
    facts.span_start,
    facts.span_end,
    facts.quote,
    facts.extractor_version,
    facts.confidence
from facts
inner join {{ ref('int_meetings__merged') }} as meetings using (meeting_key)
left join {{ ref('int_facts__disputed') }} as disputed using (metric_value_key)
