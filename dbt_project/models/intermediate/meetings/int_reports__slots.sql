-- Grain: one row per meeting report, with what tells its meeting apart in its own words: the day, else the reviewed
-- period, else a coarser date, else the day of publication, else the text itself.
-- Reports of one `component_id` may be of one session, those of two never are: place and day part them, and only copies
-- of one text go across. Narrow, because it is made as a whole.
{{ made_as_a_whole('record_id') }}
{{ config(indexes=[{'columns': ['record_id']}]) }}

with recursive copies as (
    select
        near_duplicate_cluster,
        min(article_id::text) as release_id
    from {{ ref('int_reports__current') }}
    where near_duplicate_cluster is not null
    group by near_duplicate_cluster
),

reports as (
    select
        reports.record_id,
        reports.article_id,
        reports.near_duplicate_cluster,
        reports.place_id,
        reports.held_on,
        reports.held_on_precision,
        reports.reviewed_from,
        reports.reviewed_to,
        reports.published_on,
        reports.held_on_precision = 'day' as has_day,
        case when reports.unit_id <> {{ unknown() }} then 2 when reports.place_id <> {{ unknown() }} then 1 else 0 end
            as place_rank,
        coalesce(copies.release_id, reports.article_id::text) as release_id,
        hash_record_extended(
            row(
                reports.article_fingerprint, spellings.body_key, spellings.body_words, spellings.body_type,
                copies.release_id
            ),
            0
        ) as fingerprint
    from {{ ref('int_reports__current') }} as reports
    inner join {{ ref('int_bodies__spellings') }} as spellings using (place_id, host_body)
    left join copies using (near_duplicate_cluster)
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
),

-- By a hash: two that share one by chance are compared in vain, nothing else.
slotted as (
    select
        record_id,
        near_duplicate_cluster,
        has_day,
        place_rank,
        day_rank,
        release_id,
        told_apart_by,
        told_apart_value,
        fingerprint,
        case
            when place_rank = 0 then hashtextextended(record_id, 0)
            else hashtextextended(concat_ws('|', place_id, told_apart_by, told_apart_value), 1)
        end as slot
    from told
),

-- Each slot of a cluster hangs on the cluster's lowest.
hanging as (
    select distinct
        slot,
        min(slot) over (partition by near_duplicate_cluster) as lowest
    from slotted
    where near_duplicate_cluster is not null
),

links as (
    select
        slot as one,
        lowest as other
    from hanging
    where slot <> lowest

    union

    select
        lowest as one,
        slot as other
    from hanging
    where slot <> lowest
),

{{ connected('components', 'links', 'slot', 'component_id') }}

select
    slotted.record_id,
    slotted.has_day,
    slotted.place_rank,
    slotted.day_rank,
    slotted.release_id,
    slotted.told_apart_by,
    slotted.told_apart_value,
    slotted.slot,
    coalesce(components.component_id, slotted.slot) as component_id,
    slotted.fingerprint
from slotted
left join components using (slot)
