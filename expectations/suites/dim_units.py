"""Units: as many as Vietnam has, on the map of Vietnam."""

import great_expectations.expectations as gxe

from expectations.reasons import rows_must_not_exist

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=10_000,
        max_value=100_000,
        severity="critical",
        notes="10,040 communes before July 2025 and 3,321 after: fewer rows are a half-loaded register.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="latitude",
        min_value=6,
        max_value=24,
        severity="critical",
        notes="From Trường Sa (7 degrees north) to Đồng Văn (23.4): outside, latitude and longitude were exchanged.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="longitude",
        min_value=101,
        max_value=118,
        severity="critical",
        notes="From Mường Nhé (102.1 degrees east) to Trường Sa (117).",
    ),
    rows_must_not_exist(
        "a version ends after it starts",
        "select unit_key, valid_from, valid_to from batch where valid_to < valid_from",
        notes="Periods of validity are inclusive days.",
    ),
    rows_must_not_exist(
        "34 provinces stand today",
        """select count(*) as provinces from batch where is_current and unit_level = 'province'
        having count(*) <> 34""",
        notes="Resolution 202/2025/QH15: 28 provinces and 6 cities from 12 June 2025.",
        severity="warning",
    ),
]
