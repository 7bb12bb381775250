"""Ready answers: nothing that may not be added up, periods that run forwards, places that exist."""

import great_expectations.expectations as gxe

from expectations.reasons import rows_must_not_exist

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="rolled_up_to",
        value_set=["as_reported", "today"],
        severity="critical",
        notes="The two maps of the contract.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="meeting_count",
        min_value=1,
        severity="critical",
        notes="A value that no meeting reports was invented.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="value_high",
        column_B="value_low",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        severity="critical",
        notes="Sums of ranges stay ranges.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="period_to",
        column_B="period_from",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        severity="critical",
        notes="Periods are inclusive days.",
    ),
    rows_must_not_exist(
        "only additive metrics are added up",
        """select batch.metric_key from batch join marts_candidate.dim_metrics as metrics using (metric_key)
        where not metrics.is_additive or metrics.measure_unit = 'percent'""",
        notes="Sums of percentages and of rates say nothing.",
    ),
    rows_must_not_exist(
        "no more meetings than there are",
        """select max(meeting_count) as counted from batch
        having max(meeting_count) > (select count(*) from marts_candidate.fct_meetings)""",
        notes="A join that multiplies rows shows here first.",
    ),
]
