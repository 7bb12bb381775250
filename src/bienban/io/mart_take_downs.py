"""What was taken down leaves the kept versions too, and the samples of earlier validations.

A version from before a take-down can still be restored, without what was taken down: a row that another
report speaks for now comes back as that report tells it. Names of people who have left the marts are
forgotten altogether with a take-down, because no column ties a name to one article.

Not here: the article itself (``removal.py``), the current rows (they leave with the next build).
"""

from collections.abc import Iterable
from uuid import UUID

from psycopg import Connection, sql

from bienban.identity import article_id
from bienban.io.mart_shapes import HISTORY, MartTable, names

_PEOPLE = ("dim_persons", "bridge_meeting_persons")


def forget_taken_down(connection: Connection, tables: Iterable[MartTable]) -> None:
    """Purge the history of every article that was ever taken down. Harmless when nothing was."""
    taken = [article_id(sha) for (sha,) in connection.execute("select article_sha256 from audit.take_downs")]
    if not taken:
        return
    has_new = connection.execute(
        """select exists (select 1 from audit.take_downs where taken_down_at > coalesce(
            (select published_at from audit.published_versions where is_current), '-infinity'))"""
    ).fetchone()
    for table in tables:
        if "article_id" in table.columns:
            _purge(connection, table, taken)
        elif table.name in _PEOPLE and has_new == (True,):
            _purge(connection, table, None)
    connection.execute("select audit.forget_samples()")


def _purge(connection: Connection, table: MartTable, articles: list[UUID] | None) -> None:
    """Delete from the history; what followed a deleted row under its key stands from that row's version on.

    From the newest to the oldest, so that a chain of deleted rows is closed link by link.
    """
    history, arrivals = table.in_schema(HISTORY), sql.Identifier(HISTORY, table.arrivals)
    matches = sql.SQL("true") if articles is None else sql.SQL("h.article_id = any({})").format(articles)
    ends = connection.execute(
        sql.SQL("select distinct version_to from {} as h where {} order by 1 desc").format(history, matches)
    ).fetchall()
    for (end,) in ends:
        connection.execute(
            sql.SQL(_CLOSE).format(
                history=history,
                arrivals=arrivals,
                matches=matches,
                end=end,
                key=names(table.key),
                same_history=_same_key(table, "h"),
                same_arrival=_same_key(table, "a"),
            )
        )


def _same_key(table: MartTable, alias: str) -> sql.Composed:
    return sql.SQL(" and ").join(
        sql.SQL("{} = {}").format(sql.Identifier(alias, column), sql.Identifier("gone", column)) for column in table.key
    )


_CLOSE = """
with gone as (
    delete from {history} as h where h.version_to = {end} and {matches} returning {key}, version_from
),
followed as (
    update {history} as h set version_from = gone.version_from
    from gone where h.version_from = {end} and {same_history}
)
update {arrivals} as a set version = gone.version_from from gone where a.version = {end} and {same_arrival}
"""
