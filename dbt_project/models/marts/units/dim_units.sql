-- Grain: one version of one administrative unit or organisation.
-- A version points to the versions of its parent and province at the end of its own validity.
{{ made_by('unit_id', tells=['unit_key']) }}

with versions as (
    select * from {{ ref('int_units__versions') }}
    where {{ touched('unit_id') }}
)

select
    versions.unit_key,
    versions.unit_id,
    versions.unit_code,
    versions.unit_name,
    versions.unit_name_ascii,
    versions.unit_kind,
    versions.unit_level,
    parents.unit_key as parent_unit_key,
    case when versions.unit_level = 'province' then versions.unit_key else provinces.unit_key end as province_unit_key,
    versions.province_name,
    versions.valid_from,
    versions.valid_to,
    versions.validity_basis,
    versions.valid_to is null as is_current,
    versions.latitude,
    versions.longitude
from versions
left join {{ unit_version('versions.parent_unit_id', 'versions.valid_to') }} as parents on true
left join {{ unit_version('versions.province_unit_id', 'versions.valid_to') }} as provinces on true

union all

select
    {{ unknown() }} as unit_key,
    {{ unknown() }} as unit_id,
    null as unit_code,
    'không rõ' as unit_name,
    'khong ro' as unit_name_ascii,
    null as unit_kind,
    null as unit_level,
    null as parent_unit_key,
    null as province_unit_key,
    null as province_name,
    null as valid_from,
    null as valid_to,
    'unknown' as validity_basis,
    true as is_current,
    null as latitude,
    null as longitude
where not {{ goes_on() }}
