-- Grain: one row per meeting report, with what tells its meeting apart in its own words: the day, else the reviewed
-- period, else a coarser date, else the day of publication, else the text itself.
{{ config(indexes=[{'columns': ['record_id']}, {'columns': ['place_id', 'told_apart_value']}]) }}

with reports as (
    select
        reports.*,
        spellings.body_key,
        spellings.body_words,
        spellings.body_type,
        reports.held_on_precision = 'day' as has_day,
        case when reports.unit_id <> {{ unknown() }} then 2 when reports.place_id <> {{ unknown() }} then 1 else 0 end
            as place_rank,
        {{ fold("concat_ws(' ', reports.host_unit_kind, reports.host_unit_name)") }} as unit_words,
        min(reports.article_id::text) over (
            partition by coalesce(reports.near_duplicate_cluster, reports.article_id::text)
        ) as release_id,
        array_position(array['morning', 'afternoon', 'evening'], reports.part_of_day) as part
    from {{ ref('int_reports__current') }} as reports
    inner join {{ ref('int_bodies__spellings') }} as spellings using (place_id, host_body)
),

-- Two kinds of one family may be told of one meeting: a review that also launches the next half-year's work.
families as (
    select
        reports.record_id,
        array_agg(distinct coalesce(kinds.family, 'other') order by coalesce(kinds.family, 'other')) as families
    from reports
    cross join
        lateral unnest(array_append(reports.session_types, reports.primary_session_type)) as told (session_type)
    left join {{ ref('session_families') }} as kinds using (session_type)
    group by reports.record_id
)

select
    reports.*,
    families.families,
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
inner join families using (record_id)
