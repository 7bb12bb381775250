"""What the rows of the published marts hash to, table by table."""

from collections.abc import Iterable

from psycopg import Connection, sql

from bienban.io.mart_shapes import MARTS, MartTable, read_tables

# How a value is written must not depend on the session.
_ONE_WAY_TO_WRITE = (
    ("datestyle", "ISO, YMD"),
    ("timezone", "UTC"),
    ("intervalstyle", "iso_8601"),
    ("bytea_output", "hex"),
    ("extra_float_digits", "1"),
)
# Ordered by the rows' own hashes: the order of texts differs between servers.
_ROWS = """
select coalesce(encode(sha256(string_agg(hashed, ''::bytea order by hashed)), 'hex'), ''), count(*)
from (select sha256(convert_to(row({columns})::text, 'UTF8')) as hashed from {table}) as rows
"""


def take(connection: Connection) -> dict[str, str]:
    """Table -> 64 hex of the sha256 over its rows, whatever their order; "" for an empty table."""
    tables = read_tables(connection, MARTS).values()
    return {name: hashed for name, (hashed, _) in take_and_count(connection, tables).items()}


def take_and_count(connection: Connection, tables: Iterable[MartTable]) -> dict[str, tuple[str, int]]:
    """The same of some tables, with the number of rows. Columns count by name: their order is of no account."""
    with connection.transaction():
        before = {}
        for name, value in _ONE_WAY_TO_WRITE:
            row = connection.execute("select current_setting(%s), set_config(%s, %s, true)", (name, name, value))
            before[name] = (row.fetchone() or ("",))[0]
        found = {table.name: _of_table(connection, table) for table in tables}
        for name, value in before.items():
            connection.execute("select set_config(%s, %s, true)", (name, value))
        return found


def _of_table(connection: Connection, table: MartTable) -> tuple[str, int]:
    columns = sql.SQL(", ").join(sql.Identifier(column) for column in sorted(table.columns))
    query = sql.SQL(_ROWS).format(columns=columns, table=table.in_schema(MARTS))
    row = connection.execute(query).fetchone()
    return ("", 0) if row is None else (str(row[0]), int(row[1]))
