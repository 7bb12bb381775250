"""All rows of raw and marts without the moments at which something ran, to be compared row by row."""

from collections import Counter

import psycopg
from psycopg import sql

# Moments of the run itself, and what a killed run leaves in the trail of attempts.
_MOMENTS = {"loaded_at", "changed_at", "extracted_at", "started_at", "ended_at"}
_SCHEMAS = ("raw", "marts")

Tables = dict[str, Counter]


def read_tables(dsn: str) -> Tables:
    """Table name -> its rows as text, with how often each stands there."""
    with psycopg.connect(dsn) as connection:
        columns = connection.execute(
            """select table_schema, table_name, array_agg(column_name::text order by ordinal_position)
            from information_schema.columns where table_schema = any(%s) group by 1, 2""",
            (list(_SCHEMAS),),
        ).fetchall()
        return {
            f"{schema}.{table}": _rows(connection, schema, table, [name for name in names if name not in _MOMENTS])
            for schema, table, names in columns
        }


def differences(expected: Tables, found: Tables, shown: int = 3) -> list[str]:
    """What is missing and what is too much, in words; empty when equal."""
    told = []
    for table in sorted(expected.keys() | found.keys()):
        left, right = expected.get(table, Counter()), found.get(table, Counter())
        for word, rows in (("missing", left - right), ("too much", right - left)):
            if rows:
                told.append(f"{table}: {rows.total()} rows {word}, for instance {list(rows)[:shown]}")
    return told


def _rows(connection: psycopg.Connection, schema: str, table: str, columns: list[str]) -> Counter:
    query = sql.SQL("select row({})::text from {}").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(schema, table)
    )
    return Counter(row for (row,) in connection.execute(query))
