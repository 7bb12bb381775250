"""The rows of ``audit.pipeline_runs``, and whether raw holds anything that no publication has seen."""

from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from psycopg import Connection

from bienban.io import audit_chain
from bienban.io.database import RAW_WRITERS

_SEEN = """
select coalesce(max(raw_watermark), '-infinity') from audit.pipeline_runs where status in ('published', 'unchanged')
"""
# Pending and failed files hold nothing yet; an extraction that is dropped moves its article.
_CHANGED = """
select exists (select from raw.articles where changed_at > w.watermark)
    or exists (select from raw.extractions where extracted_at > w.watermark)
    or exists (select from raw.dump_files where changed_at > w.watermark and status in ('loaded', 'withdrawn'))
from (select ({}) as watermark) as w
"""
_START = """
insert into audit.pipeline_runs (
    run_id, dag_id, started_at, status, dump_files, articles, raw_watermark,
    extractor_version, dbt_version, code_version
)
select
    %(run_id)s, %(dag_id)s, clock_timestamp(), 'running',
    (select count(*) from raw.dump_files where status = 'loaded'), (select count(*) from raw.articles),
    clock_timestamp(), %(extractor_version)s, %(dbt_version)s, %(code_version)s
on conflict (run_id) do nothing
"""


def raw_is_newer(connection: Connection) -> bool:
    """Some raw change is later than what every published or unchanged build has seen."""
    row = connection.execute(_CHANGED.format(_SEEN)).fetchone()
    return bool(row and row[0])


def raw_changed_after(connection: Connection, watermark: datetime) -> bool:
    """Some raw change is later than ``watermark``. For every role that reads raw."""
    row = connection.execute(_CHANGED.format("%s::timestamptz"), (watermark,)).fetchone()
    return bool(row and row[0])


def start_run(connection: Connection, run_id: str, dag_id: str, extractor_version: str) -> dict[str, str]:
    """Write the run down as running, its watermark taken while no writer of raw is at work.

    A run that is tried again keeps its first watermark: what came later is built, and seen as new once more.
    """
    values = {"run_id": run_id, "dag_id": dag_id, "extractor_version": extractor_version}
    versions = {"dbt_version": _version("dbt-core"), "code_version": _version("bienban")}
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", (RAW_WRITERS,))
        connection.execute(_START, values | versions)
        row = connection.execute(
            "select raw_watermark from audit.pipeline_runs where run_id = %s", (run_id,)
        ).fetchone()
    assert row is not None
    return {"run_id": run_id, "raw_watermark": row[0].isoformat()}


def finish_run(connection: Connection, run_id: str, status: str) -> None:
    """End the run: published, unchanged, refused or failed. A run that ended well stays so.

    Raises psycopg.errors.RaiseException when the run is unknown or ended well as something else.
    """
    with connection.transaction():
        connection.execute("select audit.finish_run(%s, %s)", (run_id, status))
        audit_chain.append(connection, "run", run_id)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
