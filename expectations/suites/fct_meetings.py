"""Meetings: as many as raw reports, on days that can be, each with its evidence."""

import great_expectations.expectations as gxe

from expectations.reasons import (
    days_in_reason,
    filled,
    not_empty_while,
    not_fewer_than_half_of_the_published,
    quotes_stand_in_their_articles,
)

_CURRENT_REPORTS = (
    "raw.meetings join raw.extractions using (article_id, extractor_version) "
    "join raw.articles using (article_id) join raw.article_occurrences using (article_id) "
    "join raw.dump_files using (dump_file_id)"
)

EXPECTATIONS = [
    not_empty_while(
        _CURRENT_REPORTS,
        "extractions.is_current and articles.is_latest and dump_files.status <> 'withdrawn'",
        notes="Raw holds reports of meetings: marts without one would be a build that went wrong.",
    ),
    not_fewer_than_half_of_the_published("fct_meetings"),
    quotes_stand_in_their_articles("meeting_key"),
    days_in_reason(
        "held_on",
        years_ahead=1,
        notes="A report tells of a meeting that was held; a year of tolerance for wrong dates of publication.",
    ),
    days_in_reason("reviewed_from", years_ahead=1, notes="What is reviewed has happened."),
    days_in_reason("reviewed_to", years_ahead=5, notes="A term under review may end after the meeting."),
    days_in_reason("planned_to", years_ahead=35, notes="The furthest plans of public bodies look to 2045 and 2050."),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="reviewed_to",
        column_B="reviewed_from",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        severity="critical",
        notes="Periods are inclusive days: an end before its start is a misread date.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="planned_to",
        column_B="planned_from",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        severity="critical",
        notes="Periods are inclusive days: an end before its start is a misread date.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="report_count",
        min_value=1,
        max_value=200,
        severity="critical",
        notes="No report, no meeting. The sittings of the National Assembly draw some 100 reports a day; "
        "past 200 meetings of different bodies were merged.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="held_on_precision",
        value_set=["day", "month", "quarter", "half", "year", "none"],
        severity="critical",
        notes="The closed list of the extraction contract.",
    ),
    filled("held_on", 0.5, notes="Four of five reports name the day; below half the date grammar missed a form."),
    gxe.ExpectColumnValuesToNotBeInSet(
        column="unit_key",
        value_set=["unknown"],
        mostly=0.5,
        severity="warning",
        notes="Most hosts name their unit; below half the register or the host grammar failed.",
    ),
]
