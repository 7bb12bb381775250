"""What is measured of every candidate, and what history lets expect of it.

Volumes, fill rates, shares, means, freshness and the extractor's released scores go to
``audit.measures`` with the bounds that earlier **published** runs set and the ids of those runs;
``suites/measures.py`` judges. Bounds of a first publication are null: there is nothing to compare with.

* volumes: not under nine tenths of the last publication's (half, when code or extractor changed since;
  no floor when a file was withdrawn or an article taken down since), in proportion when fewer articles are there;
  not over one and a half times what the growth of the articles explains.
* shares and fill rates: within the range of the last ten publications, widened by 0.1 and by the sampling
  error of the rows at hand (1 / square root of their number is two standard errors at most).
* means: between half the least and twice the greatest of the last ten.
* freshness: at least one article that no version ever showed, and that is no near copy of one that was shown.
* scores: not below those of the last publication, while the gold set is the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import Any

from psycopg import Connection

_HISTORY = 10  # publications that a range is learned from

_MEETINGS, _METRICS, _ARTICLES = (
    f"marts_candidate.{table}" for table in ("fct_meetings", "fct_metrics", "dim_articles")
)


def _filled(*columns: str) -> dict[str, str]:
    return {f"filled.{column}": f"avg(({column} is not null)::integer)" for column in columns}


def _share(name: str, condition: str) -> dict[str, str]:
    return {f"share.{name}": f"avg(({condition})::integer)"}


# Table -> name -> aggregate over it; each table is read once. Every table's rows are counted as well.
TABLES: dict[str, dict[str, str]] = {
    "raw.articles": _filled("title", "url", "published_at"),
    "raw.dump_files": {},
    "raw.article_occurrences": _share("duplicate", "outcome = 'duplicate'"),
    "raw.extractions": _share("meeting_report", "is_meeting_report") | _share("failed", "status = 'failed'"),
    "raw.meetings": _filled("host_unit_id", "headline"),
    "raw.figures": _filled("metric_code"),
    "raw.persons": {},
    "raw.documents": {},
    _MEETINGS: _filled("held_on", "part_of_day", "reviewed_from", "planned_from", "headline")
    | _share("dated_to_the_day", "held_on_precision = 'day'")
    | _share("of_unknown_unit", "unit_key = 'unknown'")
    | _share("conflicting", "has_conflicting_reports")
    | {"mean.reports": "avg(report_count)"},
    _METRICS: _filled("period_from", "of_total", "per")
    | {
        name: aggregate
        for qualifier in ("exact", "over", "under", "about", "range", "up_to")
        for name, aggregate in _share(qualifier, f"qualifier = '{qualifier}'").items()
    }
    | _share("target", "status = 'target'")
    | _share("cumulative", "is_cumulative")
    | _share("corrected", "is_corrected")
    | _share("percent", "measure_unit = 'percent'")
    | _share("money", "measure_unit = 'vnd'")
    | _share("unmapped", "metric_key not in (select metric_key from marts_candidate.dim_metrics where is_mapped)")
    | {
        "mean.of_a_meeting": f"count(*)::numeric / nullif((select count(*) from {_MEETINGS}), 0)",
        "mean.confidence": "avg(confidence)",
    },
    _ARTICLES: _filled("title", "url", "published_on") | _share("latest", "is_latest"),
    "marts_candidate.dim_sources": {},
    "marts_candidate.dim_bodies": _share("of_unknown_unit", "unit_id = 'unknown'"),
    "marts_candidate.dim_units": _filled("latitude", "parent_unit_key"),
    "marts_candidate.dim_metrics": {},
    "marts_candidate.dim_persons": _filled("first_seen_on"),
    "marts_candidate.dim_documents": _filled("issuer", "dated_on"),
    "marts_candidate.bridge_meeting_articles": {},
    "marts_candidate.bridge_meeting_claims": {},
    "marts_candidate.bridge_meeting_persons": _share("without_position", "cardinality(positions) = 0")
    | {"mean.of_a_meeting": f"count(*)::numeric / nullif((select count(*) from {_MEETINGS}), 0)"},
    "marts_candidate.bridge_meeting_documents": {},
    "marts_candidate.bridge_metric_mentions": {
        "mean.of_a_fact": f"count(*)::numeric / nullif((select count(*) from {_METRICS}), 0)"
    },
    "marts_candidate.bridge_unit_successions": {},
    "marts_candidate.agg_unit_metric_periods": _share("today", "rolled_up_to = 'today'"),
}

_FRESH = """
select count(*) from marts_candidate.dim_articles as candidates
where not exists (select 1 from audit.shown_articles as shown where shown.article_id = candidates.article_id)
    and not exists (
        select 1 from raw.articles as articles
        join raw.articles as copies using (near_duplicate_cluster)
        join audit.shown_articles as shown on shown.article_id = copies.article_id
        where articles.article_id = candidates.article_id
    )
"""
_PUBLISHED = """
select runs.run_id, runs.extractor_version, runs.code_version, versions.published_at
from audit.published_versions as versions join audit.pipeline_runs as runs using (run_id)
where exists (select 1 from audit.measures as m where m.run_id = runs.run_id)
order by versions.version desc limit %s
"""
_EARLIER = """
select distinct on (run_id, measure) run_id, measure, value from audit.measures
where run_id = any(%s) and value is not null order by run_id, measure, attempt desc
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of ``audit.measures``, without run and attempt."""

    measure: str
    value: Decimal | None
    floor: Decimal | None = None
    ceiling: Decimal | None = None
    learned_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """Earlier publications, the newest first, and what happened since the newest."""

    runs: tuple[str, ...]
    values: Mapping[tuple[str, str], Decimal]  # (run, measure)
    is_same_code: bool
    something_left: bool  # withdrawn or taken down

    def of(self, measure: str) -> list[tuple[str, Decimal]]:
        """(run, value) of one measure, the newest first."""
        return [(run, self.values[run, measure]) for run in self.runs if (run, measure) in self.values]


def take(connection: Connection, run_id: str, scores: Mapping[str, Any]) -> list[Measured]:
    """Every measure of the candidate of ``run_id``, as the validator. Raises psycopg.Error when a table is missing.

    ``scores``: the released scores, ``{"extractor_version": …, "gold": …, "scores": {field: {"score": …}}}``.
    """
    history = _history(connection, run_id)
    measured: dict[str, tuple[Decimal | None, int]] = {}
    for table, aggregates in TABLES.items():
        measured |= _of_table(connection, table, aggregates)
    grown = _growth(measured, history)
    taken = [_bounded(name, value, sample, history, grown) for name, (value, sample) in measured.items()]
    taken.append(_freshness(connection, history))
    return taken + list(_scores(connection, run_id, scores, history))


def _history(connection: Connection, run_id: str) -> History:
    rows = connection.execute(_PUBLISHED, (_HISTORY,)).fetchall()
    runs = tuple(row[0] for row in rows if row[0] != run_id)
    values = {(run, name): value for run, name, value in connection.execute(_EARLIER, (list(runs),))}
    if not rows:
        return History(runs, values, is_same_code=True, something_left=False)
    running = connection.execute(
        "select extractor_version, code_version from audit.pipeline_runs where run_id = %s", (run_id,)
    ).fetchone()
    left = connection.execute(
        """select exists (select 1 from raw.dump_files where status = 'withdrawn' and changed_at > %(since)s)
            or exists (select 1 from audit.take_downs where taken_down_at > %(since)s)""",
        {"since": rows[0][3]},
    ).fetchone()
    return History(runs, values, is_same_code=running in (None, rows[0][1:3]), something_left=left == (True,))


def _of_table(
    connection: Connection, table: str, aggregates: Mapping[str, str]
) -> dict[str, tuple[Decimal | None, int]]:
    """Name -> (value, rows it was measured on)."""
    wanted = ", ".join(["count(*)", *aggregates.values()])
    row = connection.execute(f"select {wanted} from {table}").fetchone()  # type: ignore[call-overload]
    assert row is not None
    found: dict[str, tuple[Decimal | None, int]] = {f"rows:{table}": (Decimal(row[0]), row[0])}
    for name, value in zip(aggregates, row[1:], strict=True):
        kind, _, of = name.partition(".")
        found[f"{kind}:{table}.{of}"] = (None if value is None else round(Decimal(value), 6), row[0])
    return found


def _growth(measured: Mapping[str, tuple[Decimal | None, int]], history: History) -> Decimal:
    """Articles now for each article of the last publication."""
    before = history.of("rows:raw.articles")
    now = measured["rows:raw.articles"][0] or Decimal(0)
    return now / before[0][1] if before and before[0][1] else Decimal(1)


def _bounded(name: str, value: Decimal | None, sample: int, history: History, grown: Decimal) -> Measured:
    earlier = history.of(name)
    if not earlier:
        return Measured(name, value)
    kind = name.partition(":")[0]
    runs, values = tuple(run for run, _ in earlier), [each for _, each in earlier]
    if kind == "rows":
        share = Decimal("0.9") if history.is_same_code else Decimal("0.5")
        floor = None if history.something_left else values[0] * share * min(grown, Decimal(1))
        most = Decimal("1.5") if history.is_same_code else Decimal(3)
        return Measured(name, value, floor, values[0] * most * max(grown, Decimal(1)) + 5, runs[:1])
    if kind == "mean":
        return Measured(name, value, min(values) / 2, max(values) * 2, runs)
    slack = Decimal("0.1") + round(Decimal(1 / sqrt(max(sample, 1))), 6)
    return Measured(name, value, max(min(values) - slack, Decimal(0)), min(max(values) + slack, Decimal(1)), runs)


def _freshness(connection: Connection, history: History) -> Measured:
    row = connection.execute(_FRESH).fetchone()
    shown = connection.execute("select exists (select 1 from audit.published_versions)").fetchone()
    assert row is not None
    return Measured("fresh:articles", Decimal(row[0]), Decimal(1) if shown == (True,) else None, None, history.runs[:1])


def _scores(connection: Connection, run_id: str, scores: Mapping[str, Any], history: History) -> Iterator[Measured]:
    row = connection.execute(
        "select extractor_version from audit.pipeline_runs where run_id = %s", (run_id,)
    ).fetchone()
    is_released = row is None or row[0] == scores["extractor_version"]
    yield Measured("released:extractor", Decimal(is_released), Decimal(1))
    for field, told in scores["scores"].items():
        name = f"score:{scores['gold']}.{field}"  # comparable on the same articles only
        earlier = history.of(name)
        slack = Decimal(0) if field == "micro" else Decimal("0.02")
        yield Measured(
            name,
            round(Decimal(str(told["score"])), 6),
            earlier[0][1] - slack if earlier else None,
            None,
            tuple(run for run, _ in earlier[:1]),
        )
