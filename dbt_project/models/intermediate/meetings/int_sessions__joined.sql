-- Grain: one row per session that is of the meeting of another, with that and why. A session that is not here stands
-- for its own meeting.
-- A session whose reports lack the day or the place joins one that knows more, when the figures agree, or when body,
-- kind and period (or the days around publication) leave one day only. With several to choose from it stays alone:
-- a wrong merge hides a meeting, a missed one shows in report_count.
-- Made as a whole: which session joins which may hang on any other, but few lack anything.
{{ made_as_a_whole('session_id', joins_by_equality=true, tells=['meeting_session_id']) }}
{{ config(indexes=[{'columns': ['session_id']}]) }}

with recursive sessions as (
    select
        sessions.*,
        coalesce(held_on_day, published_on) as told_on
    from {{ ref('int_sessions__described') }} as sessions
),

members as (select * from {{ ref('int_reports__sessions') }}),

lacking as (
    select * from sessions
    where place_rank < 2 or day_rank < 2
),

-- Within a place a session is looked for in its own stretch of days and those beside it: no further apart are news.
known_then as (
    select
        session_id,
        place_id,
        coalesce((told_on - date '2000-01-01') / ({{ var('late_report_days') }} + 1), 1000000) as stretch
    from sessions
),

looked_for_then as (
    select
        lacking.session_id,
        lacking.place_id,
        stretches.stretch
    from lacking
    cross join
        lateral unnest(array[
            (published_on - date '2000-01-01') / ({{ var('late_report_days') }} + 1) - 1,
            (published_on - date '2000-01-01') / ({{ var('late_report_days') }} + 1),
            (published_on - date '2000-01-01') / ({{ var('late_report_days') }} + 1) + 1,
            1000000
        ]) as stretches (stretch)
    where lacking.day_rank < 2 and lacking.place_rank > 0 and lacking.published_on is not null
),

-- A session without a place is looked for by what few others tell.
searched as (
    select distinct told.token
    from lacking
    inner join members using (session_id)
    inner join {{ ref('int_reports__evidence') }} as evidence using (article_id)
    cross join {{ told_in('evidence') }} as told
    where lacking.place_rank < 2
),

tellers as (
    select distinct
        members.session_id,
        told.token,
        told.weight,
        told.is_figure
    from {{ ref('int_reports__evidence') }} as evidence
    cross join {{ told_in('evidence') }} as told
    inner join members using (article_id)
    where
        told.token in (select searched.token from searched)
        and exists (select 1 from searched)  -- else nothing is taken apart
),

rare as (
    select token
    from tellers
    group by token
    having count(*) <= {{ var('rare_tellers') }}
),

candidates as (
    select
        looked_for_then.session_id,
        known_then.session_id as joins
    from looked_for_then
    inner join known_then using (place_id, stretch)

    union

    select
        lacking.session_id,
        known.session_id as joins
    from lacking
    inner join sessions as known using (place_id)
    where lacking.day_rank < 2 and lacking.place_rank > 0 and lacking.published_on is null

    union

    select
        lacking.session_id,
        known.session_id as joins
    from lacking
    inner join sessions as known
        on
            lacking.unit_words = known.unit_words
            and lacking.host_unit_level = known.host_unit_level
            and lacking.body_type = known.body_type
    where lacking.place_rank = 1 and known.place_rank = 2 and lacking.held_on_day = known.held_on_day

    union

    select
        lacking.session_id,
        known.session_id as joins
    from lacking
    inner join tellers as said on lacking.session_id = said.session_id
    inner join rare on said.token = rare.token
    inner join tellers as repeated on said.token = repeated.token
    inner join sessions as known on repeated.session_id = known.session_id
    where
        lacking.host_unit_level = known.host_unit_level
        and lacking.place_id <> known.place_id
        and lacking.place_rank < 2
        and (lacking.place_rank = 0 or lacking.unit_words = known.unit_words)
),

-- Only what can be of one meeting is compared.
compatible as (
    select
        candidates.session_id,
        candidates.joins
    from candidates
    inner join lacking using (session_id)
    inner join sessions as known on candidates.joins = known.session_id
    where
        -- Only to one that knows more, of equals to the first: no two join each other.
        (known.known, lacking.session_id) > (lacking.known, known.session_id)
        and known.place_rank >= lacking.place_rank
        and known.day_rank >= lacking.day_rank
        and coalesce(lacking.part = known.part, true)
        and (lacking.day_rank < 2 or lacking.held_on_day = known.held_on_day)
        and case
            when lacking.day_rank = 2 or lacking.held_on is null or known.held_on_day is null then true
            else
                {{ same_span('lacking.held_on_precision', 'lacking.held_on', 'known.held_on_day') }}
                -- "Giao ban tháng 2" may be held in March: for figures to decide.
                or (known.held_on_day - lacking.held_on between 0 and 2 * {{ var('late_report_days') }})
        end
        -- News are of the last weeks, and a review comes after what it reviews has begun.
        and coalesce(
            lacking.published_on - known.held_on_day between -1 and {{ var('late_report_days') }}, true
        )
        and coalesce(known.held_on_day >= lacking.reviewed_from, true)
        and coalesce(abs(known.published_on - lacking.published_on) <= {{ var('late_report_days') }}, true)
),

evidence as (
    select distinct
        members.session_id,
        told.token,
        told.weight,
        told.is_figure
    from (
        select session_id from compatible
        union
        select joins from compatible
    ) as compared_sessions
    inner join members using (session_id)
    inner join {{ ref('int_reports__evidence') }} as evidence using (article_id)
    cross join {{ told_in('evidence') }} as told
),

told as (
    select
        session_id,
        sum(weight) as weight
    from evidence
    where is_figure
    group by session_id
),

shared as (
    select
        compatible.session_id,
        compatible.joins,
        count(*) filter (where said.is_figure) as figures,
        count(*) filter (where not said.is_figure) as people,
        coalesce(sum(said.weight) filter (where said.is_figure), 0) as weight
    from compatible
    inner join evidence as said on compatible.session_id = said.session_id
    inner join evidence as repeated
        on
            compatible.joins = repeated.session_id
            and said.token = repeated.token
            and said.is_figure = repeated.is_figure
    group by compatible.session_id, compatible.joins
),

compared as (
    select
        lacking.session_id,
        known.session_id as joins,
        known.held_on_day,
        known.part,
        coalesce(shared.weight, 0) as weight,
        coalesce(shared.people, 0) as people,
        lacking.place_id = known.place_id as is_one_place,
        {{ continues('lacking.body_words', 'known.body_words') }} as is_one_name,
        lacking.families && known.families or 'other' = any(lacking.families || known.families) as is_one_kind,
        lacking.reviewed_from = known.reviewed_from
        and lacking.reviewed_to = known.reviewed_to
        and ({{ once_a_period('lacking', 'known') }}) as is_one_period,
        lacking.day_rank = 2 and lacking.held_on_day = known.held_on_day as is_one_day,
        lacking.published_on - known.held_on_day between 0 and {{ var('report_days') }} as is_news,
        coalesce(
            lacking.day_rank = 2
            or {{ same_span('lacking.held_on_precision', 'lacking.held_on', 'known.held_on_day') }},
            true
        ) as is_one_span,
        {{ agree('shared.figures', 'shared.weight', 'told.weight', 'known_told.weight') }} as agrees,
        {{ disagree('shared.weight', 'told.weight', 'known_told.weight') }} as disagrees
    from compatible
    inner join lacking using (session_id)
    inner join sessions as known on compatible.joins = known.session_id
    left join shared on compatible.session_id = shared.session_id and compatible.joins = shared.joins
    left join told on compatible.session_id = told.session_id
    left join told as known_told on compatible.joins = known_told.session_id
    -- Within a place another body must tell the same figures.
    where lacking.place_id <> known.place_id or lacking.body_type = known.body_type or shared.figures > 0
),

possible as (
    select
        compared.*,
        case
            when agrees and (is_one_name or weight >= 4) then 'figures'
            when is_one_day and is_one_name and is_one_kind and (weight > 0 or people > 0) then 'day'
            when
                is_one_place and is_one_name and is_one_kind and is_one_span and not disagrees
                and held_on_day is not null
                then case when is_one_period then 'period' when is_news then 'publication' end
        end as joined_by
    from compared
),

days as (
    select
        session_id,
        count(distinct held_on_day) as days
    from possible
    where joined_by in ('period', 'publication')
    group by session_id
),

chosen as (
    select distinct on (possible.session_id)
        possible.session_id,
        possible.joins,
        possible.joined_by
    from possible
    left join days using (session_id)
    where possible.joined_by in ('figures', 'day') or possible.joined_by is not null and days.days = 1
    order by
        possible.session_id asc,
        array_position(array['figures', 'day', 'period', 'publication'], possible.joined_by) asc,
        possible.weight desc,
        possible.people desc,
        possible.is_one_period desc nulls last,
        possible.part asc nulls last,
        possible.joins asc
),

-- What joins one that joins another is of the same meeting.
walk as (
    select
        session_id,
        joins as meeting_session_id,
        joined_by
    from chosen
    where joins not in (select others.session_id from chosen as others)

    union all

    select
        chosen.session_id,
        walk.meeting_session_id,
        chosen.joined_by
    from walk
    inner join chosen on walk.session_id = chosen.joins
)

select
    session_id,
    meeting_session_id,
    joined_by
from walk
