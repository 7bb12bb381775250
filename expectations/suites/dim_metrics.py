"""Metrics: the catalogue and what is counted beside it."""

from expectations.rules import each_row, keys_are_hashes, never_null, readable, rows_must_not_exist

_KEY = "metric_key"

EXPECTATIONS = [
    never_null("metric_key", "metric_name_vi", "is_additive", "is_mapped", key=_KEY),
    keys_are_hashes("metric_key"),
    readable(
        {"metric_name_vi": 300, "metric_name_en": 120},
        key=_KEY,
        notes="A counted noun is a phrase of a few words; past 300 characters a paragraph was taken for one.",
    ),
    each_row(
        "a counted noun is a phrase",
        "length(metric_name_vi) between 1 and 300",
        key=_KEY,
        columns=("metric_name_vi",),
        notes="Past 300 characters a paragraph was taken for one.",
    ),
    each_row(
        "mapped metrics have code, English name and topic, unmapped ones have none",
        "is_mapped = (metric_code is not null) and is_mapped = (topic is not null)"
        " and (is_mapped = (metric_name_en is not null) or metric_key = 'unknown')",
        key=_KEY,
        columns=("metric_code", "metric_name_en", "topic", "is_mapped"),
        notes="The code is what a catalogue entry is known by.",
    ),
    each_row(
        "codes and topics are codes",
        "metric_code ~ '^[a-z][a-z0-9_]{{1,60}}$' and topic ~ '^[a-z_]{{2,40}}$'",
        key=_KEY,
        columns=("metric_code", "topic"),
        notes="Formulas and filters of BI tools are written with them.",
    ),
    rows_must_not_exist(
        "a code is one metric",
        """select metric_code, count(*) as metrics from batch where metric_code is not null
        group by metric_code having count(*) > 1""",
        notes="Two metrics of one code cannot be told apart.",
        columns=("metric_code",),
    ),
    each_row(
        "percentages are not added up, and nothing outside of the catalogue is",
        "not is_additive or is_mapped and measure_unit <> 'percent'",
        key=_KEY,
        columns=("is_additive", "is_mapped", "measure_unit"),
        notes="The sum of two percentages says nothing; of an unknown noun nobody knows.",
    ),
    each_row(
        "measured in a unit of the contract",
        "metric_key = 'unknown' or "
        "coalesce(measure_unit ~ '^(count|percent|vnd|ha|km|m2|kg|tonne|day|other:.{{1,40}})$', false)",
        key=_KEY,
        columns=("measure_unit",),
        notes="The closed list of the extraction contract; anything else is other:<text>.",
    ),
    rows_must_not_exist(
        "the catalogue is whole",
        """select metrics.metric_code from staging.metrics as metrics
        where not exists (
            select 1 from batch where batch.metric_code = metrics.metric_code
                and batch.is_additive = metrics.is_additive and batch.measure_unit = metrics.measure_unit
        )""",
        notes="Every entry of lexicon/metrics.yml is here as it stands there, reported or not.",
        columns=("metric_code", "is_additive", "measure_unit"),
    ),
]
