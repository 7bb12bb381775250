-- Grain: one version of one unit: those of the register, and one per organisation that reports name.
{{ made_as_a_whole('unit_key', tells=['unit_id']) }}
{{ config(indexes=[{'columns': ['unit_id']}]) }}

with organisations as (
    select distinct on (unit_id)
        unit_id,
        host_unit_name as unit_name,
        host_unit_kind as unit_kind,
        host_unit_province as province_name
    from {{ ref('int_reports__current') }}
    where unit_id like 'organisation-%'
    order by unit_id asc, host_unit_name collate "C" asc, host_unit_province collate "C" asc nulls last
),

-- A province's name is told with the organisation; its newest bearer of the register is the place.
provinces as (
    select distinct on ({{ fold('unit_name') }})
        {{ fold('unit_name') }} as folded_name,
        unit_id
    from {{ ref('stg_register__units') }}
    where unit_level = 'province'
    order by {{ fold('unit_name') }} asc, valid_to desc nulls first, valid_from desc nulls last, unit_id collate "C" asc
),

-- The smallest unit that the newest report to say so puts an organisation in.
places as (
    select distinct on (reports.unit_id)
        reports.unit_id,
        units.unit_id as place_id,
        units.province_unit_id,
        units.province_name
    from {{ ref('int_reports__current') }} as reports
    inner join {{ ref('stg_register__units') }} as units on reports.host_place_id = units.unit_id
    where reports.unit_id like 'organisation-%'
    order by
        reports.unit_id asc,
        reports.reference_on desc nulls last,
        units.unit_id collate "C" asc,
        units.valid_to desc nulls first
),

versions as (
    select
        unit_id,
        unit_code,
        unit_name,
        unit_name_ascii,
        unit_kind,
        unit_level,
        parent_unit_id,
        province_unit_id,
        province_name,
        valid_from,
        valid_to,
        validity_basis,
        latitude,
        longitude
    from {{ ref('stg_register__units') }}

    union all

    select
        organisations.unit_id,
        null as unit_code,
        organisations.unit_name,
        {{ ascii('organisations.unit_name') }} as unit_name_ascii,
        organisations.unit_kind,
        'organisation' as unit_level,
        coalesce(places.place_id, provinces.unit_id) as parent_unit_id,
        coalesce(places.province_unit_id, provinces.unit_id) as province_unit_id,
        coalesce(organisations.province_name, places.province_name) as province_name,
        null as valid_from,
        null as valid_to,
        'reported' as validity_basis,
        null as latitude,
        null as longitude
    from organisations
    left join places using (unit_id)
    left join provinces on {{ fold('organisations.province_name') }} = provinces.folded_name
)

select
    {{ key(['unit_id', 'valid_from']) }} as unit_key,
    versions.*,
    hash_record_extended(versions, 0) as fingerprint
from versions
