"""Publication at the scale of the warehouse: figures in marts, a share of them changed, readers beside.

`python -m bench.publication [--rows 1000000]`: seconds, WAL written and the ratio to a bare copy of the same
rows (create table as, and its primary key) in the same server.
"""

import argparse
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import Connection

from bench._server import warehouse
from bienban.io.database import connect
from bienban.io.publisher import publish_candidate, rollback

_FIGURES = """
select md5(n::text) as metric_value_key, md5((n / 12)::text) as meeting_key, md5((n %% 5000)::text) as metric_key,
    md5((n %% 15000)::text) as unit_key, md5((n %% 30000)::text) as body_key,
    date '2015-01-01' + (n %% 4000) as period_from, date '2015-06-30' + (n %% 4000) as period_to,
    (n %% 100000)::numeric(28, 6) as value_low, (n %% 100000)::numeric(28, 6) as value_high, 'exact' as qualifier,
    null::numeric(28, 6) as of_total, 'count' as measure_unit, null::text as per, 'result' as status,
    false as is_cumulative, false as is_corrected, 'lượt tin bài' as counted,
    md5((n / 14)::text)::uuid as article_id, n %% 3000 as span_start, n %% 3000 + 25 as span_end,
    'trên ' || n || ' lượt tin bài' as quote, '0.1.0+0123456789ab' as extractor_version,
    0.9::numeric(5, 4) as confidence
from generate_series(1, %(rows)s) as n
"""
# Other ways to find what differs, for the decision page; ours is part of every publication.
_COMPARISONS = {
    "join over whole rows": """select count(*) from marts.fct_metrics as m
        full join marts_candidate.fct_metrics as c using (metric_value_key) where m is distinct from c""",
    "except, both ways": """select count(*) from (
        (table marts_candidate.fct_metrics except table marts.fct_metrics) union all
        (table marts.fct_metrics except table marts_candidate.fct_metrics)) as differing""",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table."""

    what: str
    seconds: float
    wal_mb: float
    slowest_read: float = 0.0


def run(rows: int) -> Iterator[Measured]:
    """Measure on a server of its own, removed afterwards."""
    with warehouse():
        yield from _measure(rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    print(f"{rows:,} figures\n{'':44}{'seconds':>9}{'ratio':>8}{'WAL MB':>9}{'slowest read s':>16}")
    bare = 0.0
    for line in run(rows):
        bare = bare or line.seconds
        ratio = line.seconds / bare
        print(f"{line.what:44}{line.seconds:9.1f}{ratio:8.2f}{line.wal_mb:9.0f}{line.slowest_read:16.2f}", flush=True)


def _measure(rows: int) -> Iterator[Measured]:
    with connect("transformer", autocommit=True) as connection:
        connection.execute("create table marts_candidate.fct_metrics as " + _FIGURES % {"rows": rows})
        connection.execute("alter table marts_candidate.fct_metrics add primary key (metric_value_key)")
        connection.execute("analyze marts_candidate.fct_metrics")
        yield _timed("bare copy with primary key", lambda: _copy(connection))
        connection.execute("drop table staging.copied")
    yield _timed("first publication", lambda: _publish("first"))
    yield _timed("nothing changed", lambda: _publish("nothing"))
    for what, query in _COMPARISONS.items():
        yield _timed(f"  instead: {what}", lambda query=query: _ask(query))  # type: ignore[misc]
    for percent in (1, 10):
        with connect("transformer", autocommit=True) as connection:
            _change(connection, percent)
        yield _timed(f"{percent} % changed", lambda percent=percent: _publish(f"{percent} %"), watched=True)  # type: ignore[misc]
    yield _timed("rollback over 10 %", lambda: rollback(2), watched=True)


def _change(connection: Connection, percent: int) -> None:
    """A share of the rows gets another value; of as many a hundredth leaves."""
    changed = f"abs(hashtext(metric_value_key)) % 100 < {percent}"
    connection.execute(f"update marts_candidate.fct_metrics set value_low = value_low + 1 where {changed}")
    connection.execute(f"delete from marts_candidate.fct_metrics where {changed} and span_start % 100 = 0")
    connection.execute("vacuum analyze marts_candidate.fct_metrics")


def _copy(connection: Connection) -> None:
    connection.execute("create table staging.copied as table marts_candidate.fct_metrics")
    connection.execute("alter table staging.copied add primary key (metric_value_key)")


def _publish(run_id: str) -> None:
    publish_candidate(run_id, "bench", "auto")


def _ask(query: str) -> None:
    with connect("publisher") as connection:
        connection.execute("set work_mem = '256MB'")  # as the publisher has it
        connection.execute(query)


def _timed(what: str, step: Callable[[], object], *, watched: bool = False) -> Measured:
    with connect("owner", autocommit=True) as connection:
        (before,) = connection.execute("select pg_current_wal_lsn()").fetchone() or ("0/0",)
        with _reader(watched) as slowest:
            started = time.perf_counter()
            step()
            seconds = time.perf_counter() - started
        row = connection.execute("select pg_wal_lsn_diff(pg_current_wal_lsn(), %s)", (before,)).fetchone()
    return Measured(what, seconds, float(row[0]) / 1e6 if row else 0.0, max(slowest, default=0.0))


@contextmanager
def _reader(watched: bool) -> Iterator[list[float]]:
    """A reader beside that asks for one row again and again; the list gets its waiting times in seconds."""
    waited: list[float] = []
    done = threading.Event()

    def read() -> None:
        with connect("bi", autocommit=True) as connection:
            while not done.is_set():
                started = time.perf_counter()
                connection.execute(
                    "select value_low from marts.fct_metrics where metric_value_key = %s", (_KEY,)
                ).fetchall()
                waited.append(time.perf_counter() - started)
                done.wait(0.02)

    thread = threading.Thread(target=read)
    if watched:
        thread.start()
    yield waited
    done.set()
    if watched:
        thread.join()


_KEY = "c4ca4238a0b923820dcc509a6f75849b"  # md5 of 1

if __name__ == "__main__":
    main()
