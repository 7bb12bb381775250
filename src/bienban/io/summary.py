"""What the warehouse holds, in numbers that a person wants to see after a run."""

from typing import Any, LiteralString

from psycopg import Connection

from bienban.io import audit_chain

_DUMP_FILES = """
select
    count(*) as dump_files,
    count(*) filter (where status = 'failed') as failed_files,
    count(*) filter (where status = 'withdrawn') as withdrawn_files,
    coalesce(sum(records_read), 0)::bigint as records_read,
    coalesce(sum(loaded), 0)::bigint as loaded,
    coalesce(sum(duplicates), 0)::bigint as duplicates,
    coalesce(sum(filtered), 0)::bigint as filtered,
    coalesce(sum(rejected), 0)::bigint as rejected
from raw.dump_files
"""
_RAW = """
select
    (select count(*) from raw.articles) as articles,
    (select count(*) from raw.extractions where is_current) as extractions,
    (select count(*) from raw.extractions where is_current and status = 'failed') as failed_extractions,
    (select count(*) from raw.extractions where is_current and is_meeting_report) as meeting_reports,
    (select count(*) from raw.figures as f inner join raw.extractions as e using (article_id, extractor_version)
        where e.is_current) as reported_figures
"""
_REASONS = "select reason, count(*) from raw.rejected_records group by reason order by count(*) desc, reason"
_FAILED = "select url, error from raw.dump_files where status = 'failed' order by url limit 20"
_VERSION = """
select version, published_at, row_counts, approval from audit.published_versions where is_current
"""
_LAST_RUN = (
    "select run_id, dag_id, status, started_at, ended_at from audit.pipeline_runs order by started_at desc limit 1"
)
_UNMATCHED = """
select kind, name, occurrences from audit.unmatched_names order by kind, occurrences desc, name
"""
_DISAGREEMENTS = "select count(*) from audit.disagreements"
_MOST_FREQUENT = 8
_VALIDATION = """
select count(*) as expectations, count(*) filter (where not success) as failed,
    count(*) filter (where not success and severity = 'critical') as failed_critical
from audit.validation_results where run_id = %s
"""


# Told by the identities of articles: how many the current version was the first to show, and what came last.
_FRESHNESS = """
select
    (select count(*) from audit.shown_articles where version = current.version) as new_articles,
    newest.version as last_new_version,
    newest.published_at as last_new_at
from audit.published_versions as current
left join lateral (
    select version, published_at from audit.published_versions
    where version = (select max(version) from audit.shown_articles)
) as newest on true
where current.is_current
"""


def summary(connection: Connection) -> dict[str, Any]:
    """Small JSON-able values: dump files and their balance, raw, reasons, the version, the last run and its checks."""
    last_run = _one(connection, _LAST_RUN)
    return {
        "dump_files": _one(connection, _DUMP_FILES),
        "raw": _one(connection, _RAW),
        "rejected": {row[0]: row[1] for row in connection.execute(_REASONS)},
        "failed": {row[0]: row[1] for row in connection.execute(_FAILED)},
        "version": _one(connection, _VERSION),
        "freshness": _one(connection, _FRESHNESS),
        "chain": dict(zip(("links", "head"), audit_chain.head_of(connection), strict=True)),
        "last_run": last_run,
        "units_with_meetings": _units(connection),
        "unmatched": _unmatched(connection),
        "disagreements": connection.execute(_DISAGREEMENTS).fetchall()[0][0],
        "validation": _one(connection, _VALIDATION, last_run["run_id"]) if last_run else None,
    }


def _unmatched(connection: Connection) -> dict[str, dict[str, Any]]:
    """By kind: how many names match nothing, and the most frequent of them with their counts."""
    found: dict[str, dict[str, Any]] = {}
    for kind, name, occurrences in connection.execute(_UNMATCHED):
        told = found.setdefault(kind, {"names": 0, "most_frequent": {}})
        told["names"] += 1
        if len(told["most_frequent"]) < _MOST_FREQUENT:
            told["most_frequent"][name] = occurrences
    return found


def _units(connection: Connection) -> int:
    """Units that published meetings belong to; 0 before the first publication."""
    if connection.execute("select to_regclass('marts.fct_meetings')").fetchone() == (None,):
        return 0
    row = connection.execute(
        "select count(distinct unit_key) from marts.fct_meetings where unit_key <> 'unknown'"
    ).fetchone()
    return int(row[0]) if row else 0


def _one(connection: Connection, query: LiteralString, *values: object) -> dict[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
        if row is None or cursor.description is None:
            return None
        return {column.name: _plain(value) for column, value in zip(cursor.description, row, strict=True)}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
