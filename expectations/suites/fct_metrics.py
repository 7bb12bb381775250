"""Reported facts: as extracted, values that can be, each with its evidence and its dimensions."""

import great_expectations.expectations as gxe

from expectations import plausible_values
from expectations.reasons import (
    FIRST_DAY_OF_THE_STATE,
    as_extracted,
    days_in_reason,
    not_empty_while,
    quotes_stand_in_their_articles,
)
from expectations.rules import (
    closed_lists,
    each_row,
    keys_are_hashes,
    never_null,
    readable,
    references,
    rows_must_not_exist,
    runs_forward,
    spans,
    unique_together,
)

_KEY = "metric_value_key"

EXPECTATIONS = [
    not_empty_while(
        "raw.figures join raw.meetings using (article_id, extractor_version) "
        "join raw.extractions using (article_id, extractor_version) join raw.articles using (article_id) "
        "join raw.article_occurrences using (article_id) join raw.dump_files using (dump_file_id)",
        "extractions.is_current and articles.is_latest and dump_files.status <> 'withdrawn'",
        notes="Raw holds figures of meeting reports: marts without one would be a build that went wrong.",
    ),
    never_null(
        "metric_value_key", "meeting_key", "metric_key", "unit_key", "body_key", "value_low", "value_high", "qualifier",
        "measure_unit", "status", "is_cumulative", "is_corrected", "is_preferred", "is_part_of_total", "counted",
        "article_id", "span_start", "span_end", "quote", "extractor_version", "confidence",
        key=_KEY,
    ),
    keys_are_hashes("metric_value_key", "meeting_key", "metric_key", "body_key"),
    references(
        {
            "meeting_key": "fct_meetings.meeting_key",
            "metric_key": "dim_metrics.metric_key",
            "unit_key": "dim_units.unit_key",
            "body_key": "dim_bodies.body_key",
            "article_id": "dim_articles.article_id",
        },
        key=_KEY,
    ),
    unique_together(
        (
            "meeting_key", "metric_key", "measure_unit", "period_from", "period_to", "value_low", "value_high",
            "of_total", "per", "status",
        ),
        notes="The grain of the contract: told in the lead, the body or a second article a fact counts once.",
    ),
    rows_must_not_exist(
        "unit and body are those of the meeting",
        f"""select {_KEY}, batch.unit_key, meetings.unit_key as meeting_unit_key from batch
        join marts_candidate.fct_meetings as meetings using (meeting_key)
        where (batch.unit_key, batch.body_key) is distinct from (meetings.unit_key, meetings.body_key)""",
        notes="A fact belongs to whom reported it: to the meeting's body and its unit on that day.",
        columns=("unit_key", "body_key"),
    ),
    closed_lists(
        {
            "qualifier": ("exact", "over", "under", "about", "range", "up_to"),
            "per": ("day", "week", "month", "quarter", "year"),
            "status": ("result", "target"),
        },
        key=_KEY,
    ),
    quotes_stand_in_their_articles(_KEY),
    spans(key=_KEY),
    as_extracted(
        "figures",
        {
            "period_from": "period_from", "period_to": "period_to", "qualifier": "qualifier", "of_total": "of_total",
            "measure_unit": "unit", "per": "per", "status": "status", "counted": "counted",
            "extractor_version": "extractor_version", "confidence": "confidence",
        },
        key=_KEY,
    ),
    as_extracted(
        "figures",
        {"value_low": "low", "value_high": "high", "is_cumulative": "is_cumulative"},
        key=_KEY,
        unless="is_corrected",
    ),
    each_row(
        "no value is negative",
        "value_low >= 0",
        key=_KEY,
        columns=("value_low",),
        notes="Reports tell falls in words (giảm 5%): a minus is a dash before a number, or a slip in a correction.",
    ),
    *plausible_values.within_units(_KEY),
    *plausible_values.within_metrics(_KEY),
    plausible_values.within_reach_of_its_metric(_KEY),
    each_row(
        "a range runs upwards, anything else is one number",
        "value_high >= value_low and (qualifier = 'range' or value_high = value_low or is_corrected)",
        key=_KEY,
        columns=("value_low", "value_high", "qualifier"),
        notes="Only a range (từ 5 đến 7) has two ends; over, under and about bound one number.",
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
    gxe.ExpectColumnValuesToBeBetween(
        column="value_high",
        max_value=1_000,
        row_condition='col("measure_unit") == "percent"',
        condition_parser="great_expectations",
        mostly=0.99,
        severity="warning",
        notes="More than ten times a plan or last year's value is rare: one in a hundred would be a misread comma.",
    ),
    *days_in_reason(
        "period_from",
        years_ahead=35,
        earliest=FIRST_DAY_OF_THE_STATE,
        notes="Speeches look back to the founding of the state; the furthest targets look to 2045 and 2050.",
    ),
    *days_in_reason(
        "period_to",
        years_ahead=35,
        earliest=FIRST_DAY_OF_THE_STATE,
        notes="Speeches look back to the founding of the state; the furthest targets look to 2045 and 2050.",
    ),
    runs_forward("period_from", "period_to", key=_KEY),
    each_row(
        "a period has both ends or none",
        "(period_from is null) = (period_to is null)",
        key=_KEY,
        columns=("period_from", "period_to"),
        notes="The extractor tells a period whole or not at all; an open one would miss in every chart.",
        severity="warning",
    ),
    each_row(
        "confidence is a probability",
        "confidence between 0 and 1",
        key=_KEY,
        columns=("confidence",),
        notes="A probability by definition.",
    ),
    each_row(
        "measured in a unit of the contract",
        "measure_unit ~ '^(count|percent|vnd|ha|km|m2|kg|tonne|day|other:.{{1,40}})$'",
        key=_KEY,
        columns=("measure_unit",),
        notes="The closed list of the extraction contract; anything else is other:<text>.",
    ),
    each_row(
        "the extractor's version has its form",
        "extractor_version ~ '^[0-9]+[.][^ ]{{1,60}}$'",
        key=_KEY,
        columns=("extractor_version",),
        notes="Package version and hash: what made the record must be told exactly.",
    ),
    readable({"counted": 300, "quote": 1_000}, key=_KEY, notes="Phrases of a sentence; longer is a paragraph."),
    rows_must_not_exist(
        "what is not preferred has a rival that is",
        f"""select {_KEY}, meeting_key from batch where not is_preferred and not exists (
            select 1 from marts_candidate.bridge_meeting_claims as claims
            where claims.metric_value_key = batch.metric_value_key and not claims.is_chosen
        )""",
        notes="A value is left out of sums only because another report of the meeting tells another one better.",
        columns=("is_preferred",),
    ),
    rows_must_not_exist(
        "a part has its total",
        f"""select {_KEY}, batch.metric_key from batch where is_part_of_total and not exists (
            select 1 from batch as totals where totals.meeting_key = batch.meeting_key
                and totals.metric_key = batch.metric_key and not totals.is_part_of_total
                and totals.value_high >= batch.value_low
        )""",
        notes="873, trong đó 200: the part is left out of sums because its total is there.",
        columns=("is_part_of_total",),
    ),
    rows_must_not_exist(
        "corrected facts are those that the reviewed corrections name",
        f"""select {_KEY} from batch where is_corrected and not exists (
            select 1 from staging.fact_corrections as reviewed
            where reviewed.metric_value_key = batch.metric_value_key
        )""",
        notes="A value differs from the article's words only by a reviewed correction.",
        columns=("is_corrected",),
    ),
    rows_must_not_exist(
        "no article states implausibly many facts",
        "select article_id, count(*) as facts from batch group by article_id having count(*) > 500",
        notes="The longest reports of provincial councils state some 200 figures; past 500 a listing was read.",
        severity="warning",
    ),
]  # fmt: skip
