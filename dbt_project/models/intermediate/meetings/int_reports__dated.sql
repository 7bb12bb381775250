-- Grain: one row per meeting report, with what its meeting is told apart by: the day, else the reviewed period,
-- else a coarser date, else the day of publication, else the text itself.
-- A report without a day takes it from the same release elsewhere, or from the one meeting of the same body,
-- kind and reviewed period that has a day. With several days to choose from it keeps its own words.
with reports as (
    select
        reports.*,
        spellings.body_key,
        reports.held_on_precision = 'day' as has_day,
        min(reports.article_id::text) over (
            partition by coalesce(reports.near_duplicate_cluster, reports.article_id::text)
        ) as release_id
    from {{ ref('int_reports__current') }} as reports
    inner join {{ ref('int_bodies__spellings') }} as spellings using (place_id, host_body)
),

-- What a report without a day shares with one that has it.
shared as (
    select
        record_id,
        has_day,
        held_on,
        body_key,
        primary_session_type,
        release_id as shared_with
    from reports

    union all

    select
        record_id,
        has_day,
        held_on,
        body_key,
        primary_session_type,
        to_char(reviewed_from, 'YYYY-MM-DD/') || to_char(reviewed_to, 'YYYY-MM-DD') as shared_with
    from reports
    where reviewed_from is not null and reviewed_to is not null and place_id <> {{ unknown() }}
),

days as (
    select distinct
        body_key,
        primary_session_type,
        shared_with,
        held_on
    from shared
    where has_day
),

adopted as (
    select
        undated.record_id,
        min(days.held_on) as held_on
    from shared as undated
    inner join days using (body_key, primary_session_type, shared_with)
    where
        not undated.has_day
        and (undated.held_on is null or date_part('year', undated.held_on) = date_part('year', days.held_on))
    group by undated.record_id
    having count(distinct days.held_on) = 1
),

dated as (
    select
        reports.*,
        case when reports.has_day then reports.held_on else adopted.held_on end as held_on_day
    from reports
    left join adopted using (record_id)
)

select
    dated.*,
    case
        when held_on_day is not null then 'day'
        when reviewed_from is not null then 'reviewed_period'
        when held_on is not null then held_on_precision
        when published_on is not null then 'published_on'
        else 'text'
    end as told_apart_by,
    case
        when held_on_day is not null then to_char(held_on_day, 'YYYY-MM-DD')
        when reviewed_from is not null
            then concat_ws('/', to_char(reviewed_from, 'YYYY-MM-DD'), to_char(reviewed_to, 'YYYY-MM-DD'))
        when held_on is not null then to_char(held_on, 'YYYY-MM-DD')
        when published_on is not null then to_char(published_on, 'YYYY-MM-DD')
        else release_id
    end as told_apart_value
from dated
