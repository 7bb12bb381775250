"""Whether tables that dbt makes part by part may go on from what they hold.

Beside each of them stands a table of fingerprints, written in one transaction with it.
They tell what rows were made from, not by which models: the comment of the schema tells that. Other models, macros,
seeds or another register, and everything is made anew.

Not here: how parts are found and made (``dbt_project/materializations/increments.sql``).
"""

import hashlib
from importlib.metadata import version
from pathlib import Path

from psycopg import Connection, sql

_PREFIX = "made__"
_SHAPING = frozenset({".sql", ".yml", ".csv"})


def forget_what_others_made(connection: Connection, project: Path) -> bool:
    """Drop all fingerprints when the tables were made by another state of ``project``; whether it was so.

    One transaction: whatever happens to the build that follows, nothing older is trusted again.
    """
    mark = f"sha256:{project_sha256(project)}"
    with connection.transaction():
        row = connection.execute("select obj_description('intermediate'::regnamespace, 'pg_namespace')").fetchone()
        if row is not None and row[0] == mark:
            return False
        names = connection.execute(
            "select tablename from pg_tables where schemaname = 'intermediate' and starts_with(tablename, %s)",
            (_PREFIX,),
        ).fetchall()
        for (name,) in names:
            connection.execute(sql.SQL("drop table {}").format(sql.Identifier("intermediate", name)))
        connection.execute(sql.SQL("comment on schema intermediate is {}").format(sql.Literal(mark)))
    return True


def project_sha256(project: Path) -> str:
    """64 hex over everything in the dbt project that shapes rows: models, macros, properties, seeds, register."""
    digest = hashlib.sha256(version("dbt-core").encode())
    for file in sorted(path for path in project.rglob("*") if path.suffix in _SHAPING):
        digest.update(f"{file.relative_to(project)}\0".encode() + file.read_bytes())
    return digest.hexdigest()
