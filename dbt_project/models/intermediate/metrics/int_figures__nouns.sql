-- Grain: one counted noun, measure unit and metric code as figures tell them, with the metric that they stand for.
-- Folding and hashing are dear, nouns are few: a table of its own, so that nothing is done again for each figure.
-- A noun that no metric of the catalogue covers may be reviewed by people.
-- A noun stays when no figure tells it any longer: nothing is made of it then.
{{ made_by('noun_id') }}

with catalogue as (
    select
        metric_code,
        measure_unit,
        is_additive
    from {{ ref('metrics') }}
),

reviewed as (
    select
        {{ fold('counted') }} as counted_folded,
        measure_unit,
        metric_code
    from {{ ref('metric_aliases') }}
),

told as (
    select distinct
        counted,
        measure_unit,
        metric_code
    from {{ ref('stg_raw__figures') }}
    {% if goes_on() %}where article_id in ({{ changed_in('int_articles__active', 'article_id') }}){% endif %}
),

nouns as materialized (
    select
        told.*,
        {{ noun_id() }} as noun_id,
        {{ fold('counted') }} as counted_folded
    from told
)

select
    nouns.noun_id,
    nouns.counted,
    nouns.measure_unit,
    nouns.metric_code,
    nouns.counted_folded,
    catalogue.metric_code as mapped_code,
    catalogue.metric_code is not null as is_mapped,
    coalesce(catalogue.is_additive and catalogue.measure_unit = nouns.measure_unit, false) as is_additive,
    case
        when catalogue.metric_code is not null then {{ key(["'catalogue'", 'catalogue.metric_code']) }}
        else {{ key(["'counted'", 'nouns.counted_folded', 'nouns.measure_unit']) }}
    end as metric_key
from nouns
left join reviewed
    on
        nouns.metric_code is null
        and nouns.counted_folded = reviewed.counted_folded
        and nouns.measure_unit = reviewed.measure_unit
left join catalogue on coalesce(nouns.metric_code, reviewed.metric_code) = catalogue.metric_code
