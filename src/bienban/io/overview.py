"""What the overview tells: versions, the last validation, dump files with their balance, runs, trends.

Not here: its looks (``reports/index.html.j2``), the other pages (``reports.py``).
"""

from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row


def overview_facts(connection: Connection) -> dict[str, Any]:
    """The page's values; before anything was read, lists are empty and ``current`` is None."""
    versions = [_with_sums(each) for each in _rows(connection, _VERSIONS)]
    current = next((each for each in versions if each["is_current"]), None)
    pins = _rows(connection, _PIN, version=current["version"]) if current else []
    runs = _rows(connection, _RUNS)
    validated = _rows(connection, _LAST_VALIDATION)
    findings = _rows(connection, _FINDINGS, **validated[0]) if validated else []
    return {
        "versions": versions,
        "current": current,
        "pinned": bool(pins) and pins[0]["event"] == "pinned",
        "trends": _trends(versions[::-1], _rows(connection, _FAILURES)[::-1], _measured(connection)),
        "tiles": _tiles(current, _rows(connection, _RAW_COUNTS)[0]),
        "runs": runs,
        "validated_run": validated[0]["run_id"] if validated else None,
        "validated_at": validated[0]["validated_at"] if validated else None,
        "suites": _by_suite(findings),
        "failures": sorted((each for each in findings if not each["success"]), key=lambda each: each["severity"]),
        "dumps": _rows(connection, _DUMPS),
        "dump_totals": _rows(connection, _DUMP_TOTALS)[0],
        "rejected": _rows(connection, _REJECTED),
    }


def _tiles(current: dict[str, Any] | None, raw: dict[str, Any]) -> list[tuple[str, int]]:
    counts = current["row_counts"] if current else {}
    marts = [
        ("Meetings", "fct_meetings"),
        ("Facts", "fct_metrics"),
        ("Bodies", "dim_bodies"),
        ("Metrics", "dim_metrics"),
    ]
    return [
        ("Articles in raw", raw["articles"]),
        ("Reports of meetings", raw["reports"]),
        *((label, counts.get(table, 0)) for label, table in marts),
    ]


_Measured = dict[tuple[str, str], float]  # (run, measure) -> value

_FILLED = {  # what the charts call a measure of expectations/measures.py
    "Day of meeting": "filled:marts_candidate.fct_meetings.held_on",
    "Period reviewed": "filled:marts_candidate.fct_meetings.reviewed_from",
    "Period of fact": "filled:marts_candidate.fct_metrics.period_from",
    "Metric of the catalogue": "filled:raw.figures.metric_code",
}
_SCORED = {
    "All fields": "score:micro",
    "Day of meeting": "score:held_on",
    "Body": "score:host_body",
    "Figures by value": "score:figures_value",
    "Figures in all": "score:figures_strict",
}


def _measured(connection: Connection) -> _Measured:
    names = [*_FILLED.values(), *_SCORED.values()]
    rows = _rows(connection, _MEASURES, names=names)
    return {(each["run_id"], each["measure"]): float(each["value"]) for each in rows}


def _trends(
    versions: list[dict[str, Any]], failures: list[dict[str, Any]], measured: _Measured
) -> list[dict[str, Any]]:
    """What the charts draw, oldest first: title, labels, series of one value (or None) per label."""
    if not versions:
        return []
    labels = [f"v{each['version']}" for each in versions]
    volumes = (("Meetings", "fct_meetings"), ("Facts", "fct_metrics"), ("Bodies", "dim_bodies"))
    return [
        _trend(
            "Rows per version",
            labels,
            {name: [each["row_counts"].get(table) for each in versions] for name, table in volumes},
        ),
        _trend(
            "Failed expectations per run",
            [f"{each['validated_at']:%m-%d %H:%M}" for each in failures],
            {name: [each[name.lower()] for each in failures] for name in ("Critical", "Warnings")},
        ),
        *(
            _trend(
                title,
                labels,
                {
                    name: [measured.get((each["run_id"], measure)) for each in versions]
                    for name, measure in told.items()
                },
                percent=True,
            )
            for title, told in (("Share of rows that tell it", _FILLED), ("Extractor's score on its gold set", _SCORED))
        ),
    ]


def _trend(title: str, labels: list[str], series: dict[str, list[Any]], *, percent: bool = False) -> dict[str, Any]:
    told = [{"name": name, "values": values} for name, values in series.items()]
    return {"title": title, "labels": labels, "series": told, "percent": percent}


def _with_sums(each: dict[str, Any]) -> dict[str, Any]:
    changes = each["changes"].values()
    return each | {kind: sum(change[kind] for change in changes) for kind in ("inserted", "updated", "deleted")}


def _by_suite(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    suites: dict[str, dict[str, Any]] = {}
    for each in findings:
        known = suites.setdefault(
            each["suite"],
            {"suite": each["suite"], "expectations": 0, "passed": 0, "warnings": 0, "critical": 0, "page": None},
        )
        known["expectations"] += 1
        known["page"] = known["page"] or each["data_docs_url"]
        known["passed" if each["success"] else "critical" if each["severity"] == "critical" else "warnings"] += 1
    return list(suites.values())


def _rows(connection: Connection, query: str, **values: Any) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query, values).fetchall()


_VERSIONS = "select * from audit.published_versions order by version desc limit 12"
_PIN = "select event from audit.pin_events where version = %(version)s order by event_id desc limit 1"
_RUNS = "select * from audit.pipeline_runs order by started_at desc limit 12"
_RAW_COUNTS = """select (select count(*) from raw.articles) as articles,
    (select count(*) from raw.extractions where is_current and is_meeting_report) as reports"""
_LAST_VALIDATION = """select run_id, max(validated_at) as validated_at from audit.validation_results
    group by run_id order by 2 desc limit 1"""
_MEASURES = """select distinct on (run_id, measure) run_id, measure, value from audit.measures
    where measure = any(%(names)s) and value is not null order by run_id, measure, attempt desc"""
_FAILURES = """select * from (
    select run_id, max(validated_at) as validated_at,
        count(*) filter (where not success and severity = 'critical') as critical,
        count(*) filter (where not success and severity <> 'critical') as warnings
    from audit.validation_results group by run_id) as runs order by validated_at desc limit 24"""
# A run that was validated again has later results under ids with "#": only the last ones count.
_FINDINGS = """select distinct on (suite, split_part(expectation_id, '#', 1)) *
    from audit.validation_results where run_id = %(run_id)s
    order by suite, split_part(expectation_id, '#', 1), validated_at desc"""
_DUMPS = "select * from raw.dump_files order by coalesce(ended_at, started_at) desc nulls first, url limit 200"
_DUMP_TOTALS = """select count(*) as files, sum(records_read) filter (where status = 'loaded') as records_read,
    sum(loaded) filter (where status = 'loaded') as loaded,
    sum(duplicates) filter (where status = 'loaded') as duplicates,
    sum(filtered) filter (where status = 'loaded') as filtered,
    sum(rejected) filter (where status = 'loaded') as rejected from raw.dump_files"""
_REJECTED = "select reason, count(*) as records from raw.rejected_records group by reason order by 2 desc, 1"
