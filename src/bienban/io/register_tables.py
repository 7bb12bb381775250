"""The register's CSV files as tables of ``staging``: copied when they changed, left alone otherwise.

dbt's own seed command needs 16 s for 14,000 rows; COPY needs 0.2 s. The table's comment holds the hash
of what it was made from, so any home and any server knows by itself whether it is up to date.

Not here: how the CSV files are made (``bienban.register``), what dbt makes of the tables.
"""

import hashlib
from pathlib import Path

from psycopg import Connection, sql

# Columns as the CSV files name them; values are ISO days, plain decimals, true/false; empty means null.
_TABLES: dict[str, dict[str, str]] = {
    "units": {
        "unit_id": "text not null",
        "unit_code": "text",
        "unit_name": "text not null",
        "unit_name_ascii": "text not null",
        "unit_kind": "text not null",
        "unit_level": "text not null",
        "parent_unit_id": "text",
        "province_unit_id": "text",
        "province_name": "text",
        "valid_from": "date",
        "valid_to": "date",
        "validity_basis": "text not null",
        "latitude": "numeric(9,6)",
        "longitude": "numeric(9,6)",
    },
    "unit_successions": {
        "predecessor_unit_id": "text not null",
        "successor_unit_id": "text not null",
        "effective_on": "date not null",
        "is_main": "boolean not null",
        "is_whole": "boolean not null",
        "share": "numeric(13,12) not null",
        "legal_act": "text not null",
    },
}


def load_register_tables(connection: Connection, folder: Path) -> dict[str, int]:
    """Copy ``<folder>/units.csv`` and ``unit_successions.csv`` into ``staging.register_*``.

    Returns the rows copied, by table; 0 for a table that was up to date. One transaction per table.
    Raises FileNotFoundError, or a psycopg.Error that names file line and column.
    """
    return {name: _load(connection, name, folder / f"{name}.csv") for name in _TABLES}


def _load(connection: Connection, name: str, file: Path) -> int:
    content = file.read_bytes()
    columns = _TABLES[name]
    mark = "sha256:" + hashlib.sha256(repr(columns).encode() + content).hexdigest()
    table = sql.Identifier("staging", f"register_{name}")
    with connection.transaction():
        found = connection.execute(
            "select obj_description(to_regclass(%s), 'pg_class')", (f"staging.register_{name}",)
        ).fetchone()
        if found is not None and found[0] == mark:
            return 0
        # Cascade: only dbt's staging views look at it, and the build that follows makes them again.
        connection.execute(sql.SQL("drop table if exists {} cascade").format(table))
        declared = sql.SQL(", ").join(sql.SQL(f"{column} {kind}") for column, kind in columns.items())
        connection.execute(sql.SQL("create table {} ({})").format(table, declared))
        with connection.cursor() as cursor:
            statement = sql.SQL("copy {} from stdin (format csv, header match)").format(table)
            with cursor.copy(statement) as copy:
                copy.write(content)
            rows = cursor.rowcount
        connection.execute(sql.SQL("analyze {}").format(table))
        connection.execute(sql.SQL("comment on table {} is {}").format(table, sql.Literal(mark)))
    return rows
