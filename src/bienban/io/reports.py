"""The static reports: what was read, checked and published, as pages that open without the net.

Everything printed comes from the warehouse and may hold article text, so templates escape all of it,
pages carry no script, and their policy forbids fetching anything.

Not here: Great Expectations' Data Docs (``data_docs.py``), the documentation of the models (``dbt.py``).
"""

import json
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from psycopg import Connection
from psycopg.rows import dict_row

from bienban.identity import VIETNAM
from bienban.io.database import connect
from bienban.io.map_page import map_facts
from bienban.settings import settings

_LINKS = (("Map", "map.html"), ("Data Docs", "data_docs/index.html"), ("Models (dbt docs)", "dbt/index.html"))


def write_reports() -> dict[str, Any]:
    """Write ``index.html`` and ``map.html`` into the reports; returns where the first is and its version."""
    folder = settings().reports
    folder.mkdir(parents=True, exist_ok=True)
    with connect("auditor") as connection:
        told = _overview(connection)
        _write(folder / "map.html", _environment().get_template("map.html.j2").render(told | map_facts(connection)))
    told["links"] = [(name, address) for name, address in _LINKS if (folder / address).exists()]
    index = folder / "index.html"
    _write(index, _environment().get_template("index.html.j2").render(told))
    return {"index": str(index), "version": told["current"]["version"] if told["current"] else None}


def _overview(connection: Connection) -> dict[str, Any]:
    versions = [_with_sums(each) for each in _rows(connection, _VERSIONS)]
    current = next((each for each in versions if each["is_current"]), None)
    pins = _rows(connection, _PIN, version=current["version"]) if current else []
    runs = _rows(connection, _RUNS)
    validated = _rows(connection, _LAST_VALIDATION)
    findings = _rows(connection, _FINDINGS, **validated[0]) if validated else []
    return {
        "written_at": datetime.now(VIETNAM),
        "package_version": version("bienban"),
        "versions": versions,
        "current": current,
        "pinned": bool(pins) and pins[0]["event"] == "pinned",
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


def _write(page: Path, content: str) -> None:
    draft = page.with_suffix(".new")
    draft.write_text(content, encoding="utf-8")
    draft.replace(page)  # a reader never opens half a page


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bienban", "reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {
        "number": lambda value: "–" if value is None else f"{value:,}",
        "short": _short,
        "moment": lambda value: "–" if value is None else value.astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M"),
        "points": lambda each, table: (f"v{each['version']}", each["row_counts"].get(table, 0)),
        "line": lambda row: row if isinstance(row, str) else json.dumps(row, ensure_ascii=False),
    }
    return environment


def _short(value: int) -> str:
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if value >= 10 * size:
            return f"{value / size:,.0f}{letter}"
    return f"{value:,}"


_VERSIONS = "select * from audit.published_versions order by version desc limit 12"
_PIN = "select event from audit.pin_events where version = %(version)s order by event_id desc limit 1"
_RUNS = "select * from audit.pipeline_runs order by started_at desc limit 12"
_RAW_COUNTS = """select (select count(*) from raw.articles) as articles,
    (select count(*) from raw.extractions where is_current and is_meeting_report) as reports"""
_LAST_VALIDATION = """select run_id, max(validated_at) as validated_at from audit.validation_results
    group by run_id order by 2 desc limit 1"""
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
