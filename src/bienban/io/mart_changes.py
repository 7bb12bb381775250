"""What differs between two states of the marts, and how a difference is written and kept.

A change is a temporary table of keys: ``leaves`` (the row stands in ``marts`` and goes) and ``comes``
(a row of the source takes the place); both for a row with other values. What leaves is kept in
``marts_history.<table>`` with the versions it stood in, [version_from, version_to); what came with one
of the kept versions is noted in ``marts_history.<table>__arrivals``. A row without a note has stood
since before the oldest kept version. So any kept version can be told from the current one.

Everything here runs inside the publisher's transaction.
"""

from dataclasses import dataclass

from psycopg import Connection, sql

from bienban.io.mart_shapes import CANDIDATE, HISTORY, MARTS, MartTable, names

# Keys whose disappearance is explained to their users: the table and what ties an old row to its successor.
_TRACKED = {"fct_meetings": ("article_id",), "fct_metrics": ("article_id", "span_start", "span_end")}


@dataclass(frozen=True, slots=True)
class Change:
    """The pending change of one table; ``keys`` is the temporary table that holds it."""

    table: MartTable
    inserted: int
    updated: int
    deleted: int

    @property
    def keys(self) -> sql.Identifier:
        """The temporary table of keys with ``leaves`` and ``comes``."""
        return sql.Identifier(f"change_{self.table.name}")

    @property
    def is_empty(self) -> bool:
        """Whether the table stays as it is."""
        return not (self.inserted or self.updated or self.deleted)

    def counts(self) -> dict[str, int]:
        """For the audit."""
        return {"inserted": self.inserted, "updated": self.updated, "deleted": self.deleted}


def compare_with_candidate(connection: Connection, table: MartTable) -> Change:
    """The change that makes ``marts`` equal to the candidate: by key, over every column.

    Rows are compared by a hash of 64 bits over their columns: a join over the rows themselves would
    carry them all, and at five million figures it would go through disk (``docs/decisions/publication.md``).
    """
    return _change(
        connection,
        table,
        sql.SQL(
            """select {key_of_either}, m.hashed is not null as leaves, c.hashed is not null as comes
            from (select {key}, {row} as hashed from {marts}) as m
            full join (select {key}, {row} as hashed from {candidate}) as c on {same_key}
            where m.hashed is distinct from c.hashed"""
        ).format(
            key_of_either=_either(table, "m", "c"),
            key=names(table.key),
            row=_hashed_row(table),
            marts=table.in_schema(MARTS),
            candidate=table.in_schema(CANDIDATE),
            same_key=_same_key(table, "m", "c"),
        ),
    )


def compare_with_version(connection: Connection, table: MartTable, version: int) -> Change:
    """The change that brings back a kept version."""
    return _change(
        connection,
        table,
        sql.SQL(
            """select {key_of_either}, a.{first} is not null as leaves, h.{first} is not null as comes
            from (select * from {arrivals} where version > {version}) as a
            full join ({kept}) as h on {same_key}"""
        ).format(
            key_of_either=_either(table, "a", "h"),
            first=sql.Identifier(table.key[0]),
            arrivals=sql.Identifier(HISTORY, table.arrivals),
            version=version,
            kept=_kept(table, version),
            same_key=_same_key(table, "a", "h"),
        ),
    )


def fill(connection: Connection, table: MartTable, version: int) -> Change:
    """Copy the candidate into a new, empty table. No rows to compare, no index to keep up."""
    columns = names(list(table.columns))
    written = connection.execute(
        sql.SQL("insert into {} ({columns}) select {columns} from {}").format(
            table.in_schema(MARTS), table.in_schema(CANDIDATE), columns=columns
        )
    ).rowcount
    if version > 1:  # the first version is the oldest state: its rows need no note
        connection.execute(
            sql.SQL("insert into {} ({key}, version) select {key}, {} from {}").format(
                sql.Identifier(HISTORY, table.arrivals), version, table.in_schema(MARTS), key=names(table.key)
            )
        )
    return Change(table, written, 0, 0)


def apply(connection: Connection, change: Change, version: int, restored: int | None = None) -> None:
    """Write a change as ``version``; the rows come from the candidate or from a ``restored`` version."""
    table = change.table
    columns = list(table.columns)
    parts = {
        "marts": table.in_schema(MARTS),
        "history": table.in_schema(HISTORY),
        "arrivals": sql.Identifier(HISTORY, table.arrivals),
        "source": table.in_schema(CANDIDATE) if restored is None else sql.SQL("({})").format(_kept(table, restored)),
        "keys": change.keys,
        "columns": names(columns),
        "key": names(table.key),
        "version": sql.Literal(version),
        "old": names(columns, "m"),
        "new": names(columns, "s"),
        "same_mart": _same_key(table, "m", "k"),
        "same_arrival": _same_key(table, "a", "k"),
        "same_source": _same_key(table, "s", "k"),
        "noted": _same_key(table, "m", "a"),
    }
    for query in (_KEEP, _FORGET_ARRIVAL, _DELETE, _INSERT, _NOTE_ARRIVAL):
        connection.execute(sql.SQL(query).format(**parts))


def retire_keys(connection: Connection, change: Change, version: int, reason: str) -> int:
    """Note for users of a key that went which key has taken its place. Call it before ``apply``.

    The successor is the row whose evidence is the same: for a meeting the one that its report now
    belongs to (it may have merged into another), for a fact the one at the same place of the article.
    """
    table = change.table
    if table.name not in _TRACKED or not change.deleted:
        return 0
    key = sql.Identifier(table.key[0])
    ties = _TRACKED[table.name]
    successors = sql.Identifier(CANDIDATE, "bridge_meeting_articles" if table.name == "fct_meetings" else table.name)
    query = sql.SQL(
        """insert into audit.retired_keys (table_name, old_key, new_key, version, reason)
        select {name}, m.{key}, min(s.{key}), {version}, {reason}
        from {keys} as k join {marts} as m on m.{key} = k.{key} join {successors} as s on {tied}
        where k.leaves and not k.comes group by m.{key}"""
    ).format(
        name=table.name,
        key=key,
        version=version,
        reason=reason,
        keys=change.keys,
        marts=table.in_schema(MARTS),
        successors=successors,
        tied=sql.SQL(" and ").join(sql.SQL("s.{0} = m.{0}").format(sql.Identifier(tie)) for tie in ties),
    )
    return connection.execute(query).rowcount


def prune(connection: Connection, table: MartTable, oldest: int) -> None:
    """Forget what only versions before ``oldest`` need."""
    history, arrivals = table.in_schema(HISTORY), sql.Identifier(HISTORY, table.arrivals)
    connection.execute(sql.SQL("delete from {} where version_to <= {}").format(history, oldest))
    connection.execute(sql.SQL("delete from {} where version <= {}").format(arrivals, oldest))


def count(connection: Connection, table: MartTable) -> int:
    """Rows that stand in ``marts``."""
    row = connection.execute(sql.SQL("select count(*) from {}").format(table.in_schema(MARTS))).fetchone()
    return int(row[0]) if row else 0


def _change(connection: Connection, table: MartTable, query: sql.Composed) -> Change:
    keys = Change(table, 0, 0, 0).keys
    # `create table as` may use parallel workers for its query, `insert … select` may not.
    connection.execute(sql.SQL("create temporary table {} on commit drop as {}").format(keys, query))
    connection.execute(sql.SQL("analyze {}").format(keys))
    row = connection.execute(
        sql.SQL(
            """select count(*) filter (where not leaves), count(*) filter (where leaves and comes),
            count(*) filter (where not comes) from {}"""
        ).format(keys)
    ).fetchone()
    assert row is not None
    return Change(table, *row)


def _kept(table: MartTable, version: int) -> sql.Composed:
    return sql.SQL("select * from {} where version_from <= {v} and version_to > {v}").format(
        table.in_schema(HISTORY), v=version
    )


def _either(table: MartTable, left: str, right: str) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.SQL("coalesce({}, {}) as {}").format(sql.Identifier(left, c), sql.Identifier(right, c), sql.Identifier(c))
        for c in table.key
    )


def _same_key(table: MartTable, left: str, right: str) -> sql.Composed:
    return sql.SQL(" and ").join(
        sql.SQL("{} = {}").format(sql.Identifier(left, c), sql.Identifier(right, c)) for c in table.key
    )


def _hashed_row(table: MartTable) -> sql.Composable:
    values = [column for column in table.columns if column not in table.key]
    # A table of nothing but its key can only gain and lose rows.
    return sql.SQL("hash_record_extended(row({}), 0)").format(names(values)) if values else sql.SQL("0")


_KEEP = """insert into {history} ({columns}, version_from, version_to)
select {old}, coalesce(a.version, 0), {version}
from {keys} as k join {marts} as m on {same_mart} left join {arrivals} as a on {noted} where k.leaves"""
_FORGET_ARRIVAL = "delete from {arrivals} as a using {keys} as k where k.leaves and {same_arrival}"
_DELETE = "delete from {marts} as m using {keys} as k where k.leaves and {same_mart}"
_INSERT = (
    "insert into {marts} ({columns}) select {new} from {source} as s join {keys} as k on {same_source} where k.comes"
)
_NOTE_ARRIVAL = "insert into {arrivals} ({key}, version) select {key}, {version} from {keys} where comes"
