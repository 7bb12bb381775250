"""Metrics: the catalogue and what is counted beside it."""

import great_expectations.expectations as gxe

from expectations.reasons import rows_must_not_exist

EXPECTATIONS = [
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="metric_name_vi",
        min_value=1,
        max_value=300,
        severity="critical",
        notes="A counted noun is a phrase of a few words; past 300 characters a paragraph was taken for one.",
    ),
    rows_must_not_exist(
        "mapped metrics have a code, unmapped ones have none",
        "select metric_key, metric_code, is_mapped from batch where is_mapped <> (metric_code is not null)",
        notes="The code is what a catalogue entry is known by.",
    ),
    rows_must_not_exist(
        "percentages and rates are not added up",
        "select metric_key, metric_code from batch where is_additive and measure_unit = 'percent'",
        notes="The sum of two percentages says nothing.",
    ),
]
