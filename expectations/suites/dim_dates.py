"""The calendar: every day of 2000 to 2035 once, and the unknown day."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=13_149,
        max_value=13_150,
        severity="critical",
        notes="36 years with nine leap days are 13,149 days; one more for the unknown day.",
    ),
]
