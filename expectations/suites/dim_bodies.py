"""Bodies: named, and not more than their meetings explain."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="body_name",
        min_value=2,
        max_value=200,
        severity="critical",
        notes="The longest official names have some 120 characters; more is a sentence taken for a name.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="body_name",
        max_value=100,
        mostly=0.95,
        severity="warning",
        notes="Nineteen of twenty bodies have names below 100 characters.",
    ),
]
