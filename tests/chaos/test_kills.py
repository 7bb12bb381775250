"""kill -9 of the loader, the extractor, dbt, the gate, the publisher and PostgreSQL at random points.

Whatever is killed, running again must end with the tables of an undisturbed run, row by row, and one version.
``BIENBAN_KILLS`` says how often (``make chaos``: 200); a failure names its seed, ``BIENBAN_SEED`` repeats it.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bienban.io.home import ensure_home
from bienban.io.migrate import prepare_warehouse
from bienban.io.postgres import EmbeddedPostgres
from bienban.settings import load_settings
from tests.chaos.nursery import STEPS
from tests.chaos.tables import Tables, differences, read_tables

PROJECT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("BIENBAN_KILLS", "20"))
SEED = int(os.environ.get("BIENBAN_SEED", str(time.time_ns() % 1_000_000)))
_KILLS_PER_RUN = 5


class Stage:
    """A home whose warehouse can be emptied, and a nursery for workers."""

    def __init__(self, home: Path) -> None:
        self.settings = load_settings({"BIENBAN_HOME": str(home)})
        ensure_home(self.settings)
        self.server = EmbeddedPostgres(self.settings)
        self.server.start()
        prepare_warehouse(self.settings, self.settings.admin_dsn())
        self._copy("bienban", "empty")
        environ = os.environ | {"BIENBAN_HOME": str(home), "PYTHONPATH": str(PROJECT)}
        environ.pop("BIENBAN_WAREHOUSE_DSN", None)
        self.nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.nursery"],
            cwd=PROJECT,
            env=environ,
            text=True,
            bufsize=1,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(home / "nursery.log").open("w"),
        )
        self.read_until("ready")

    def empty(self) -> None:
        self._copy("empty", "bienban")

    def begin(self, run_id: str) -> int:
        """Start a worker; its process id."""
        self.nursery.stdin.write(f"{PROJECT / 'examples' / 'dump'}\t{run_id}\n")
        return int(self.read_until("worker").split()[1])

    def finish(self) -> int:
        """Wait for the worker's end; its exit code."""
        return int(self.read_until("ended").split()[1])

    def read_until(self, *words: str) -> str:
        """The next line of the nursery that starts with one of the words. dbt's own lines pass by."""
        for line in self.nursery.stdout:
            if line.startswith(words):
                return line.strip()
        raise AssertionError(f"the nursery died: {(self.settings.home / 'nursery.log').read_text()[-3000:]}")

    def postmaster(self) -> int:
        with psycopg.connect(self.server.dsn()) as connection:
            (folder,) = connection.execute("show data_directory").fetchone()
        return int((Path(folder) / "postmaster.pid").read_text().splitlines()[0])

    def tables(self) -> Tables:
        return read_tables(self.settings.admin_dsn())

    def versions(self) -> list[tuple]:
        with psycopg.connect(self.settings.admin_dsn()) as connection:
            return connection.execute("select version, is_current from audit.published_versions").fetchall()

    def close(self) -> None:
        self.nursery.kill()
        self.server.remove()

    def _copy(self, source: str, target: str) -> None:
        with psycopg.connect(self.server.dsn(), autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(target)))
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and pid <> pg_backend_pid()",
                (source,),
            )
            connection.execute(
                sql.SQL("create database {} template {}").format(sql.Identifier(target), sql.Identifier(source))
            )


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(tmp_path_factory.mktemp("chaos") / "home")
    yield made
    made.close()


def _log(stage: Stage) -> str:
    return (stage.settings.home / "nursery.log").read_text()[-3000:]


def _kill_somewhere(stage: Stage, dice: random.Random, run_id: str, durations: dict[str, float]) -> str | None:
    """Let a worker run into a random step and kill it, or the server, there. None: it was faster."""
    step, is_server = dice.choice(STEPS), dice.random() < 0.25
    worker = stage.begin(run_id)
    if stage.read_until(f"step {step}", "ended").startswith("ended"):
        return None
    time.sleep(dice.random() * durations[step])
    victim = stage.postmaster() if is_server else worker
    with suppress(ProcessLookupError):
        os.kill(victim, signal.SIGKILL)
    code = stage.finish()
    if is_server:
        stage.server.start()
    return None if code == 0 and not is_server else f"{'PostgreSQL' if is_server else 'worker'} in {step}"


def test_kills_leave_no_trace(stage: Stage) -> None:
    dice = random.Random(SEED)
    stage.begin("undisturbed")
    durations = _durations(stage)
    expected = stage.tables()
    assert stage.versions() == [(1, True)], _log(stage)
    assert expected["marts.fct_metrics"].total() > 100  # the comparison compares something

    kills: list[str] = []
    while len(kills) < KILLS:
        stage.empty()
        here: list[str] = []
        for _ in range(3 * _KILLS_PER_RUN):
            if len(here) == _KILLS_PER_RUN or len(kills) + len(here) == KILLS:
                break
            killed = _kill_somewhere(stage, dice, f"run-{dice.randrange(3)}", durations)
            here += [killed] if killed else []
        kills += here
        stage.begin("last")
        assert stage.finish() == 0, f"seed {SEED}, after {here}: {_log(stage)}"
        assert differences(expected, stage.tables()) == [], f"seed {SEED}, after {here}"
        assert stage.versions() == [(1, True)], f"seed {SEED}, after {here}"
    print(f"{len(kills)} kills, seed {SEED}: " + ", ".join(f"{kills.count(k)} × {k}" for k in sorted(set(kills))))


def _durations(stage: Stage) -> dict[str, float]:
    """How long each step of the worker that just began takes."""
    begun: dict[str, float] = {}
    while True:
        line = stage.read_until("step", "ended")
        begun[line.split()[1] if line.startswith("step") else "ended"] = time.monotonic()
        if line.startswith("ended"):
            assert line == "ended 0", _log(stage)
            break
    marks = [*STEPS, "ended"]
    return {step: begun[after] - begun[step] for step, after in zip(STEPS, marks[1:], strict=True)}
