"""Bodies: named, of a kind, of a unit that exists."""

import great_expectations.expectations as gxe

from expectations.rules import each_row, keys_are_hashes, never_null, readable, rows_must_not_exist

_KEY = "body_key"

EXPECTATIONS = [
    never_null("body_key", "body_name", "body_type", "unit_id", key=_KEY),
    keys_are_hashes("body_key"),
    each_row(
        "a body's name is a name",
        "length(body_name) between 2 and 200",
        key=_KEY,
        columns=("body_name",),
        notes="The longest official names have some 120 characters; more is a sentence taken for a name.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="body_name",
        max_value=100,
        mostly=0.95,
        severity="warning",
        notes="Nineteen of twenty bodies have names below 100 characters.",
    ),
    each_row(
        "body_type is a code",
        "body_type ~ '^[a-z][a-z_]{{2,40}}$'",
        key=_KEY,
        columns=("body_type",),
        notes="A type of lexicon/body_types.yml; other when none fits.",
    ),
    rows_must_not_exist(
        "a body belongs to a unit that exists",
        """select body_key, unit_id from batch where not exists (
            select 1 from marts_candidate.dim_units as units where units.unit_id = batch.unit_id
        )""",
        notes="unit_id points to dim_units; unknown is a unit too.",
        columns=("unit_id",),
    ),
    each_row(
        "a unit in the articles' words stands only for an unknown one",
        "unit_as_reported is null or unit_id = 'unknown' or unit_id like 'organisation-%'",
        key=_KEY,
        columns=("unit_as_reported", "unit_id"),
        notes="Once the register decides, its name stands.",
    ),
    readable({"body_name": 200, "unit_as_reported": 200}, key=_KEY, notes="Names of bodies and units."),
    rows_must_not_exist(
        "bodies hold meetings",
        """select body_key from batch where body_key <> 'unknown' and not exists (
            select 1 from marts_candidate.fct_meetings as meetings where meetings.body_key = batch.body_key
        )""",
        notes="A body is known by its meetings; one without is left from another build.",
        columns=("body_key",),
    ),
]
