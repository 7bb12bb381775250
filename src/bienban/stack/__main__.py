"""``python -m bienban.stack COMMAND``: what the Makefile calls.

Exit codes: 0 done, 1 failed (the message says what, where, what to do), 2 usage.
"""

import os
import shutil
import sys
from collections.abc import Callable

import click
from rich.console import Console
from rich.markup import escape

from bienban import jobs
from bienban.io.database import DatabaseError
from bienban.io.home import ensure_home
from bienban.io.postgres import EmbeddedPostgres, psql_program
from bienban.settings import ROLES, Settings, SettingsError, settings
from bienban.stack import airflow, run
from bienban.stack.api import AirflowClient
from bienban.stack.processes import stop_all

_console = Console(stderr=False, highlight=False)


@click.group(help=__doc__)
def stack() -> None:
    """The commands of the Makefile."""


@stack.command("run")
@click.argument("dump", required=False)
def run_(dump: str | None) -> None:
    """Read a dump, check it, publish, report."""
    _end(lambda: run.run_dump(settings(), dump, _console))


@stack.command()
def rebuild() -> None:
    """Full refresh of all models from raw, gate, publish."""
    _end(lambda: run.rebuild(settings(), _console))


@stack.command()
def up() -> None:
    """Start PostgreSQL and Airflow with its web UI."""
    chosen = settings()
    run.prepare(chosen, _console)
    components = airflow.components(chosen)
    for component in components:
        component.start()
    address = airflow.ui_address(chosen)
    client = AirflowClient(address, lambda: all(component.process() for component in components))
    with _console.status("Starting Airflow"):
        client.wait_until_ready()
        client.wait_for_dags(("ingest_dumps", "build_warehouse", "reextract", "rollback"))
    _console.print(f"Airflow is up: {address}\nStop it with `make down`.")


@stack.command()
def down() -> None:
    """Stop everything of this home."""
    chosen = settings()
    if not chosen.secrets_file.exists():
        _console.print(f"Nothing was ever started in {chosen.home}.")
        return
    stopped = stop_all(airflow.components(chosen))
    if chosen.warehouse_dsn is None and EmbeddedPostgres(chosen).stop():
        stopped.append("postgres")
    _console.print(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")


@stack.command()
def status() -> None:
    """Say what runs, and where."""
    chosen = settings()
    _console.print(f"home        {chosen.home}")
    if not chosen.secrets_file.exists():
        _console.print("Nothing was ever started here: try `make run`.")
        return
    if chosen.warehouse_dsn is None:
        port = chosen.secrets()["postgres_port"]
        state = "running" if EmbeddedPostgres(chosen).is_running() else "down"
        _console.print(f"postgres    {state}, 127.0.0.1:{port}")
    for component in airflow.components(chosen):
        _console.print(f"{component.name:<15} {run.describe(component)}")
    _console.print(f"web UI      {airflow.ui_address(chosen)}")
    _console.print(f"reports     {chosen.reports / 'index.html'}")


@stack.command()
@click.argument("role", type=click.Choice(ROLES))
def dsn(role: str) -> None:
    """Print the connection string of a role, alone on the last line."""
    chosen = _database()
    click.echo(chosen.dsn(role))


@stack.command()
@click.argument("role", type=click.Choice(ROLES))
def psql(role: str) -> None:
    """A shell on the warehouse."""
    chosen = _database()
    program = psql_program()
    os.execv(program, [program, chosen.dsn(role)])


@stack.command()
def prepare() -> None:
    """Bring up the databases: roles, tables, Airflow's metadata (a deployment's first step)."""
    run.prepare(settings(), _console)
    _console.print("The databases are ready.")


@stack.command("airflow", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def airflow_(words: tuple[str, ...]) -> None:
    """Any command of Airflow with this home's settings; AIRFLOW__* given from outside win."""
    given = {key: value for key, value in os.environ.items() if key.startswith("AIRFLOW__")}
    os.execve(sys.executable, [sys.executable, "-m", "airflow", *words], airflow.environment(settings()) | given)


@stack.command()
def clean() -> None:
    """Stop everything and remove the home."""
    chosen = settings()
    if chosen.secrets_file.exists():
        stop_all(airflow.components(chosen))
        if chosen.warehouse_dsn is None:
            EmbeddedPostgres(chosen).remove()
        shutil.rmtree(chosen.home)
        _console.print(f"Removed {chosen.home}")


def _database() -> Settings:
    chosen = settings()
    ensure_home(chosen)
    if chosen.warehouse_dsn is None:
        EmbeddedPostgres(chosen).start()
    jobs.migrate()
    return chosen


def _end(work: Callable[[], int]) -> None:
    sys.exit(work())


def main() -> None:
    """Run a command; an unusable environment ends with a sentence, not a traceback."""
    try:
        stack(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except (SettingsError, DatabaseError) as error:
        Console(stderr=True, highlight=False).print(f"[red]bienban:[/] {escape(str(error))}", soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
