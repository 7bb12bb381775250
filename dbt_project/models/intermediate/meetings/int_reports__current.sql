-- Grain: one row per meeting report: a meeting record of the current extraction of an active article.
-- A superseded text no longer reports; `reference_on` is the day whose map of units the report speaks of.
{{ made_by('article_id', joins_by_equality=true, tells=['record_id', 'near_duplicate_cluster']) }}
{{ config(indexes=[{'columns': ['article_id']}, {'columns': ['record_id']}]) }}
{{ config(meta={'partial_indexes': [
    {'columns': ['near_duplicate_cluster'], 'where': 'near_duplicate_cluster is not null'},
]}) }}

with reports as (
    select
        meetings.*,
        articles.published_on,
        articles.near_duplicate_cluster,
        articles.fingerprint as article_fingerprint,
        coalesce(articles.title, meetings.headline) as title,
        coalesce(meetings.held_on, meetings.reviewed_to, articles.published_on) as reference_on
    from {{ ref('stg_raw__meetings') }} as meetings
    inner join {{ ref('stg_raw__extractions') }} as extractions using (article_id, extractor_version)
    inner join {{ ref('int_articles__active') }} as articles using (article_id)
    where
        extractions.is_current
        and extractions.status = 'extracted'
        and articles.is_latest
        and {{ touched('meetings.article_id') }}
),

nation as (
    select min(unit_id) as unit_id
    from {{ ref('stg_register__units') }}
    where unit_level = 'central'
    having count(distinct unit_id) = 1
),

known as (select distinct unit_id from {{ ref('stg_register__units') }}),

-- Reviewed by people: a name that the register does not decide.
reviewed as (
    select
        unit_level,
        {{ fold('alias') }} as unit_words,
        {{ fold('province_name') }} as province_words,
        unit_id
    from {{ ref('unit_aliases') }}
),

-- Two kinds of one family may be told of one meeting: a review that also launches the next half-year's work.
families as materialized (
    select
        reports.kinds_told,
        array_agg(distinct coalesce(kinds.family, 'other') order by coalesce(kinds.family, 'other')) as families
    from (
        select distinct array_append(session_types, primary_session_type) as kinds_told
        from {{ ref('stg_raw__meetings') }}
        where {{ touched('article_id') }}
    ) as reports
    cross join lateral unnest(reports.kinds_told) as told (session_type)
    left join {{ ref('session_families') }} as kinds using (session_type)
    group by reports.kinds_told
),

-- Folded and looked up once a host's unit, not once a report.
told_units as materialized (
    select
        *,
        {{ fold("concat_ws(' ', host_unit_kind, host_unit_name)") }} as unit_words,
        {{ fold('host_unit_province') }} as province_words,
        {{ told_unit('units') }} as told_unit
    from (
        select distinct
            host_unit_level,
            host_unit_kind,
            host_unit_name,
            host_unit_province,
            host_unit_id
        from {{ ref('stg_raw__meetings') }}
        where {{ touched('article_id') }}
    ) as units
),

resolved as (
    select
        told_units.*,
        nullif(concat_ws(' ', told_units.host_unit_kind, told_units.host_unit_name), '') as unit_as_reported,
        coalesce(
            known.unit_id,
            reviewed.unit_id,
            case when told_units.host_unit_level = 'central' then nation.unit_id end
        ) as register_unit_id
    from told_units
    left join known on told_units.host_unit_id = known.unit_id
    left join nation on true
    left join reviewed
        on
            known.unit_id is null
            and told_units.host_unit_level = reviewed.unit_level
            and told_units.unit_words = reviewed.unit_words
            and told_units.province_words is not distinct from reviewed.province_words
),

units as materialized (
    select
        *,
        case
            when register_unit_id is not null then register_unit_id
            when host_unit_level = 'organisation' and host_unit_name is not null
                then
                    'organisation-'
                    || {{ key([fold('host_unit_kind'), fold('host_unit_name'), 'province_words']) }}
            else {{ unknown() }}
        end as unit_id,
        -- What tells two bodies of one name apart: the unit, or while it is unresolved its words.
        case
            when register_unit_id is not null then register_unit_id
            when host_unit_name is not null
                then
                    {{ key([
                        'host_unit_level', fold('host_unit_kind'), fold('host_unit_name'), 'province_words',
                    ]) }}
            else {{ unknown() }}
        end as place_id
    from resolved
)

select
    reports.*,
    families.families,
    units.unit_words,
    units.register_unit_id,
    units.unit_as_reported,
    units.unit_id,
    units.place_id
from reports
inner join families on array_append(reports.session_types, reports.primary_session_type) = families.kinds_told
inner join units on {{ told_unit('reports') }} = units.told_unit
