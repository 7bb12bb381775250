"""Small candidates in the contract's shape, made by hand: what dbt would have built."""

from psycopg import Connection

from bienban.io.database import connect

_TABLES = """
create table if not exists marts_candidate.dim_articles (
    article_id uuid primary key, title text, url text, published_on date
);
create table if not exists marts_candidate.fct_meetings (
    meeting_key text primary key, held_on date, body_key text not null, headline text, article_id uuid not null,
    span_start integer not null, span_end integer not null, quote text not null
);
create table if not exists marts_candidate.fct_metrics (
    metric_value_key text primary key, meeting_key text not null, value_low numeric(28, 6) not null,
    value_high numeric(28, 6), measure_unit text not null, article_id uuid not null, span_start integer not null,
    span_end integer not null, quote text not null
);
create table if not exists marts_candidate.bridge_meeting_articles (
    meeting_key text, article_id uuid, is_primary boolean not null, primary key (meeting_key, article_id)
);
comment on table marts_candidate.fct_meetings is 'One meeting, however many articles report it.';
comment on column marts_candidate.fct_meetings.held_on is 'Day of the meeting; null when the text does not say.';
"""


def article_id(number: int) -> str:
    """The id of the made-up article ``number``."""
    return f"00000000-0000-5000-8000-{number:012d}"


def make_candidate(meetings: dict[str, int], values: dict[str, tuple[str, int]]) -> None:
    """Replace the candidate's rows, as dbt does.

    ``meetings``: key -> number of its article; ``values``: key -> (meeting, value).
    """
    with connect("transformer") as connection:
        connection.execute(_TABLES)
        connection.execute("truncate marts_candidate.dim_articles, marts_candidate.fct_meetings")
        connection.execute("truncate marts_candidate.fct_metrics, marts_candidate.bridge_meeting_articles")
        for key, number in meetings.items():
            _insert(connection, "dim_articles", article_id(number), f"Bài {number}", None, "2024-07-01")
            _insert(
                connection, "fct_meetings", key, None, "b1", f"Hội nghị {key}", article_id(number), 0, 8, "Hội nghị"
            )
            _insert(connection, "bridge_meeting_articles", key, article_id(number), True)
        for place, (key, (meeting, value)) in enumerate(values.items()):
            _insert(
                connection, "fct_metrics", key, meeting, value, value, "count",
                article_id(meetings[meeting]), place, place + 1, str(value),
            )  # fmt: skip


def rows_of_marts(role: str = "bi") -> dict[str, list[tuple[object, ...]]]:
    """Every row of every published table, in the order of its key."""
    with connect(role) as connection:
        tables = connection.execute("select tablename from pg_tables where schemaname = 'marts' order by 1").fetchall()
        return {name: sorted(connection.execute(f"select * from marts.{name}"), key=str) for (name,) in tables}


def _insert(connection: Connection, table: str, *values: object) -> None:
    marks = ", ".join(["%s"] * len(values))
    connection.execute(f"insert into marts_candidate.{table} values ({marks})", values)
