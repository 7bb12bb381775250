"""Units: as many as Vietnam has, on the map of Vietnam, each in its place and time."""

import great_expectations.expectations as gxe

from expectations.rules import (
    closed_lists,
    each_row,
    never_null,
    readable,
    references,
    rows_must_not_exist,
    runs_forward,
    unique_together,
)

_KEY = "unit_key"
_KINDS = (
    "quốc gia", "tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu", "công ty",
    "trường", "lực lượng vũ trang", "tổ chức",
)  # fmt: skip

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=13_500,
        max_value=100_000,
        severity="critical",
        notes="10,040 communes before July 2025, 3,321 after and their parents: fewer rows are a half-loaded register.",
    ),
    never_null("unit_key", "unit_id", "unit_name", "unit_name_ascii", "validity_basis", "is_current", key=_KEY),
    each_row(
        "administrative units have kind, level and code",
        "num_nulls(unit_kind, unit_level, unit_code) = 0 or unit_level in ('central', 'organisation')"
        " or unit_key = 'unknown'",
        key=_KEY,
        columns=("unit_kind", "unit_level", "unit_code"),
        notes="The official lists give all three; organisations and the nation have no code.",
    ),
    each_row(
        "a code is digits, as many as its level has",
        "unit_code ~ case unit_level when 'province' then '^[0-9]{{2}}$' when 'district' then '^[0-9]{{3}}$'"
        " when 'commune' then '^[0-9]{{5}}$' else '' end",
        key=_KEY,
        columns=("unit_code", "unit_level"),
        notes="Decision 124/2004/QD-TTg: two digits for provinces, three for districts, five for communes.",
    ),
    closed_lists(
        {
            "unit_kind": _KINDS,
            "unit_level": ("central", "province", "district", "commune", "organisation"),
        },
        key=_KEY,
    ),
    each_row(
        "the basis of a validity is a code",
        "validity_basis ~ '^[a-z_]{{3,40}}$'",
        key=_KEY,
        columns=("validity_basis",),
        notes="act, official_list, reported: where the days come from.",
    ),
    references({"parent_unit_key": "dim_units.unit_key", "province_unit_key": "dim_units.unit_key"}, key=_KEY),
    rows_must_not_exist(
        "a parent is of a higher level",
        """select batch.unit_key, batch.unit_level, parents.unit_level as parent_level from batch
        join marts_candidate.dim_units as parents on parents.unit_key = batch.parent_unit_key
        where array_position(array['central', 'province', 'district', 'commune'], parents.unit_level)
            >= array_position(array['central', 'province', 'district', 'commune'], batch.unit_level)""",
        notes="Communes belong to districts (until June 2025) or provinces, districts to provinces.",
        columns=("parent_unit_key", "unit_level"),
    ),
    rows_must_not_exist(
        "administrative units have a parent and a province",
        """select unit_key, unit_level from batch
        where unit_level in ('province', 'district', 'commune')
            and (parent_unit_key is null or province_unit_key is null)""",
        notes="Roll-ups go up these links.",
        columns=("parent_unit_key", "province_unit_key"),
    ),
    rows_must_not_exist(
        "province_name is the name of the province",
        """select batch.unit_key, batch.province_unit_key from batch
        join marts_candidate.dim_units as provinces on provinces.unit_key = batch.province_unit_key
        where provinces.unit_level <> 'province'
            or batch.unit_level <> 'organisation' and batch.province_name is distinct from provinces.unit_name""",
        notes="Charts label by it.",
        columns=("province_name", "province_unit_key"),
    ),
    each_row(
        "the name without diacritics has none, and as many words",
        """unit_name_ascii ~ '^[ -~]+$' and length(unit_name_ascii) <= 200 and
            cardinality(string_to_array(unit_name_ascii, ' ')) = cardinality(string_to_array(unit_name, ' '))""",
        key=_KEY,
        columns=("unit_name_ascii", "unit_name"),
        notes="Search without diacritics goes over it.",
    ),
    readable({"unit_name": 200, "province_name": 60}, key=_KEY, notes="Names for people."),
    each_row(
        "on the map of Vietnam",
        "latitude between 6 and 24 and longitude between 101 and 118",
        key=_KEY,
        columns=("latitude", "longitude"),
        notes="From Trường Sa (7 degrees north, 117 east) to Đồng Văn (23.4) and Mường Nhé (102.1): outside, "
        "latitude and longitude were exchanged.",
    ),
    rows_must_not_exist(
        "administrative units have a place on the map",
        """select count(*) as units, count(latitude) as placed from batch where unit_level in ('district', 'commune')
        having count(*) filter (where latitude is null or longitude is null) > count(*) / 20""",
        notes="The packaged register gives coordinates for all but a few.",
        severity="warning",
        columns=("latitude", "longitude"),
    ),
    runs_forward("valid_from", "valid_to", key=_KEY),
    each_row(
        "what stands has no last day",
        "is_current = (valid_to is null)",
        key=_KEY,
        columns=("is_current", "valid_to"),
        notes="is_current picks the versions of today.",
    ),
    unique_together(("unit_id", "valid_from"), notes="A unit has one version from a day on."),
    rows_must_not_exist(
        "one version of a unit stands today",
        "select unit_id, count(*) as versions from batch where is_current group by unit_id having count(*) > 1",
        notes="A map of today shows each unit once.",
        columns=("unit_id", "is_current"),
    ),
    rows_must_not_exist(
        "34 provinces stand today",
        """select count(*) as provinces from batch where is_current and unit_level = 'province'
        having count(*) <> 34""",
        notes="Resolution 202/2025/QH15: 28 provinces and 6 cities from 12 June 2025.",
        severity="warning",
        columns=("unit_level", "is_current"),
    ),
]
