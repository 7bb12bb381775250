"""A home of its own with a server, a warehouse that can be emptied, and a nursery for workers."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from bienban.io.home import ensure_home
from bienban.io.migrate import prepare_warehouse
from bienban.io.postgres import EmbeddedPostgres
from bienban.settings import load_settings
from tests.chaos.tables import Tables, read_tables

PROJECT = Path(__file__).resolve().parents[2]
SAMPLE = PROJECT / "examples" / "dump"


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

    def begin(self, run_id: str, dump: Path = SAMPLE) -> int:
        """Start a worker; its process id."""
        self.nursery.stdin.write(f"{dump}\t{run_id}\n")
        return int(self.read_until("worker").split()[1])

    def finish(self) -> int:
        """Wait for the worker's end; its exit code."""
        return int(self.read_until("ended").split()[1])

    def read_until(self, *words: str) -> str:
        """The next line of the nursery that starts with one of the words."""
        for line in self.nursery.stdout:
            if line.startswith(words):
                return line.strip()
            assert not line.startswith("ended"), f"the worker ended before {words}: {self.log()}"
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

    def log(self) -> str:
        """The end of what the workers complained about."""
        return (self.settings.home / "nursery.log").read_text()[-3000:]

    def _copy(self, source: str, target: str) -> None:
        with psycopg.connect(self.server.dsn(), autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(target)))
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and pid <> pg_backend_pid()",
                (source,),
            )
            # Copied by file, with checkpoints: a crash must not have to replay the copy that the test itself made.
            connection.execute(
                sql.SQL("create database {} template {} strategy file_copy").format(
                    sql.Identifier(target), sql.Identifier(source)
                )
            )
