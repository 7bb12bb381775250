-- Grain: one row per meeting report, with the meeting it reports. `choice` 1 speaks for the meeting.
-- Sessions of one body and kind on one day are twins when the reports name different parts of the day; a report
-- that names none goes to the first.
{{ config(indexes=[{'columns': ['article_id']}]) }}

with parts as (
    select
        reports.*,
        array_position(array['morning', 'afternoon', 'evening'], part_of_day) as part,
        -- A body without a place is many bodies: only copies of one release are one meeting there.
        case when place_id = {{ unknown() }} then release_id end as release_apart
    from {{ ref('int_reports__dated') }} as reports
),

twins as (
    select
        parts.*,
        case
            when told_apart_by = 'day' and part is not null
                then
                    dense_rank() over (
                        partition by body_key, release_apart, told_apart_by, told_apart_value, primary_session_type
                        order by part asc nulls last
                    )
            else 1
        end as ordinal
    from parts
),

meetings as (
    select
        twins.*,
        {{ key([
            'body_key', 'release_apart', 'told_apart_by', 'told_apart_value', 'primary_session_type', 'ordinal',
        ]) }} as meeting_key
    from twins
)

select
    *,
    -- The fullest report speaks, of equals the surest, then the earliest published.
    row_number() over (
        partition by meeting_key
        order by
            has_day desc,
            num_nonnulls(reviewed_from, planned_from, part_of_day) desc,
            confidence desc,
            published_on asc nulls last,
            article_id asc,
            span_start asc,
            record_id asc
    ) as choice
from meetings
