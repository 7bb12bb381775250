"""From ``marts_candidate`` to ``marts``: numbered versions, written in one transaction, and back again.

``marts.<table>`` are plain tables that are never renamed or dropped: a publication deletes and inserts
the rows that differ and adds the version's row in the same transaction, so that a reader in a snapshot
sees one whole version. The measurements behind this: ``docs/decisions/publication.md``.

Not here: who asks for approval and when (``jobs.py``), the checks before (``gate.py``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection, IsolationLevel
from psycopg.types.json import Jsonb

from bienban.io import audit_chain, mart_changes, mart_fingerprints, mart_indexes, mart_shapes
from bienban.io.database import connect
from bienban.io.mart_changes import Change
from bienban.io.mart_shapes import CANDIDATE, MARTS, MartTable, PublicationRefused
from bienban.io.mart_take_downs import forget_taken_down
from bienban.io.runs import finish_run, raw_changed_after

KEPT_VERSIONS = 5  # publications that a rollback can restore, besides the newest one
LOCK_TIMEOUT = "20s"

_LOCK = 0x70756226  # one publication at a time


def publish_candidate(run_id: str, approved_by: str, approval: str, note: str | None = None) -> dict[str, Any]:
    """Make the candidate the current version; ``approval`` is "auto" or "asked", ``note`` what the person said.

    Returns ``status`` ("published", or "unchanged" with a ``reason``), ``version``,
    ``previous_version``, ``row_counts`` per table, ``changes`` (inserted, updated, deleted per
    table that changed) and ``chain``, the hash of the version's link (none when unchanged). The same
    run again returns what it published. Raises PublicationRefused.
    """
    with _publication() as connection:
        done = _version_of_run(connection, run_id)
        if done is not None:
            return done
        _refuse_what_the_gate_refused(connection, run_id)
        current = current_version(connection)
        if current is not None and _pin_holds(connection, current):
            return _unchanged(connection, run_id, current, "pinned by a rollback, and raw has no news")
        candidate = mart_shapes.read_tables(connection, CANDIDATE)
        if not candidate:
            raise PublicationRefused("marts_candidate has no tables: build it first")
        version = _next_version(connection)
        changes = _take_over(connection, candidate, version)
        if all(change.is_empty for change in changes) and current is not None:
            return _unchanged(connection, run_id, current, "the candidate equals the published version")
        return _record(connection, version, current, run_id, approved_by, approval, changes, note=note)


def rollback(version: int, approved_by: str = "operator", run_id: str | None = None) -> dict[str, Any]:
    """Publish one of the last five versions again, under a new number, and pin it.

    It stays until a run with newer raw data publishes, or until ``unpin``. Returns the same as
    ``publish_candidate`` and ``restored_version``. Raises PublicationRefused when it is not kept.
    """
    run = run_id or f"rollback__{datetime.now(UTC).isoformat(timespec='milliseconds')}"
    with _publication() as connection:
        done = _version_of_run(connection, run)
        if done is not None:
            return done
        current = current_version(connection)
        kept = restorable_versions(connection)
        if current is None or version not in kept:
            choice = ", ".join(map(str, kept)) or "none yet"
            raise PublicationRefused(f"version {version} cannot be restored; kept besides the current one: {choice}")
        number = _next_version(connection)
        tables = list(mart_shapes.read_tables(connection, MARTS).values())
        forget_taken_down(connection, tables)
        changes = []
        for table in tables:
            change = mart_changes.compare_with_version(connection, table, version)
            if not change.is_empty:
                mart_changes.apply(connection, change, number, restored=version)
            changes.append(change)
        outcome = _record(connection, number, current, run, approved_by, "asked", changes, restored=version)
        event = connection.execute(
            """insert into audit.pin_events (version, event, raw_watermark, decided_by)
            values (
                %s, 'pinned', coalesce((select max(raw_watermark) from audit.pipeline_runs), clock_timestamp()), %s
            ) returning event_id""",
            (number, approved_by),
        ).fetchone()
        audit_chain.append(connection, "pin", *event or ())
        return outcome


def unpin(decided_by: str) -> dict[str, Any]:
    """Let the next build go on from a pinned version. Raises PublicationRefused when none is pinned."""
    with _publication() as connection:
        current = current_version(connection)
        if current is None or _pinned_watermark(connection, current) is None:
            raise PublicationRefused("the current version is not pinned")
        event = connection.execute(
            "insert into audit.pin_events (version, event, decided_by) values (%s, 'unpinned', %s) returning event_id",
            (current, decided_by),
        ).fetchone()
        audit_chain.append(connection, "pin", *event or ())
        return {"version": current, "pinned": False}


def current_version(connection: Connection) -> int | None:
    """The number of the version that readers see."""
    row = connection.execute("select version from audit.published_versions where is_current").fetchone()
    return None if row is None else int(row[0])


def restorable_versions(connection: Connection) -> list[int]:
    """What ``rollback`` accepts, newest first: five publications, and the rollbacks that came after them."""
    rows = connection.execute(
        "select version from audit.published_versions where not is_current and version >= %s order by version desc",
        (_oldest_kept(connection),),
    )
    return [int(version) for (version,) in rows]


_APPLIED_CORRECTIONS = """
insert into audit.corrections (
    correction_id, table_name, record_key, column_name, old_value, new_value, decided_by, reason
)
select correction_id, table_name, record_key, column_name, old_value, new_value, decided_by, reason
from marts.dim_corrections where state = 'applied'
on conflict do nothing returning correction_id
"""


@contextmanager
def _publication() -> Iterator[Connection]:
    """One transaction in one snapshot, alone. The locks are taken before the snapshot, not inside it."""
    with connect("publisher", autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", (_LOCK,))
        connection.execute("select pg_advisory_lock(%s)", (audit_chain.CHAIN_LOCK,))
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        with connection.transaction():
            # A new column waits for running queries and makes later ones wait: give up before they notice.
            connection.execute("select set_config('lock_timeout', %s, true)", (LOCK_TIMEOUT,))
            # Enough for the keys and hashes of five million rows; a smaller table takes what it needs.
            connection.execute("set local work_mem = '256MB'")
            yield connection


def _refuse_what_the_gate_refused(connection: Connection, run_id: str) -> None:
    """The publishing task can be started alone by hand; the last validation of its run counts nevertheless."""
    row = connection.execute(
        """select count(*) from (
            select success, severity, rank() over (
                order by coalesce(nullif(split_part(expectation_id, '#', 2), '')::integer, 1) desc
            ) as age
            from audit.validation_results where run_id = %s
        ) as results where age = 1 and severity = 'critical' and not success""",
        (run_id,),
    ).fetchone()
    if row and row[0]:
        raise PublicationRefused(f"the gate refused the candidate of {run_id}: {row[0]} critical expectations failed")


def _take_over(connection: Connection, candidate: dict[str, MartTable], version: int) -> list[Change]:
    published = mart_shapes.read_tables(connection, MARTS)
    new = mart_shapes.follow_shapes(connection, candidate, published)
    changes = [mart_changes.fill(connection, table, version) for table in new.values()]
    mart_shapes.add_keys(connection, new)
    mart_indexes.make_indexes(connection, candidate)
    pending = [
        mart_changes.compare_with_candidate(connection, table) for name, table in candidate.items() if name not in new
    ]
    for change in pending:
        if not change.is_empty:
            mart_changes.retire_keys(connection, change, version, "the facts of its key changed, or it merged")
            mart_changes.apply(connection, change, version)
    return changes + pending


def _record(
    connection: Connection,
    version: int,
    previous: int | None,
    run_id: str,
    approved_by: str,
    approval: str,
    changes: list[Change],
    restored: int | None = None,
    note: str | None = None,
) -> dict[str, Any]:
    counts = {change.table.name: mart_changes.count(connection, change.table) for change in changes}
    changed = {change.table.name: change.counts() for change in changes if not change.is_empty}
    connection.execute(
        """insert into audit.published_versions
        (version, run_id, approved_by, approval, approval_note, row_counts, fingerprints, previous_version, is_current,
        changes, restored_version) values (%s, %s, %s, %s, %s, %s, %s, %s, false, %s, %s)""",
        (
            version, run_id, approved_by, approval, note, Jsonb(counts), Jsonb(mart_fingerprints.take(connection)),
            previous, Jsonb(changed), restored,
        ),
    )  # fmt: skip
    _note_shown_articles(connection, version)
    for decision in _note_corrections(connection):
        audit_chain.append(connection, "correction", decision)
    forget_taken_down(connection, [change.table for change in changes])
    connection.execute("select audit.make_current(%s)", (version,))
    oldest = _oldest_kept(connection)
    for change in changes:
        mart_changes.prune(connection, change.table, oldest)
    _finish_run(connection, run_id, "published")
    audit_chain.append(connection, "shown_articles", version)
    audit_chain.append(connection, "retired_keys", version)
    head = audit_chain.append(connection, "version", version)
    return _outcome(version, previous, counts, changed, restored, head)


def _note_shown_articles(connection: Connection, version: int) -> None:
    """Which articles this version shows for the first time ever: what freshness is told by."""
    if connection.execute("select to_regclass('marts.dim_articles')").fetchone() != (None,):
        connection.execute(
            # Never `not exists`: a table without statistics is looked through anew for each row that this puts there.
            """insert into audit.shown_articles select article_id, %s from (
                select article_id from marts.dim_articles except select article_id from audit.shown_articles
            ) as first_shown""",
            (version,),
        )


def _note_corrections(connection: Connection) -> list[str]:
    """What people decided and this version is the first to apply, for the audit; returns the new decisions."""
    if connection.execute("select to_regclass('marts.dim_corrections')").fetchone() == (None,):
        return []
    return sorted(str(decision) for (decision,) in connection.execute(_APPLIED_CORRECTIONS))


def _oldest_kept(connection: Connection) -> int:
    # Rollbacks do not count: going back and forth must not push out what one may want to go back to.
    row = connection.execute(
        """select coalesce(min(version), 1) from (
            select version from audit.published_versions where restored_version is null
            order by version desc limit %s
        ) as newest""",
        (KEPT_VERSIONS + 1,),
    ).fetchone()
    assert row is not None
    return int(row[0])


def _outcome(
    version: int, previous: int | None, counts: dict[str, int], changes: dict[str, Any], restored: int | None, link: str
) -> dict[str, Any]:
    outcome = {"status": "published", "version": version, "previous_version": previous, "chain": link}
    outcome |= {"row_counts": counts, "changes": changes}
    return outcome if restored is None else outcome | {"restored_version": restored}


def _unchanged(connection: Connection, run_id: str, current: int, reason: str) -> dict[str, Any]:
    row = connection.execute(
        "select previous_version, row_counts from audit.published_versions where version = %s", (current,)
    ).fetchone()
    assert row is not None
    _finish_run(connection, run_id, "unchanged")
    return {
        "status": "unchanged",
        "reason": reason,
        "version": current,
        "previous_version": row[0],
        "row_counts": row[1],
        "changes": {},
    }


def _version_of_run(connection: Connection, run_id: str) -> dict[str, Any] | None:
    """A task that was killed after its commit runs again: it finds its own version."""
    row = connection.execute(
        """select version, previous_version, row_counts, changes, restored_version, link_sha256
        from audit.published_versions join audit.chain on kind = 'version' and subject = version::text
        where run_id = %s order by version desc limit 1""",
        (run_id,),
    ).fetchone()
    return None if row is None else _outcome(*row)


def _next_version(connection: Connection) -> int:
    row = connection.execute("select coalesce(max(version), 0) + 1 from audit.published_versions").fetchone()
    assert row is not None
    return int(row[0])


def _pin_holds(connection: Connection, current: int) -> bool:
    watermark = _pinned_watermark(connection, current)
    if watermark is None:
        return False
    with connect("validator") as reader:  # the publisher itself cannot read raw
        return not raw_changed_after(reader, watermark)


def _pinned_watermark(connection: Connection, version: int) -> datetime | None:
    """Up to when builds had seen raw when ``version`` was pinned; None: it is not pinned."""
    row = connection.execute(
        "select event, raw_watermark from audit.pin_events where version = %s order by event_id desc limit 1",
        (version,),
    ).fetchone()
    return None if row is None or row[0] == "unpinned" else row[1]


def _finish_run(connection: Connection, run_id: str, status: str) -> None:
    """In the publication's own transaction: a killed publisher leaves no run that published unawares."""
    known = connection.execute("select 1 from audit.pipeline_runs where run_id = %s", (run_id,)).fetchone()
    if known:
        finish_run(connection, run_id, status)
