"""The twelve questions of docs/queries.md as the role bi asks them: each alone, then many readers at once.

`python -m bench.queries [--articles 100000] [--readers 16]`: on a warehouse generated, built and published for it;
`--here` asks that of BIENBAN_HOME instead. Milliseconds: the median of one reader, then the readers' 95th percentile.
"""

import argparse
import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import psycopg

from bench._server import warehouse
from bench.warehouse import publish_generated
from bienban.io.database import connect

_PAGE = Path(__file__).parents[1] / "docs" / "queries.md"
_QUESTION = re.compile(r"^## (\d+)\. (.*?)\n.*?^```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ALONE = 9  # times each question is asked; the first of them warms up
_ROUNDS = 3  # times each reader asks all of them


def main() -> None:
    """Print a line per question and one for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=16)
    parser.add_argument("--here", action="store_true", help="the warehouse of BIENBAN_HOME as it is")
    given = parser.parse_args()
    if given.here:
        _report(given.readers)
        return
    with warehouse() as (dsn, _):
        publish_generated(dsn, given.articles)
        _report(given.readers)


def _report(readers: int) -> None:
    questions = {int(number): (title, sql) for number, title, sql in _QUESTION.findall(_PAGE.read_text())}
    for table in ("fct_meetings", "fct_metrics", "agg_unit_metric_periods"):
        with connect("bi") as connection:
            print(f"marts.{table}: {connection.execute(f'select count(*) from marts.{table}').fetchall()[0][0]:,} rows")
    alone = {number: _alone(sql) for number, (_, sql) in questions.items()}
    together = _together({number: sql for number, (_, sql) in questions.items()}, readers)
    print(f"{'':68}{'rows':>7}{'alone ms':>10}{f'p95 of {readers}':>11}")
    for number, (title, _) in questions.items():
        rows, median = alone[number]
        print(f"{number:3}. {title:63}{rows:7,}{median:10.1f}{_p95(together[number]):11.1f}")
    everything = [each for found in together.values() for each in found]
    print(f"{'all':75}{max(median for _, median in alone.values()):10.1f}{_p95(everything):11.1f}")


def _alone(sql: str) -> tuple[int, float]:
    """Rows of the answer, and the median of its milliseconds."""
    with connect("bi", autocommit=True) as connection:
        taken = [_ask(connection, sql) for _ in range(_ALONE)]
    return taken[0][0], statistics.median(milliseconds for _, milliseconds in taken[1:])


def _together(questions: dict[int, str], readers: int) -> dict[int, list[float]]:
    """Milliseconds of each question while all readers ask all of them, each in an order of its own."""
    taken: dict[int, list[float]] = {number: [] for number in questions}
    with ThreadPoolExecutor(readers) as pool:
        for answers in pool.map(lambda reader: list(_read(questions, Random(reader))), range(readers)):
            for number, milliseconds in answers:
                taken[number].append(milliseconds)
    return taken


def _read(questions: dict[int, str], order: Random) -> Iterator[tuple[int, float]]:
    with connect("bi", autocommit=True) as connection:
        for _ in range(_ROUNDS):
            for number in order.sample(list(questions), len(questions)):
                yield number, _ask(connection, questions[number])[1]


def _ask(connection: psycopg.Connection, sql: str) -> tuple[int, float]:
    started = time.perf_counter()
    rows = len(connection.execute(sql.encode()).fetchall())
    return rows, (time.perf_counter() - started) * 1000


def _p95(milliseconds: list[float]) -> float:
    return statistics.quantiles(milliseconds, n=20)[-1]


if __name__ == "__main__":
    main()
