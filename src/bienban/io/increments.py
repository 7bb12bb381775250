"""Whether tables that dbt makes part by part may go on from what they hold, and whether all of it was tested.

Beside each of them stands a table of the rows that changed since a build last ended well, written in one transaction
with the rows. They do not tell by which models, macros, seeds or register rows were made: the comment of the schema
tells that, and whether a build of this project ever ended well. Another project, and everything is made anew.

Not here: how parts are found and made (``dbt_project/materializations/increments.sql``).
"""

import hashlib
from importlib.metadata import version
from pathlib import Path

from psycopg import Connection, sql

_PREFIX = "changed__"
_SETTLED = " settled"  # a build of this project ended well: views and seeds stand, what stood then was tested
_SHAPING = frozenset({".sql", ".yml", ".csv"})


def begin_build(connection: Connection, project: Path, *, full_refresh: bool) -> bool:
    """Drop all notes of changes when the tables were made by another state of ``project`` or are to be made anew.

    Returns whether a build of this project ended well before and what it made may stay. One transaction: whatever
    happens to the build that follows, nothing older is trusted again.
    """
    mark = f"sha256:{project_sha256(project)}"
    with connection.transaction():
        row = connection.execute("select obj_description('intermediate'::regnamespace, 'pg_namespace')").fetchone()
        found = None if row is None else row[0]
        if found in (mark, mark + _SETTLED) and not full_refresh:
            return bool(found == mark + _SETTLED)
        for name in _notes(connection):
            connection.execute(sql.SQL("drop table {}").format(name))
        _mark(connection, mark)
    return False


def end_build(connection: Connection, project: Path) -> None:
    """The build ended well: what changed was made and tested."""
    with connection.transaction():
        for name in _notes(connection):
            connection.execute(sql.SQL("delete from {}").format(name))
        _mark(connection, f"sha256:{project_sha256(project)}{_SETTLED}")


def project_sha256(project: Path) -> str:
    """64 hex over everything in the dbt project that shapes rows: models, macros, properties, seeds, register."""
    digest = hashlib.sha256(version("dbt-core").encode())
    for file in sorted(path for path in project.rglob("*") if path.suffix in _SHAPING):
        digest.update(f"{file.relative_to(project)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _notes(connection: Connection) -> list[sql.Identifier]:
    names = connection.execute(
        "select tablename from pg_tables where schemaname = 'intermediate' and starts_with(tablename, %s)", (_PREFIX,)
    ).fetchall()
    return [sql.Identifier("intermediate", name) for (name,) in names]


def _mark(connection: Connection, mark: str) -> None:
    connection.execute(sql.SQL("comment on schema intermediate is {}").format(sql.Literal(mark)))
