"""Cited documents: numbers that look like numbers of documents."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToMatchRegex(
        column="number",
        regex=r"^[0-9]{1,5}[^ ]*$",
        mostly=0.99,
        severity="critical",
        notes="Documents are numbered 35, 35-NQ/TW, 12/2024/QH15: digits first, no blank.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="number",
        max_value=60,
        severity="critical",
        notes="The longest numbers name three issuers and stay below 40 characters.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="dated_on",
        min_value="1945-09-02",
        severity="warning",
        notes="The state exists since 2 September 1945.",
    ),
]
