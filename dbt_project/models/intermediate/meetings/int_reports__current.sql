-- Grain: one row per meeting report: a meeting record of the current extraction of an active article.
-- A superseded text no longer reports; `reference_on` is the day whose map of units the report speaks of.
{{ made_by('article_id', tells=['record_id', 'near_duplicate_cluster']) }}
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
    from (select distinct array_append(session_types, primary_session_type) as kinds_told from reports) as reports
    cross join lateral unnest(reports.kinds_told) as told (session_type)
    left join {{ ref('session_families') }} as kinds using (session_type)
    group by reports.kinds_told
),

-- Folding is dear, names of units are few.
unit_names as materialized (
    select
        name,
        {{ fold('name') }} as unit_words
    from (select distinct concat_ws(' ', host_unit_kind, host_unit_name) as name from reports) as names
),

hosts as (
    select
        reports.*,
        families.families,
        unit_names.unit_words,
        coalesce(
            known.unit_id,
            reviewed.unit_id,
            case when reports.host_unit_level = 'central' then nation.unit_id end
        ) as register_unit_id,
        nullif(concat_ws(' ', reports.host_unit_kind, reports.host_unit_name), '') as unit_as_reported
    from reports
    inner join families on array_append(reports.session_types, reports.primary_session_type) = families.kinds_told
    inner join unit_names on concat_ws(' ', reports.host_unit_kind, reports.host_unit_name) = unit_names.name
    left join known on reports.host_unit_id = known.unit_id
    left join nation on true
    left join reviewed
        on
            known.unit_id is null
            and reports.host_unit_level = reviewed.unit_level
            and unit_names.unit_words = reviewed.unit_words
            and {{ fold('reports.host_unit_province') }} is not distinct from reviewed.province_words
)

select
    hosts.*,
    case
        when register_unit_id is not null then register_unit_id
        when host_unit_level = 'organisation' and host_unit_name is not null
            then
                'organisation-'
                || {{ key([fold('host_unit_kind'), fold('host_unit_name'), fold('host_unit_province')]) }}
        else {{ unknown() }}
    end as unit_id,
    -- What tells two bodies of one name apart: the unit, or while it is unresolved its words.
    case
        when register_unit_id is not null then register_unit_id
        when host_unit_name is not null
            then
                {{ key([
                    'host_unit_level', fold('host_unit_kind'), fold('host_unit_name'), fold('host_unit_province'),
                ]) }}
        else {{ unknown() }}
    end as place_id
from hosts
