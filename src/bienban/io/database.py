"""Connections to the warehouse, one database role each, and the lock between raw's writers and builds.

Not here: roles and grants (``roles.py``), tables (``migrations/``), what is written (``loader.py`` …).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, LiteralString

import numpy as np
import numpy.typing as npt
import psycopg
from psycopg import Connection, sql

from bienban.settings import Settings, settings

# Advisory lock: writers of raw share it per transaction, a build holds it alone while it reads raw.
RAW_WRITERS = 0x6269656E62616E
_ONE_WRITER = 0x6269656E62616D

_CONNECT_TIMEOUT = 10  # seconds
_BINARY_HEAD, _BINARY_END = b"PGCOPY\n\xff\r\n\x00" + bytes(8), b"\xff\xff"


class DatabaseError(RuntimeError):
    """The warehouse cannot be reached; the message says where and what to do."""


def connect(role: str, *, autocommit: bool = False, config: Settings | None = None) -> Connection:
    """A connection as ``bienban_<role>``. Raises DatabaseError when the server does not answer."""
    try:
        return psycopg.connect(
            (config or settings()).dsn(role),
            autocommit=autocommit,
            connect_timeout=_CONNECT_TIMEOUT,
            application_name=f"bienban {role}",
            # Days of timestamps are days in Vietnam, whatever the server thinks.
            options="-c timezone=Asia/Ho_Chi_Minh",
        )
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1] if str(error).strip() else "no answer"
        raise DatabaseError(
            f"cannot reach the warehouse as bienban_{role}: {reason}. Start it with `make dsn ROLE={role}`"
        ) from error


@contextmanager
def transaction(role: str) -> Iterator[Connection]:
    """One transaction as ``role``: committed at the end, rolled back on an error."""
    with connect(role) as connection:
        yield connection


@contextmanager
def raw_transaction(connection: Connection) -> Iterator[None]:
    """One transaction that writes raw: waits for a running build, makes the next one wait.

    Writers take turns here; what takes time (reading, extracting) belongs before it. Two that met the same
    article could not see each other's choice, and would lock its rows in different orders.
    """
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock_shared(%s)", (RAW_WRITERS,))
        connection.execute("select pg_advisory_xact_lock(%s)", (_ONE_WRITER,))
        yield


@contextmanager
def build_lock(role: str = "validator") -> Iterator[Connection]:
    """Hold raw still: no writer's transaction is open or starts until the block ends.

    The lock belongs to the yielded connection's session, so it is free again when the process dies.
    """
    with connect(role, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", (RAW_WRITERS,))
        try:
            yield connection
        finally:
            connection.execute("select pg_advisory_unlock(%s)", (RAW_WRITERS,))


def copy_rows(
    connection: Connection, table: LiteralString, columns: tuple[str, ...], rows: Iterator[tuple[object, ...]]
) -> int:
    """COPY ``rows`` into ``table``; the number written."""
    target = sql.SQL("copy {} ({}) from stdin").format(sql.SQL(table), sql.SQL(", ").join(map(sql.Identifier, columns)))
    written = 0
    with connection.cursor() as cursor, cursor.copy(target) as copy:
        for row in rows:
            copy.write_row(row)
            written += 1
    return written


def copy_fixed(connection: Connection, table: LiteralString, columns: Mapping[str, npt.NDArray[Any]]) -> None:
    """COPY columns of values that each have one width, as PostgreSQL sends them: big endian numbers, bytes (``V``)."""
    fields: list[tuple[str, Any]] = [("fields", ">i2")]
    for name, values in columns.items():
        fields += (f"size of {name}", ">i4"), (name, values.dtype)
    rows = np.empty(len(next(iter(columns.values()))), fields)
    rows["fields"] = len(columns)
    for name, values in columns.items():
        rows[f"size of {name}"], rows[name] = values.dtype.itemsize, values
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    target = sql.SQL("copy {} ({}) from stdin (format binary)").format(sql.SQL(table), names)
    with connection.cursor() as cursor, cursor.copy(target) as copy:
        copy.write(_BINARY_HEAD + rows.tobytes() + _BINARY_END)
