-- Grain: one row per two reports of one place and day (or period) that are of one meeting.
-- One body, kinds of one family and no contradiction are enough; with another name of the body or another kind
-- the same figures must be told. Reports that name different parts of the day are of twin meetings.
{{ made_by('component_id', joins_by_equality=true) }}
{{ config(indexes=[{'columns': ['one']}]) }}

-- Most reports are alone in their component, and none of two components are compared.
with reports as (
    select
        record_id,
        article_id,
        component_id,
        near_duplicate_cluster,
        place_id,
        body_key,
        body_words,
        body_type,
        families,
        told_apart_by,
        told_apart_value,
        has_day,
        held_on,
        part
    from {{ ref('int_reports__described') }}
    where
        component_id in (
            select described.component_id from {{ ref('int_reports__described') }} as described
            where {{ touched('described.component_id') }}
            group by described.component_id
            having count(*) > 1
        )
),

-- Bodies of one kind at one place and time are compared anyway.
several_kinds as (
    select
        place_id,
        told_apart_by,
        told_apart_value
    from reports
    where place_id <> {{ unknown() }}
    group by place_id, told_apart_by, told_apart_value
    having min(body_type) < max(body_type)
),

-- Reports of one place and day that tell one number. Never a join on the number alone: "12" stands in half of all
-- reports.
tellers as (
    select array_agg(reports.record_id) as records
    from several_kinds
    inner join reports using (place_id, told_apart_by, told_apart_value)
    inner join {{ ref('int_reports__evidence') }} as evidence using (article_id)
    cross join lateral unnest(evidence.figures) as told (token)
    group by reports.place_id, reports.told_apart_by, reports.told_apart_value, told.token
    having count(*) > 1
),

-- Each way in which two reports may meet is a join by equality.
candidates as (
    select
        one.record_id as one,
        other.record_id as other
    from reports as one
    inner join reports as other using (place_id, told_apart_by, told_apart_value, body_type)
    where one.record_id < other.record_id and place_id <> {{ unknown() }}

    union

    select
        one.record_id as one,
        other.record_id as other
    from tellers
    cross join lateral unnest(tellers.records) as one (record_id)
    cross join lateral unnest(tellers.records) as other (record_id)
    where one.record_id < other.record_id

    union

    select
        one.record_id as one,
        other.record_id as other
    from reports as one
    inner join reports as other using (near_duplicate_cluster)
    where
        one.record_id < other.record_id
        and (
            not one.has_day or not other.has_day
            or abs(one.held_on - other.held_on) <= {{ var('release_days') }}
        )
),

weighed as (
    select
        candidates.*,
        {{ weight_of('one_told.figures') }} as one_weight,
        {{ weight_of('other_told.figures') }} as other_weight,
        shared.things,
        shared.weight
    from candidates
    inner join reports as one on candidates.one = one.record_id
    inner join reports as other on candidates.other = other.record_id
    left join {{ ref('int_reports__evidence') }} as one_told on one.article_id = one_told.article_id
    left join {{ ref('int_reports__evidence') }} as other_told on other.article_id = other_told.article_id
    cross join
        lateral (  -- noqa: ST05
            -- By hash: two hostile articles may tell ten thousands of numbers each.
            with told as (
                select unnest(one_told.figures) as figure
                intersect
                select unnest(other_told.figures) as figure
            )

            select
                count(*) as things,
                coalesce(sum({{ weight('figure') }}), 0) as weight
            from told
        ) as shared
),

compared as (
    select
        weighed.one,
        weighed.other,
        one.component_id,
        one.part as one_part,
        other.part as other_part,
        one.body_key as one_body,
        other.body_key as other_body,
        weighed.weight as shared_weight,
        coalesce(one.near_duplicate_cluster = other.near_duplicate_cluster, false) as is_release,
        one.body_key = other.body_key as is_one_body,
        {{ continues('one.body_words', 'other.body_words') }} as is_one_name,
        one.families && other.families or 'other' = any(one.families || other.families) as is_one_kind,
        one.told_apart_by in ('day', 'published_on', 'text')
        or {{ once_a_period('one', 'other') }} as is_one_time,
        {{ agree('weighed.things', 'weighed.weight', 'weighed.one_weight', 'weighed.other_weight') }} as agrees,
        {{ disagree('weighed.weight', 'weighed.one_weight', 'weighed.other_weight') }}
        and not one.families && array['council', 'congress'] as disagrees,
        least(coalesce(weighed.one_weight, 0), coalesce(weighed.other_weight, 0)) as least_told
    from weighed
    inner join reports as one on weighed.one = one.record_id
    inner join reports as other on weighed.other = other.record_id
),

alike as (
    select *
    from compared
    where
        is_release
        or (is_one_body and is_one_kind and not disagrees and (is_one_time or shared_weight > 0))
        or (is_one_body and agrees)
        or (is_one_name and is_one_kind and (shared_weight > 0 or least_told = 0 and is_one_time))
        or (agrees and shared_weight >= 4)
),

both_ways as (
    select
        one,
        other,
        component_id,
        one_part,
        other_part,
        one_body,
        other_body,
        shared_weight,
        is_release,
        is_one_kind,
        agrees
    from alike

    union all

    select
        other,
        one,
        component_id,
        other_part,
        one_part,
        other_body,
        one_body,
        shared_weight,
        is_release,
        is_one_kind,
        agrees
    from alike
),

-- A report that names no part of the day, or the body shorter, may be near reports of two meetings: it belongs to
-- those that it has most in common with, and does not make one of both.
parts as (
    select distinct on (one)
        one as record_id,
        other_part as part
    from both_ways
    where one_part is null and other_part is not null
    order by one asc, is_release desc, shared_weight desc, is_one_kind desc, other_part asc
),

names as (
    select distinct on (one)
        one as record_id,
        other_body as body_key
    from both_ways
    inner join reports as shorter on both_ways.one = shorter.record_id
    inner join reports as fuller on both_ways.other = fuller.record_id
    where starts_with(fuller.body_words, shorter.body_words || ' ')
    order by one asc, is_release desc, shared_weight desc, is_one_kind desc, other_body asc
),

placed as (
    select
        both_ways.*,
        coalesce(both_ways.one_part, one_part.part) as one_part_placed,
        coalesce(both_ways.other_part, other_part.part) as other_part_placed,
        coalesce(one_name.body_key, both_ways.one_body) as one_body_placed,
        coalesce(other_name.body_key, both_ways.other_body) as other_body_placed
    from both_ways
    left join parts as one_part on both_ways.one = one_part.record_id
    left join parts as other_part on both_ways.other = other_part.record_id
    left join names as one_name on both_ways.one = one_name.record_id
    left join names as other_name on both_ways.other = other_name.record_id
)

select
    one,
    other,
    component_id,
    shared_weight
from placed
where
    is_release
    or (
        coalesce(one_part_placed = other_part_placed, true)
        and (agrees or one_body_placed = other_body_placed)
    )
