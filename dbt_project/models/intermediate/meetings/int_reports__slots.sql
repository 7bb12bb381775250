-- Grain: one row per meeting report, with what tells its meeting apart in its own words: the day, else the reviewed
-- period, else a coarser date, else the day of publication, else the text itself.
-- Reports of one `slot` may be of one session; copies of one text connect slots (int_reports__components).
{{ made_by('copies', tells=['record_id']) }}
{{ config(indexes=[{'columns': ['copies']}, {'columns': ['record_id']}, {'columns': ['slot']}]) }}

with current_reports as (
    {% if goes_on() %}  -- each by its index
        select
            *,
            record_id as copies
        from {{ ref('int_reports__current') }}
        where near_duplicate_cluster is null and {{ touched('record_id') }}
        union all
        select
            *,
            near_duplicate_cluster as copies
        from {{ ref('int_reports__current') }}
        where near_duplicate_cluster is not null and {{ touched('near_duplicate_cluster') }}
    {% else %}
        select
            *,
            coalesce(near_duplicate_cluster, record_id) as copies
        from {{ ref('int_reports__current') }}
    {% endif %}
),

releases as (
    select
        copies,
        min(article_id::text) as release_id
    from current_reports
    where near_duplicate_cluster is not null
    group by copies
),

reports as (
    select
        copies,
        record_id,
        near_duplicate_cluster,
        place_id,
        held_on,
        held_on_precision,
        reviewed_from,
        reviewed_to,
        published_on,
        held_on_precision = 'day' as has_day,
        case when unit_id <> {{ unknown() }} then 2 when place_id <> {{ unknown() }} then 1 else 0 end as place_rank,
        coalesce(releases.release_id, article_id::text) as release_id
    from current_reports
    left join releases using (copies)
),

told as (
    select
        reports.*,
        case
            when has_day then 'day'
            when reviewed_from is not null then 'reviewed_period'
            when held_on is not null then held_on_precision
            when published_on is not null then 'published_on'
            else 'text'
        end as told_apart_by,
        case
            when has_day then to_char(held_on, 'YYYY-MM-DD')
            when reviewed_from is not null
                then concat_ws('/', to_char(reviewed_from, 'YYYY-MM-DD'), to_char(reviewed_to, 'YYYY-MM-DD'))
            when held_on is not null then to_char(held_on, 'YYYY-MM-DD')
            when published_on is not null then to_char(published_on, 'YYYY-MM-DD')
            else release_id
        end as told_apart_value,
        case when has_day then 2 when reviewed_from is not null or held_on is not null then 1 else 0 end as day_rank
    from reports
)

-- By a hash: two that share one by chance are compared in vain, nothing else.
select
    copies,
    record_id,
    near_duplicate_cluster,
    has_day,
    place_rank,
    day_rank,
    release_id,
    told_apart_by,
    told_apart_value,
    case
        when place_rank = 0 then hashtextextended(record_id, 0)
        else hashtextextended(concat_ws('|', place_id, told_apart_by, told_apart_value), 1)
    end as slot
from told
