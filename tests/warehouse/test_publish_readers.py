"""Readers and killed publishers: whole versions only."""

import os
import signal
import subprocess
import sys
import threading
import time

import psycopg
import pytest
from psycopg import IsolationLevel

from bienban.io.database import connect
from bienban.io.publisher import publish_candidate
from tests.warehouse.candidates import make_candidate, rows_of_marts

PUBLICATIONS = 50


def _candidate(number: int) -> None:
    """Every table of version ``number`` carries the number; rows come and go."""
    meetings = {f"m{number}": number, "always": 0}
    make_candidate(meetings, {f"v{key}": ("always", number) for key in range(20 + number % 7)})


@pytest.mark.usefixtures("warehouse")
def test_a_reader_in_a_loop_sees_whole_versions_only():
    seen: list[tuple[int, int]] = []
    faults: list[object] = []
    done = threading.Event()

    def read() -> None:
        with connect("bi", autocommit=True) as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            while not done.is_set():
                with connection.transaction():
                    (version,) = connection.execute(
                        "select version from audit.published_versions where is_current"
                    ).fetchone()
                    values = connection.execute("select distinct value_low from marts.fct_metrics").fetchall()
                    (count,) = connection.execute("select count(*) from marts.fct_metrics").fetchone()
                    meetings = connection.execute("select meeting_key from marts.fct_meetings").fetchall()
                whole = ([(version,)], 20 + version % 7, {("always",), (f"m{version}",)})
                if (values, count, set(meetings)) != whole:
                    faults.append((version, values, count, meetings))
                seen.append((version, count))

    _candidate(1)
    publish_candidate("run1", "tester", "auto")
    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(2, PUBLICATIONS + 1):
        _candidate(number)
        publish_candidate(f"run{number}", "tester", "auto")
    done.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert len({version for version, _ in seen}) > PUBLICATIONS / 2  # they did read in between


_PUBLISH = """
from bienban.io.publisher import publish_candidate
print("start", flush=True)
publish_candidate("killed", "tester", "auto")
"""


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.1, 0.2, 0.4])
def test_a_killed_publisher_leaves_a_whole_version(warehouse, delay):
    _candidate(1)
    publish_candidate("first", "tester", "auto")
    before = rows_of_marts()
    _candidate(2)
    with connect("transformer") as connection:  # enough rows that the kill may fall into the writing
        connection.execute(
            """insert into marts_candidate.fct_metrics select 'many' || n, 'always', 2, 2, 'count',
            '00000000-0000-5000-8000-000000000000', 0, 1, '2' from generate_series(1, 40000) as n"""
        )
    environ = os.environ | {"BIENBAN_HOME": str(warehouse.home)}
    with subprocess.Popen([sys.executable, "-c", _PUBLISH], stdout=subprocess.PIPE, env=environ) as publisher:
        assert publisher.stdout is not None
        publisher.stdout.readline()
        time.sleep(delay)
        publisher.send_signal(signal.SIGKILL)
    after = rows_of_marts()
    with connect("bi") as connection:
        versions = connection.execute("select version from audit.published_versions order by 1").fetchall()
    if versions == [(1,)]:
        assert after == before
    # The task runs again and ends where it would have ended, once.
    outcome = publish_candidate("killed", "tester", "auto")
    assert (outcome["status"], outcome["version"]) == ("published", 2)
    assert len(rows_of_marts()["fct_metrics"]) == 40_022


@pytest.mark.usefixtures("warehouse")
def test_two_publishers_at_once_make_two_versions_one_after_the_other():
    _candidate(1)
    outcomes: list[dict[str, object]] = []

    def publish(run_id: str) -> None:
        outcomes.append(publish_candidate(run_id, "tester", "auto"))

    threads = [threading.Thread(target=publish, args=(run_id,)) for run_id in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(str(outcome["status"]) for outcome in outcomes) == ["published", "unchanged"]


@pytest.mark.usefixtures("warehouse")
def test_a_new_column_gives_up_before_a_long_query_is_queued_behind(monkeypatch):
    monkeypatch.setattr("bienban.io.publisher.LOCK_TIMEOUT", "500ms")
    _candidate(1)
    publish_candidate("one", "tester", "auto")
    with connect("transformer") as connection:
        connection.execute("alter table marts_candidate.fct_metrics add column confidence numeric(5, 4)")
    with connect("bi") as reader:
        reader.execute("select count(*) from marts.fct_metrics")  # holds its lock until the transaction ends
        with pytest.raises(psycopg.errors.LockNotAvailable):
            publish_candidate("two", "tester", "auto")
    assert publish_candidate("two", "tester", "auto")["status"] == "unchanged"
