-- Grain: one version of one administrative unit. Nothing is dropped here.
select
    -- ids
    unit_id,
    parent_unit_id,
    province_unit_id,
    unit_code,
    -- name
    unit_name,
    unit_name_ascii,
    unit_kind,
    unit_level,
    province_name,
    -- validity
    valid_from,
    valid_to,
    validity_basis,
    -- place
    latitude,
    longitude
from {{ source('register', 'register_units') }}
