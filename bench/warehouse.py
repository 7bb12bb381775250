"""Builds at the scale of the warehouse: a full one, one with 1 % new, one with nothing new; and dbt's own start.

`python -m bench.warehouse [--articles 100000] [--also 10000]`: articles of 1 kB, 0.4 meetings and some 5 figures
each, made in SQL. Seconds of models and of data tests, one after the other where a build runs them together, and ratios
to a bare COPY of the same raw rows; processor seconds of server and dbt together, which other work on the machine moves
less (autovacuum counts).
"""

import argparse
import os
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench._server import warehouse
from bienban.io import dbt
from bienban.io.database import connect
from bienban.io.increments import begin_build, end_build
from bienban.io.publisher import publish_candidate
from bienban.io.register_tables import load_register_tables
from bienban.settings import settings

_TABLES = ("articles", "article_occurrences", "extractions", "meetings", "figures", "persons", "documents")
_SLOWEST = 12


def run(articles: int) -> Iterator[tuple[str, float]]:
    """Measure on a server of its own, removed afterwards: what, seconds."""
    with warehouse() as (dsn, folder):
        yield from _measure(dsn, articles, folder)


def main() -> None:
    """Print a table per size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--also", type=int, help="a second size, for growth")
    given = parser.parse_args()
    for articles in filter(None, (given.also, given.articles)):
        print(f"{articles:,} articles\n{'':48}{'seconds':>9}{'of COPY':>9}")
        bare = 0.0
        for what, seconds in run(articles):
            bare = bare or seconds
            print(f"{what:48}{seconds:9.1f}{seconds / bare:9.2f}", flush=True)


def _measure(dsn: str, articles: int, folder: Path) -> Iterator[tuple[str, float]]:
    with connect("transformer") as transformer:
        load_register_tables(transformer, settings().project / "dbt_project" / "seeds" / "register")
    dbt.parse()
    list(_build("", full_refresh=True))
    start = list(_build("dbt's start: empty warehouse"))
    with psycopg.connect(dsn) as owner:
        make_raw(owner, 0, articles - 1, articles)
        yield "bare COPY of the raw rows", _copy_seconds(owner, folder)
    yield from (each for each in start if not each[0].startswith("    "))
    yield from _build("full build", full_refresh=True)
    yield from _build("nothing new")
    with psycopg.connect(dsn) as owner:
        make_raw(owner, articles, articles + articles // 100 - 1, articles)
    yield from _build("1 % new")


def publish_generated(dsn: str, articles: int) -> None:
    """Raw rows of so many articles, built and published."""
    with connect("transformer") as transformer:
        load_register_tables(transformer, settings().project / "dbt_project" / "seeds" / "register")
    with psycopg.connect(dsn) as owner:
        make_raw(owner, 0, articles - 1, articles)
    dbt.build_candidate(full_refresh=True)
    publish_candidate("bench", approved_by="bench", approval="auto")


def make_raw(owner: psycopg.Connection, first: int, last: int, articles: int) -> None:
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("----\n")
    for statement in statements:
        owner.execute(statement, {"first": first, "last": last, "articles": articles})  # type: ignore[arg-type]
    owner.commit()
    owner.execute("analyze")
    owner.commit()


def _copy_seconds(owner: psycopg.Connection, folder: Path) -> float:
    seconds = 0.0
    owner.execute("create schema bench")
    for table in _TABLES:
        rows = folder / table
        with rows.open("wb") as file, owner.cursor() as cursor, cursor.copy(f"copy raw.{table} to stdout") as copy:
            for block in copy:
                file.write(block)
        owner.execute(f"create table bench.{table} (like raw.{table})")
        owner.commit()
        started = time.perf_counter()
        with rows.open("rb") as file, owner.cursor() as cursor, cursor.copy(f"copy bench.{table} from stdin") as copy:
            while block := file.read(1 << 20):
                copy.write(block)
        owner.commit()
        seconds += time.perf_counter() - started
        rows.unlink()
    owner.execute("drop schema bench cascade")
    owner.commit()
    return seconds


def _build(what: str, *, full_refresh: bool = False) -> Iterator[tuple[str, float]]:
    """As ``dbt.build_candidate`` does it, but models first, then tests."""
    project = settings().project / "dbt_project"
    refresh = ["--full-refresh"] if full_refresh else []
    with connect("transformer") as transformer:
        goes_on = begin_build(transformer, project, full_refresh=full_refresh)
    models = ["build", "--exclude-resource-type", "unit_test", "test", *refresh]
    yield from _timed(f"{what}: models", [*models, *(["--select", "config.materialized:by_part"] if goes_on else [])])
    yield from _timed(f"{what}: data tests", ["test", "--select", "test_type:data"])
    with connect("transformer") as transformer:
        end_build(transformer, project)


def _timed(what: str, arguments: list[str]) -> Iterator[tuple[str, float]]:
    """By the clock, and of the processor: this process and the server's that ended meanwhile (Linux)."""
    time.sleep(0.5)  # what was done before counts when its connections have closed
    started, before = time.perf_counter(), time.process_time() + _server_seconds()
    results = dbt.invoke(settings(), arguments).results
    yield what, time.perf_counter() - started
    time.sleep(0.5)
    yield "  processor seconds", time.process_time() + _server_seconds() - before
    for result in sorted(results, key=lambda each: -each.execution_time)[:_SLOWEST]:
        yield f"    {result.node.name}", result.execution_time


def _server_seconds() -> float:
    with psycopg.connect(settings().admin_dsn()) as connection:
        (folder,) = connection.execute("show data_directory").fetchone() or ("",)
    server = Path(folder, "postmaster.pid").read_text().split()[0]
    fields = Path(f"/proc/{server}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[13:15])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
