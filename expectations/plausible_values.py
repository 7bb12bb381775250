"""What a value can be, by measure unit and by metric: one table, with reasons, for facts and their sums."""

from dataclasses import dataclass
from typing import Any

from expectations.rules import rows_must_not_exist, seldom


@dataclass(frozen=True, slots=True)
class Bound:
    """The highest value of what ``name`` (a unit, or metrics by a regular expression) names. All values are >= 0."""

    name: str
    most: int
    reason: str


BY_UNIT = (
    Bound("vnd", 10**16, "The state spends about 2.5e15 vnd a year; past 1e16 a unit was misread."),
    Bound("percent", 100_000, "Growth of a thousandfold is told of new products; beyond, a mark was misread."),
    Bound("count", 10**12, "The largest honest counts are views of national campaigns, 1e10."),
    Bound("ha", 40_000_000, "Vietnam has 33.1 million ha; crops sown several times a year stay below too."),
    Bound("m2", 4 * 10**11, "Vietnam has 3.3e11 square metres."),
    Bound("km", 1_000_000, "All roads of Vietnam have some 600,000 km."),
    Bound("kg", 10**11, "The rice harvest of a year has 4.3e10 kg."),
    Bound("tonne", 10**9, "All harvests of the country together are some 1e8 tonnes a year."),
    Bound("day", 10_000_000, "Days given by volunteers of a province stay below a few million."),
    Bound("other:usd", 10**12, "Exports of the whole country are 4e11 usd a year."),
    Bound("other:tấn/ha", 500, "Sugar cane and vegetables reach some 100 tonnes per hectare."),
    Bound("other:tạ/ha", 5_000, "The same in quintals."),
    Bound("other:km2", 400_000, "Vietnam has 331,000 square kilometres."),
)  # fmt: skip

BY_METRIC = (
    Bound("^(on_time_rate|insured_share|votes_in_favour|poverty_rate|.*_share)$", 100, "A share of a whole."),
    Bound("^(grdp_growth|sector_growth)$", 100, "No economy doubles in a year."),
    Bound("^interest_rate$", 40, "Loans beyond 20 percent a year are illegal (Civil Code, article 468)."),
    Bound("^income_per_head$", 2 * 10**9, "The richest communes report some 1.5e8 vnd a year."),
    Bound("^area_km2$", 400_000, "Vietnam has 331,000 square kilometres."),
    Bound("^posts_published$", 10**7, "All portals of a province publish some 1e5 items a year."),
    Bound("^(delegates_present|opinions_voiced|resolutions_passed)$", 10**6, "What one meeting holds."),
    Bound("^population$", 110_000_000, "Vietnam has 101 million people."),
)  # fmt: skip


def within_units(key: str) -> list[Any]:
    """Two expectations per unit of the table, over ``value_low`` and ``value_high``. Needs ``measure_unit``."""
    return [
        expectation
        for bound in BY_UNIT
        for expectation in seldom(
            f"{bound.name}: at most {bound.most:,}",
            f"""select {key}, article_id, value_low, value_high from batch
            where measure_unit = '{bound.name}' and (value_low < 0 or value_high > {bound.most})""",
            among=f"batch where measure_unit = '{bound.name}'",
            notes=bound.reason,
            columns=("measure_unit", "value_low", "value_high"),
        )
    ]


def sums_within_units(key: str) -> Any:
    """The same bounds for sums over bodies, in one query: a sum is no larger than the country."""
    most = " ".join(f"when '{bound.name}' then {bound.most}" for bound in BY_UNIT)
    return rows_must_not_exist(
        "sums stay within what their unit can measure",
        f"""select {key}, metrics.measure_unit, batch.value_low, batch.value_high
        from batch join marts_candidate.dim_metrics as metrics using (metric_key)
        where batch.value_low < 0 or batch.value_high > case metrics.measure_unit {most} end""",
        notes="The bounds of single facts (expectations/plausible_values.py) hold for the country as well; many facts "
        "beyond them are critical in fct_metrics.",
        severity="warning",
        columns=("value_low", "value_high"),
    )


def within_metrics(key: str) -> list[Any]:
    """Two expectations per group of metrics. Needs ``metric_key`` and ``measure_unit``."""
    return [
        expectation
        for bound in BY_METRIC
        for metrics in [
            f"""batch join marts_candidate.dim_metrics as metrics using (metric_key, measure_unit)
            where metrics.metric_code ~ '{bound.name}'"""
        ]
        for expectation in seldom(
            f"{bound.name.strip('^$')}: at most {bound.most:,}",
            f"""select {key}, batch.article_id, metrics.metric_code, batch.value_high
            from {metrics} and batch.value_high > {bound.most}""",
            among=metrics,
            notes=bound.reason,
            columns=("metric_key", "value_high"),
        )
    ]


def within_reach_of_its_metric(key: str) -> Any:
    """Learned from the candidate itself: values thousands of times what others report of the metric."""
    return rows_must_not_exist(
        "no value is ten thousand times what its metric usually has",
        f"""select {key}, batch.value_low, usual.middle as usual_value, usual.facts
        from batch join (
            select metric_key, measure_unit, status, count(*) as facts,
                percentile_cont(0.5) within group (order by value_low) as middle
            from batch group by metric_key, measure_unit, status having count(*) >= 5
        ) as usual using (metric_key, measure_unit, status)
        where usual.middle > 0 and batch.value_high > 10000 * usual.middle""",
        notes="A commune and a province differ by a factor of some thousands; past ten thousand a unit "
        "(nghìn, triệu, tỷ) was misread. The middle is that of this candidate's own facts, from five on.",
        severity="warning",
        columns=("value_low", "value_high"),
    )
