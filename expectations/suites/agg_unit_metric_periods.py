"""Ready answers: sums of the facts, nothing that may not be added up, places that exist."""

from expectations.plausible_values import sums_within_units
from expectations.rules import (
    closed_lists,
    each_row,
    keys_are_hashes,
    never_null,
    references,
    rows_must_not_exist,
    runs_forward,
    unique_together,
)

_KEY = "aggregate_key"

EXPECTATIONS = [
    never_null(
        "aggregate_key", "unit_key", "rolled_up_to", "metric_key", "period_from", "period_to", "period_grain", "status",
        "value_low", "value_high", "meeting_count", "weight_basis", "sum_group",
        key=_KEY,
    ),
    keys_are_hashes("aggregate_key", "metric_key"),
    references({"unit_key": "dim_units.unit_key", "metric_key": "dim_metrics.metric_key"}, key=_KEY),
    unique_together(
        ("unit_key", "rolled_up_to", "metric_key", "period_from", "period_to", "status", "per"),
        notes="The grain of the contract: a chart that finds two rows adds them up.",
    ),
    closed_lists(
        {
            "rolled_up_to": ("as_reported", "today"),
            "period_grain": ("day", "month", "quarter", "half", "nine_months", "year", "other"),
            "status": ("result", "target"),
            "per": ("day", "week", "month", "quarter", "year"),
            "weight_basis": ("reported", "unchanged", "whole", "by_communes"),
        },
        key=_KEY,
    ),
    each_row(
        "period_grain is the length of the period",
        """case period_grain
            when 'day' then period_to = period_from
            when 'month' then period_to = (period_from + interval '1 month - 1 day')::date
            when 'quarter' then period_to = (period_from + interval '3 months - 1 day')::date
            when 'half' then period_to = (period_from + interval '6 months - 1 day')::date
            when 'nine_months' then period_to = (period_from + interval '9 months - 1 day')::date
            when 'year' then period_to = (period_from + interval '1 year - 1 day')::date
        end""",
        key=_KEY,
        columns=("period_grain", "period_from", "period_to"),
        notes="Charts choose their axis by it.",
    ),
    each_row(
        "weights belong to today's map",
        "(weight_basis = 'reported') = (rolled_up_to = 'as_reported')",
        key=_KEY,
        columns=("weight_basis", "rolled_up_to"),
        notes="What is shown as reported is not shared out; what is on today's map says how it came there.",
    ),
    each_row(
        "sums of ranges stay ranges",
        "value_high >= value_low",
        key=_KEY,
        columns=("value_low", "value_high"),
        notes="Lower and upper bounds are added up apart.",
    ),
    sums_within_units(_KEY),
    runs_forward("period_from", "period_to", key=_KEY),
    rows_must_not_exist(
        "sums as reported are made of the unit's facts",
        f"""select {_KEY}, batch.value_low, batch.value_high, facts.least, facts.most from batch
        left join (
            select unit_key, metric_key, period_from, period_to, status, coalesce(per, '') as rate,
                min(value_low) as least, sum(value_high) as most, count(distinct meeting_key) as meetings
            from marts_candidate.fct_metrics where not is_cumulative
            group by unit_key, metric_key, period_from, period_to, status, coalesce(per, '')
        ) as facts on (facts.unit_key, facts.metric_key, facts.period_from, facts.period_to, facts.status, facts.rate)
            = (batch.unit_key, batch.metric_key, batch.period_from, batch.period_to, batch.status,
                coalesce(batch.per, ''))
        where batch.rolled_up_to = 'as_reported' and (
            facts.least is null or batch.value_low < facts.least or batch.value_high > facts.most
            or batch.meeting_count > facts.meetings
        )""",
        notes="A sum cannot be less than its smallest part or more than all facts of the unit, metric and period.",
        columns=("unit_key", "metric_key", "period_from", "period_to", "status", "per", "value_low", "value_high"),
    ),
    rows_must_not_exist(
        "today's map shares out what was reported, and nothing else",
        """select metric_key, period_from, period_to, status, shown, reported from (
            select metric_key, period_from, period_to, status, per,
                sum(value_low) filter (where rolled_up_to = 'today') as shown,
                sum(value_low) filter (where rolled_up_to = 'as_reported') as reported
            from batch group by metric_key, period_from, period_to, status, per
        ) as sums where shown > coalesce(reported, 0) * 1.000001 + 0.001""",
        notes="Weights of a split unit add up to one: a roll-up may lose what has no place today, never gain.",
        columns=("rolled_up_to", "value_low"),
    ),
    each_row(
        "meetings are counted from one on",
        "meeting_count >= 1",
        key=_KEY,
        columns=("meeting_count",),
        notes="A value that no meeting reports was invented.",
    ),
    rows_must_not_exist(
        "only additive metrics are added up",
        f"""select {_KEY}, metrics.metric_code from batch join marts_candidate.dim_metrics as metrics using (metric_key)
        where not metrics.is_additive or metrics.measure_unit = 'percent'""",
        notes="Sums of percentages and of rates say nothing.",
        columns=("metric_key",),
    ),
    rows_must_not_exist(
        "no more meetings than there are",
        """select max(meeting_count) as counted from batch
        having max(meeting_count) > (select count(*) from marts_candidate.fct_meetings)""",
        notes="A join that multiplies rows shows here first.",
        columns=("meeting_count",),
    ),
]  # fmt: skip
