"""The chain of hashes over the audit: each link seals some rows of it and the link before.

Every role may append, none but the owner can change or remove a link: a row that is edited, added or
removed behind the chain's back shows in ``verify``. Contents enter as hashes only, so that a take-down
breaks nothing. Whoever owns the database can rewrite all of it; the newest link's hash, kept elsewhere,
shows that too (``docs/decisions/tamper-evidence.md``).

Not here: the marts themselves (``mart_fingerprints.py``), what ``bienban verify`` tells (``verify.py``).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, LiteralString

import orjson
from psycopg import Connection, sql
from psycopg.types.json import Jsonb

from bienban.io import mart_fingerprints

CHAIN_LOCK = 0x636861696E  # one link at a time; a transaction with a snapshot takes it before
NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True, slots=True)
class Sealed:
    """Rows of the audit that one link seals."""

    table: str
    subject: LiteralString  # SQL: what the link is about
    columns: tuple[str, ...]
    condition: LiteralString = "true"  # rows that are not finished have no link yet


_ATTEMPT = "run_id || '#' || attempt"
_REVIEW = "sample_id || '#' || review"

SEALED = {
    "run": Sealed(
        "pipeline_runs",
        "run_id",
        (
            "run_id", "dag_id", "started_at", "ended_at", "status", "dump_files", "articles", "raw_watermark",
            "extractor_version", "dbt_version", "code_version",
        ),
        "status <> 'running'",
    ),
    "validation": Sealed(
        "validation_results",
        "run_id || '#' || coalesce(nullif(split_part(expectation_id, '#', 2), ''), '1')",
        (
            "expectation_id", "run_id", "suite", "table_name", "column_name", "expectation", "severity", "success",
            "observed_value", "unexpected_count", "sample_sha256", "notes", "data_docs_url", "validated_at",
        ),
    ),
    "measures": Sealed(
        "measures", _ATTEMPT, ("measure", "run_id", "attempt", "value", "floor", "ceiling", "learned_from")
    ),
    "reconciliation": Sealed("reconciliations", _ATTEMPT, ("step", "run_id", "attempt", "came", "went", "left_out")),
    "version": Sealed(
        "published_versions",
        "version::text",
        (
            "version", "run_id", "published_at", "approved_by", "approval", "approval_note", "row_counts",
            "fingerprints", "previous_version", "restored_version", "changes",
        ),
    ),
    "shown_articles": Sealed("shown_articles", "version::text", ("article_id", "version")),
    "retired_keys": Sealed("retired_keys", "version::text", ("table_name", "old_key", "new_key", "version", "reason")),
    "pin": Sealed(
        "pin_events", "event_id::text", ("event_id", "version", "event", "raw_watermark", "decided_by", "decided_at")
    ),
    "take_down": Sealed("take_downs", "article_sha256", ("article_sha256", "taken_down_at", "reason")),
    "correction": Sealed(
        "corrections",
        "correction_id",
        (
            "correction_id", "table_name", "record_key", "column_name", "old_value", "new_value", "decided_by",
            "reason", "applied_at",
        ),
    ),
    "review_sample": Sealed(
        "review_samples", "sample_id", ("sample_id", "row_kind", "row_key", "version", "stratum", "weight")
    ),
    "review": Sealed("review_verdicts", _REVIEW, ("row_key", "verdict", "wrong_fields", "reviewer", "reviewed_at")),
    "review_result": Sealed(
        "review_results",
        _REVIEW,
        (
            "row_kind", "field", "reviewed", "unclear", "estimate", "interval_low", "interval_high",
            "confidence_level",
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """One row of ``audit.chain``."""

    link: int
    kind: str
    subject: str
    content_sha256: str
    linked_at: datetime
    previous_sha256: str
    link_sha256: str

    def computed_sha256(self) -> str:
        """What ``link_sha256`` must be."""
        return canonical_sha256(
            [self.link, self.kind, self.subject, self.content_sha256, self.linked_at, self.previous_sha256]
        )


def append(connection: Connection, kind: str, subject: object) -> str:
    """Seal the rows of ``subject``, in the caller's transaction; the new head. Nothing to seal: the head as it is.

    A transaction whose snapshot is fixed must hold ``CHAIN_LOCK`` since before it.
    """
    connection.execute("select pg_advisory_xact_lock(%s)", (CHAIN_LOCK,))
    content = dict(contents(connection, kind, str(subject))).get(str(subject))
    number, head = head_of(connection)
    if content is None:
        return head
    now = connection.execute("select clock_timestamp()").fetchone()
    assert now is not None
    new = Link(number + 1, kind, str(subject), content, now[0], head, "")
    connection.execute(
        "insert into audit.chain values (%s, %s, %s, %s, %s, %s, %s)",
        (new.link, kind, new.subject, content, new.linked_at, head, new.computed_sha256()),
    )
    return new.computed_sha256()


def head_of(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest link; 0 and zeros while there is none."""
    row = connection.execute("select link, link_sha256 from audit.chain order by link desc limit 1").fetchone()
    return (0, NOTHING_BEFORE) if row is None else (int(row[0]), str(row[1]))


def links(connection: Connection) -> Iterator[Link]:
    """All links in their order."""
    for row in connection.execute(
        "select link, kind, subject, content_sha256, linked_at, previous_sha256, link_sha256"
        " from audit.chain order by link"
    ):
        yield Link(*row)


def contents(connection: Connection, kind: str, subject: str | None = None) -> Iterator[tuple[str, str]]:
    """What the rows of a kind hash to now, by subject (all, or one)."""
    sealed = SEALED[kind]
    query = sql.SQL("select {subject}, {columns} from {table} where {condition}{one} order by 1").format(
        subject=sql.SQL(sealed.subject),
        columns=sql.SQL(", ").join(map(sql.Identifier, sealed.columns)),
        table=sql.Identifier("audit", sealed.table),
        condition=sql.SQL(sealed.condition),
        one=sql.SQL("") if subject is None else sql.SQL(" and {} = {}").format(sql.SQL(sealed.subject), subject),
    )
    rows = connection.execute(query)
    for about, of_subject in groupby(rows, key=lambda row: str(row[0])):
        # Sorted here: the order of texts differs between servers, and a warehouse may move.
        digests = sorted(canonical_sha256(list(row[1:])) for row in of_subject)
        yield about, digests[0] if len(digests) == 1 else canonical_sha256(digests)


def adopt(connection: Connection) -> None:
    """Seal, as the owner, what stood in the audit before the chain began. A chain that has begun is left alone."""
    with connection.transaction():
        if head_of(connection)[0]:
            return
        connection.execute(
            "update audit.published_versions set fingerprints = %s where is_current",
            (Jsonb(mart_fingerprints.take(connection)),),
        )
        for kind in SEALED:
            for subject, _ in list(contents(connection, kind)):
                append(connection, kind, subject)


def canonical_sha256(value: Any) -> str:
    """64 hex over the value as JSON with sorted keys; moments in UTC, whatever the session's time zone."""
    return hashlib.sha256(orjson.dumps(_plain(value), option=orjson.OPT_SORT_KEYS)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)
