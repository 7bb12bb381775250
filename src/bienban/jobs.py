"""What DAGs call: the steps with I/O. All take and return small JSON-able values: ids and counts.

Not here: what a step does (``bienban.io``), in which order (``dags/``).
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from psycopg import Connection, IsolationLevel

from bienban.io import (
    clusters,
    dbt,
    extraction_store,
    gate,
    landing,
    loader,
    parts,
    provenance,
    publisher,
    removal,
    reports,
    review,
    runs,
)
from bienban.io import summary as summaries
from bienban.io import verify as verification
from bienban.io.database import build_lock, connect
from bienban.io.dump_files import DumpFile, find_dump_files, register, registered
from bienban.io.gate import GateRefused
from bienban.io.landing import LandingStale
from bienban.io.mart_shapes import PublicationRefused
from bienban.io.migrate import prepare_warehouse
from bienban.io.readers import SourceError
from bienban.io.report_mirror import mirror
from bienban.io.stores import with_connections
from bienban.review_scores import Estimate
from bienban.settings import settings

__all__ = [
    "GateRefused",
    "LandingStale",
    "LoadError",
    "NotApproved",
    "PublicationRefused",
    "build_candidate",
    "check_landing",
    "discover",
    "draw_review",
    "extract_pending",
    "import_review",
    "load",
    "migrate",
    "needs_a_person",
    "publish_candidate",
    "raw_is_newer",
    "reextract",
    "rollback",
    "summary",
    "take_down",
    "trace",
    "unpin",
    "validate_candidate",
    "verify",
    "with_connections",
    "withdraw",
    "write_reports",
]

_SMALL_BYTES = 8 * 1024 * 1024
_BATCH_FILES = 500
_BATCH_BYTES = 64 * 1024 * 1024


class LoadError(RuntimeError):
    """Some dump files failed entirely; the others are loaded. The message names them."""


class NotApproved(RuntimeError):
    """A person, or nobody within the time, did not approve the publication."""


def migrate() -> None:
    """Roles, schemas, tables, comments and grants of the warehouse; harmless when they are there."""
    prepare_warehouse(settings(), settings().admin_dsn())


def discover(dumps: list[str] | None = None) -> list[dict[str, Any]]:
    """Register the files of ``dumps`` (paths or file URLs; None: the landing folder) that are not loaded yet.

    One item of keyword arguments of ``load`` per file, or per part of a large one; small files are put together.
    Raises SourceError naming a path that is missing.
    """
    files = find_dump_files(dumps if dumps is not None else [settings().landing])
    with connect("loader", autocommit=True) as connection:
        unfinished = register(connection, files)
        planned = parts.plan(connection, unfinished, settings().part_bytes)
    whole = [each for each in unfinished if each.dump_file_id not in planned]
    divided = [{"dump_file_ids": [name], "part": part} for name, found in planned.items() for part in found]
    return [{"dump_file_ids": batch} for batch in _batches(whole)] + divided


def load(dump_file_ids: list[str], part: int | None = None) -> dict[str, int]:
    """Load the files, or read one part of a large one; unchanged ones are not opened.

    Counts: dump_files, and the sums of the balance of what was loaded. Raises LoadError at the end when a file failed
    entirely.
    """
    with connect("loader", autocommit=True) as connection:
        files = registered(connection, dump_file_ids)
        if part is not None:
            return _load_part(connection, files, part)
        counts, failures = loader.load_files(connection, files)
    if failures:
        told = "\n".join(f"{url}: {error}" for url, error in failures.items())
        raise LoadError(f"{len(failures)} of {len(files)} dump files could not be read; the others are loaded.\n{told}")
    return {"dump_files": len(files), **counts}


def extract_pending(limit: int | None = None) -> dict[str, int]:
    """Find the near duplicates of new articles, then extract what has no extraction at all.

    Counts: compared, near_duplicates, extracted, failed, records per table.
    """
    from bienban.extract import extract
    from bienban.version import extractor_version

    with connect("loader", autocommit=True) as connection:
        near = clusters.cluster_new(connection)
        return near | extraction_store.extract_new(connection, extract, extractor_version(), limit)


def reextract() -> dict[str, int]:
    """Extract what the running version has not extracted yet. Counts as in ``extract_pending``."""
    from bienban.extract import extract
    from bienban.version import extractor_version

    with connect("loader", autocommit=True) as connection:
        return extraction_store.extract_outdated(connection, extract, extractor_version())


def check_landing(days: int) -> dict[str, Any]:
    """When raw last gained a new article. Raises LandingStale when that is ``days`` or more ago."""
    with connect("loader", autocommit=True) as connection:
        return landing.check(connection, days)


def raw_is_newer() -> bool:
    """Whether raw holds a change that no published or unchanged build has seen."""
    with connect("loader", autocommit=True) as connection:
        return runs.raw_is_newer(connection)


def build_candidate(run_id: str, *, full_refresh: bool = False) -> dict[str, Any]:
    """Run dbt into ``marts_candidate`` while raw is held still. Raises DbtError; the run is then marked failed."""
    from bienban.version import extractor_version

    with connect("loader", autocommit=True) as connection:
        runs.start_run(connection, run_id, "build_warehouse", extractor_version())
    try:
        with build_lock():
            return dbt.build_candidate(full_refresh)
    except Exception:
        _finish(run_id, "failed")
        raise


def validate_candidate(run_id: str) -> dict[str, Any]:
    """Run every expectation. Raises GateRefused when a critical one failed; the run is then marked refused."""
    try:
        return gate.validate_candidate(run_id)
    except GateRefused:
        _finish(run_id, "refused")
        raise


def needs_a_person(validated: dict[str, Any]) -> bool:
    """Whether failed warnings are put before a person: never with ``BIENBAN_APPROVE=auto``."""
    return settings().approve == "ask" and bool(validated["failed_warnings"])


def publish_candidate(run_id: str, answer: dict[str, Any] | None = None) -> dict[str, Any]:
    """Make the candidate the current version of ``marts``; ``status`` is published or unchanged.

    ``answer``: what Airflow hands over of a person's answer; None: nobody was asked.
    Raises NotApproved when the answer was no, PublicationRefused when readers would lose a table or column;
    the run is then marked refused.
    """
    if answer is None:
        return _publish(run_id, approved_by="auto", approval="auto")
    person = (answer.get("responded_by_user") or {}).get("name") or "nobody in time"
    note = (answer.get("params_input") or {}).get("note") or None
    if answer["chosen_options"] != ["Approve"]:
        _finish(run_id, "refused")
        raise NotApproved(f"not published: the answer of {person} was no" + (f" ({note})" if note else ""))
    return _publish(run_id, approved_by=person, approval="asked", note=note)


def rollback(version: int, decided_by: str, run_id: str | None) -> dict[str, Any]:
    """Publish one of the last five versions again and pin it until raw has news.

    Raises PublicationRefused when that version is not kept.
    """
    return publisher.rollback(version, decided_by, run_id)


def unpin(decided_by: str) -> dict[str, Any]:
    """Let builds go on from a version that a rollback pinned. Raises PublicationRefused when none is pinned."""
    return publisher.unpin(decided_by)


def write_reports() -> dict[str, Any]:
    """Write the static reports anew, and copy them to ``BIENBAN_REPORTS_URL``; returns where they are.

    Raises SourceError when they cannot be written there.
    """
    models = dbt.write_docs()
    told = {**reports.write_reports(), "dbt": str(models)}
    url = settings().reports_url
    return told | {"mirror": mirror(settings().reports, url)} if url else told


def withdraw(dump_file_id: str) -> dict[str, int]:
    """Take a wrong dump file out of everything at the next build. Raises RemovalError when it is unknown."""
    with connect("loader", autocommit=True) as connection:
        return removal.withdraw(connection, dump_file_id)


def take_down(article_id: str, reason: str) -> dict[str, int]:
    """Remove one article for good. Raises RemovalError when it is unknown."""
    with connect("loader", autocommit=True) as connection:
        return removal.take_down(connection, article_id, reason)


def trace(key: str) -> dict[str, Any]:
    """The chain behind a row of the marts, from its quote to the record in the dump. Raises UnknownKey."""
    with connect("auditor", autocommit=True) as connection:
        return provenance.trace(connection, key)


def verify(known_head: str | None = None) -> dict[str, Any]:
    """Check the chain over the audit and the rows of the marts: links, head, version, rows. Raises Broken."""
    with connect("auditor") as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        return asdict(verification.verify(connection, known_head))


def draw_review(size: int, seed: str, folder: Path) -> dict[str, Any]:
    """Draw a sample of the current version for a review by people and write its sheets. Raises ReviewError."""
    with connect("auditor", autocommit=True) as reader, connect("validator", autocommit=True) as writer:
        return review.draw_sample(reader, writer, size, seed, folder)


def import_review(sheet: Path, reviewer: str) -> tuple[str, list[Estimate]]:
    """Store the verdicts of a filled-in sheet; its sample and the estimates. Raises ReviewError."""
    with connect("validator", autocommit=True) as writer:
        return review.import_sheet(writer, sheet, reviewer)


def summary() -> dict[str, Any]:
    """What the warehouse holds and how the last run ended."""
    with connect("auditor", autocommit=True) as connection:
        return summaries.summary(connection)


def _load_part(connection: Connection, files: list[DumpFile], part: int) -> dict[str, int]:
    counts = dict.fromkeys(loader.COUNTS, 0)
    try:
        for each in files:
            counts = loader.load_part(connection, each, part)
    except SourceError as error:
        raise LoadError(f"part {part} could not be read: {error}") from error
    return {"dump_files": len(files), **counts}


def _publish(run_id: str, **approval: Any) -> dict[str, Any]:
    try:
        return publisher.publish_candidate(run_id, **approval)
    except PublicationRefused:
        _finish(run_id, "refused")
        raise


def _finish(run_id: str, status: str) -> None:
    with connect("loader", autocommit=True) as connection:
        runs.finish_run(connection, run_id, status)


def _batches(files: list[DumpFile]) -> list[list[str]]:
    """Large files alone, small ones together: a task for each of them would cost more than its loading."""
    batches: list[list[str]] = []
    size = 0
    for each in (each for each in files if each.weight < _SMALL_BYTES):
        if not batches or size + each.weight > _BATCH_BYTES or len(batches[-1]) >= _BATCH_FILES:
            batches.append([])
            size = 0
        batches[-1].append(each.dump_file_id)
        size += each.weight
    return batches + [[each.dump_file_id] for each in files if each.weight >= _SMALL_BYTES]
