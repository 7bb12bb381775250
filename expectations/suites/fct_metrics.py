"""Reported facts: values that can be, by unit; each with its evidence."""

import great_expectations.expectations as gxe
from great_expectations.expectations.row_conditions import Column

from expectations.reasons import (
    days_in_reason,
    not_empty_while,
    not_fewer_than_half_of_the_published,
    quotes_stand_in_their_articles,
    rows_must_not_exist,
)

EXPECTATIONS = [
    not_empty_while(
        "raw.figures join raw.meetings using (article_id, extractor_version) "
        "join raw.extractions using (article_id, extractor_version) join raw.articles using (article_id) "
        "join raw.article_occurrences using (article_id) join raw.dump_files using (dump_file_id)",
        "extractions.is_current and articles.is_latest and dump_files.status <> 'withdrawn'",
        notes="Raw holds figures of meeting reports: marts without one would be a build that went wrong.",
    ),
    not_fewer_than_half_of_the_published("fct_metrics"),
    quotes_stand_in_their_articles("metric_value_key"),
    gxe.ExpectColumnValuesToBeBetween(
        column="value_low",
        min_value=0,
        max_value=10**16,
        row_condition=Column("measure_unit") == "vnd",
        severity="critical",
        notes="The state spends about 2.5e15 vnd a year; past 1e16 a unit was misread. Sums are stated without sign.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="value_high",
        min_value=0,
        max_value=10**16,
        row_condition=Column("measure_unit") == "vnd",
        severity="critical",
        notes="As for value_low.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="value_high",
        min_value=0,
        max_value=100_000,
        row_condition=Column("measure_unit") == "percent",
        severity="critical",
        notes="Growth of a thousandfold is told of new products; past 100,000 % a thousands mark was misread.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="value_high",
        max_value=1_000,
        row_condition=Column("measure_unit") == "percent",
        mostly=0.99,
        severity="warning",
        notes="More than ten times a plan or last year's value is rare: one in a hundred would be a misread comma.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="value_high",
        min_value=0,
        max_value=10**12,
        row_condition=Column("measure_unit") == "count",
        severity="critical",
        notes="The largest honest counts are views of national campaigns, some 1e10; past 1e12 digits ran together.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="value_high",
        min_value=0,
        max_value=40_000_000,
        row_condition=Column("measure_unit") == "ha",
        severity="critical",
        notes="Vietnam has 33.1 million ha.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="value_high",
        column_B="value_low",
        or_equal=True,
        severity="critical",
        notes="A range runs upwards; a single number has equal ends.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="of_total",
        column_B="value_low",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        mostly=0.9,
        severity="warning",
        notes="x/y counts x of y; 25/20 (over plan) occurs, but seldom.",
    ),
    days_in_reason("period_from", years_ahead=35, notes="The furthest targets of public bodies look to 2045 and 2050."),
    days_in_reason("period_to", years_ahead=35, notes="The furthest targets of public bodies look to 2045 and 2050."),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="period_to",
        column_B="period_from",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        severity="critical",
        notes="Periods are inclusive days: an end before its start is a misread date.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="confidence",
        min_value=0,
        max_value=1,
        severity="critical",
        notes="A probability by definition.",
    ),
    gxe.ExpectColumnValuesToMatchRegex(
        column="measure_unit",
        regex=r"^(count|percent|vnd|ha|km|m2|kg|tonne|day|other:.+)$",
        severity="critical",
        notes="The closed list of the extraction contract; anything else is other:<text>.",
    ),
    rows_must_not_exist(
        "no article states implausibly many facts",
        "select article_id, count(*) from batch group by article_id having count(*) > 500",
        notes="The longest reports of provincial councils state some 200 figures; past 500 a listing was read.",
        severity="warning",
    ),
]
