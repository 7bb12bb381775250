"""The tables of the marts: their columns, keys and comments, and how ``marts`` follows the candidate's.

A first publication creates a table like its candidate; later ones may add columns. Whatever would
break a reader (a column gone, another type, another key) is refused: it needs a new model version.

Not here: rows (``mart_changes.py``), indexes (``mart_indexes.py``), versions (``publisher.py``).
"""

from dataclasses import dataclass, field

from psycopg import Connection, sql

CANDIDATE, MARTS, HISTORY = "marts_candidate", "marts", "marts_history"


class PublicationRefused(RuntimeError):
    """The candidate cannot be published as it is; the message says what to change. Nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MartTable:
    """One table as it stands in one schema."""

    name: str
    columns: dict[str, str]  # name -> type as PostgreSQL writes it, in the table's order
    key: tuple[str, ...]  # the primary key's columns; empty: none declared
    comments: dict[str | None, str] = field(default_factory=dict)  # column -> words; None: the table's own

    @property
    def arrivals(self) -> str:
        """The history's table of rows that came with one of the kept versions."""
        return f"{self.name}__arrivals"

    def in_schema(self, schema: str) -> sql.Identifier:
        """The qualified name."""
        return sql.Identifier(schema, self.name)


def read_tables(connection: Connection, schema: str) -> dict[str, MartTable]:
    """The plain tables of ``schema`` by name. dbt's working tables (``…__dbt_…``) are none of them."""
    columns: dict[str, dict[str, str]] = {}
    keys: dict[str, tuple[str, ...]] = {}
    comments: dict[str, dict[str | None, str]] = {}
    for table, column, kind, comment in connection.execute(_COLUMNS, {"schema": schema}):
        columns.setdefault(table, {})[column] = kind
        if comment is not None:
            comments.setdefault(table, {})[column] = comment
    for table, key, comment in connection.execute(_TABLES, {"schema": schema}):
        keys[table] = tuple(key)
        if comment is not None:
            comments.setdefault(table, {})[None] = comment
    return {
        name: MartTable(name=name, columns=found, key=keys[name], comments=comments.get(name, {}))
        for name, found in columns.items()
    }


def follow_shapes(
    connection: Connection, candidate: dict[str, MartTable], published: dict[str, MartTable]
) -> dict[str, MartTable]:
    """Give ``marts`` and its history the candidate's tables and columns; return the tables that are new.

    Raises PublicationRefused for a change that readers could notice as a loss. New tables have no
    key yet: ``add_keys`` adds it once their rows are in.
    """
    _refuse_losses(candidate, published)
    for name, table in candidate.items():
        if name in published:
            _add_columns(connection, table, published[name])
        else:
            _create(connection, table)
        _describe(connection, table, published.get(name))
    return {name: table for name, table in candidate.items() if name not in published}


def add_keys(connection: Connection, new: dict[str, MartTable]) -> None:
    """Primary keys of new tables, and what the planner has to know of them at once."""
    for table in new.values():
        marts = table.in_schema(MARTS)
        connection.execute(sql.SQL("alter table {} add primary key ({})").format(marts, names(table.key)))
        connection.execute(sql.SQL("analyze {}").format(marts))


def names(columns: tuple[str, ...] | list[str], alias: str | None = None) -> sql.Composed:
    """``a, b`` or, with an alias, ``m.a, m.b``."""
    prefix = () if alias is None else (alias,)
    return sql.SQL(", ").join(sql.Identifier(*prefix, column) for column in columns)


def _refuse_losses(candidate: dict[str, MartTable], published: dict[str, MartTable]) -> None:
    faults = [f"{name}: no primary key is declared" for name, table in candidate.items() if not table.key]
    faults += [f"{name}: published, but no longer built" for name in published if name not in candidate]
    for name in candidate.keys() & published.keys():
        old, new = published[name], candidate[name]
        faults += [
            f"{name}.{column}: published, but no longer built" for column in old.columns.keys() - new.columns.keys()
        ]
        faults += [
            f"{name}.{column}: published as {kind}, built as {new.columns[column]}"
            for column, kind in old.columns.items()
            if new.columns.get(column, kind) != kind
        ]
        if new.key and set(new.key) != set(old.key):  # their order is a matter of lookups, not of what is one row
            faults.append(f"{name}: published with key ({', '.join(old.key)}), built with ({', '.join(new.key)})")
    if faults:
        raise PublicationRefused(
            "marts_candidate would break readers of marts; declare the key, or make a new model version "
            "and keep the old one for its deprecation period:\n  " + "\n  ".join(sorted(faults))
        )


def _create(connection: Connection, table: MartTable) -> None:
    source = table.in_schema(CANDIDATE)
    connection.execute(
        sql.SQL("create table {} (like {} including comments including storage)").format(table.in_schema(MARTS), source)
    )
    # Without not-null and keys: a row of an old version may lack a column that came later.
    columns = [sql.SQL("{} {}").format(sql.Identifier(c), sql.SQL(kind)) for c, kind in table.columns.items()]
    connection.execute(
        sql.SQL("create table {} ({}, version_from bigint not null, version_to bigint not null)").format(
            table.in_schema(HISTORY), sql.SQL(", ").join(columns)
        )
    )
    key = [sql.SQL("{} {}").format(sql.Identifier(c), sql.SQL(table.columns[c])) for c in table.key]
    arrivals = sql.Identifier(HISTORY, table.arrivals)
    connection.execute(
        sql.SQL("create table {} ({}, version bigint not null, primary key ({}))").format(
            arrivals, sql.SQL(", ").join(key), names(table.key)
        )
    )


def _add_columns(connection: Connection, table: MartTable, old: MartTable) -> None:
    for column, kind in table.columns.items():
        if column not in old.columns:
            for schema in (MARTS, HISTORY):
                connection.execute(
                    sql.SQL("alter table {} add column {} {}").format(
                        table.in_schema(schema), sql.Identifier(column), sql.SQL(kind)
                    )
                )


def _describe(connection: Connection, table: MartTable, old: MartTable | None) -> None:
    """Bring the comments of ``marts`` to the candidate's words (``like`` copies the columns' alone)."""
    known = old.comments if old is not None else {c: words for c, words in table.comments.items() if c is not None}
    for column in table.comments.keys() | known.keys():
        words = table.comments.get(column)
        if words == known.get(column):
            continue
        what = sql.SQL("table {}").format(table.in_schema(MARTS))
        if column is not None:
            what = sql.SQL("column {}").format(sql.Identifier(MARTS, table.name, column))
        connection.execute(sql.SQL("comment on {} is {}").format(what, sql.Literal(words)))


_COLUMNS = """
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum)
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = to_regnamespace(%(schema)s) and c.relkind = 'r' and c.relname not like '%%\\_\\_dbt\\_%%'
order by c.relname, a.attnum
"""
_TABLES = """
select c.relname, coalesce(array_agg(a.attname order by k.position) filter (where a.attname is not null), '{}'),
    obj_description(c.oid, 'pg_class')
from pg_class c
left join pg_index i on i.indrelid = c.oid and i.indisprimary
left join lateral unnest(i.indkey::int2[]) with ordinality k(attnum, position) on true
left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
where c.relnamespace = to_regnamespace(%(schema)s) and c.relkind = 'r' and c.relname not like '%%\\_\\_dbt\\_%%'
group by c.oid, c.relname
order by c.relname
"""
