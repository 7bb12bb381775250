"""One run through Airflow: start what is down, trigger a DAG, follow it and what it causes, tell the outcome."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from bienban import jobs
from bienban.io.home import ensure_home
from bienban.io.postgres import EmbeddedPostgres
from bienban.settings import Settings, SettingsError
from bienban.stack import airflow
from bienban.stack.api import AirflowClient
from bienban.stack.processes import stop_all
from bienban.stack.progress import Progress
from bienban.stack.summary import print_summary

_DAGS = ("ingest_dumps", "build_warehouse")


def run_dump(settings: Settings, dump: str | None, console: Console) -> int:
    """Ingest one dump (default: the sample), build and publish; the exit code of ``make run``."""
    source = _source(settings, dump)
    prepare(settings, console)
    with _airflow(settings, console) as client:
        client.wait_for_dags(_DAGS)
        run_id = client.trigger("ingest_dumps", {"dumps": [source]})
        state = _follow(client, "ingest_dumps", run_id, console)
        caused = client.runs_caused_by("ingest_dumps", run_id)
        builds = [_follow(client, dag_id, build_id, console) for dag_id, build_id in caused]
    print_summary(settings, jobs.summary(), console, is_news=bool(caused))
    return _exit_code(state, builds, console)


def rebuild(settings: Settings, console: Console) -> int:
    """Full refresh of all models from raw, gate, publish; the exit code of ``make rebuild``."""
    prepare(settings, console)
    with _airflow(settings, console) as client:
        client.wait_for_dags(_DAGS)
        run_id = client.trigger("build_warehouse", {"full_refresh": True})
        state = _follow(client, "build_warehouse", run_id, console)
    print_summary(settings, jobs.summary(), console, is_news=True)
    return 0 if state == "success" else 1


def prepare(settings: Settings, console: Console) -> None:
    """Bring up the database with its roles and tables, and Airflow's metadata."""
    ensure_home(settings)
    if "://" not in settings.landing:
        Path(settings.landing).mkdir(parents=True, exist_ok=True)
    if settings.warehouse_dsn is None:
        with console.status("Starting PostgreSQL"):
            EmbeddedPostgres(settings).start()
    with console.status("Preparing the databases"):
        jobs.migrate()
        airflow.ensure_metadata(settings)


@contextmanager
def _airflow(settings: Settings, console: Console) -> Iterator[AirflowClient]:
    """Airflow's processes: those that ``make up`` started, else started now and stopped at the end."""
    needed = [component for component in airflow.components(settings) if component.name != "triggerer"]
    started = [component for component in needed if component.start()]
    try:
        client = AirflowClient(airflow.ui_address(settings), lambda: all(c.process() for c in needed))
        with console.status("Starting Airflow"):
            try:
                client.wait_until_ready()
            except SettingsError as error:
                dead = [c for c in needed if c.process() is None]
                told = "\n".join(f"{c.log}:\n{c.tail()}" for c in dead)
                raise SettingsError(f"{error}\n{told}") from None
        yield client
    finally:
        if started:
            with console.status("Stopping Airflow"):
                stop_all(started)


def _follow(client: AirflowClient, dag_id: str, run_id: str, console: Console) -> str:
    with Progress(console, dag_id) as progress:
        state = client.wait_for_run(dag_id, run_id, progress.show)
    if state == "failed":
        for task in client.task_instances(dag_id, run_id):
            if task["state"] == "failed":
                console.print(f"[red]{dag_id}.{task['task_id']} failed[/]")
                console.print(escape(_printable(client.failure(dag_id, run_id, task))), soft_wrap=True)
    return state


def _exit_code(state: str, builds: list[str], console: Console) -> int:
    if state != "success":
        console.print("[yellow]Some input could not be read; see the table above and raw.rejected_records.[/]")
    if builds:
        return 0 if all(build == "success" for build in builds) else 1
    return 0 if state == "success" else 1


def _source(settings: Settings, dump: str | None) -> str:
    if not dump:
        return str(settings.project / "examples" / "dump")
    if "://" in dump:
        return dump
    path = Path(dump).absolute()
    if not path.exists():
        raise SettingsError(f"DUMP={dump}: there is no such file or folder ({path})")
    return str(path)


def _printable(told: str) -> str:
    # A log line may quote an article: no control character reaches the terminal.
    return "".join(char if char.isprintable() or char == "\n" else "?" for char in told)


def describe(component: Any) -> str:
    """One component for ``make status``."""
    found = component.process()
    return f"running (pid {found.pid})" if found else "down"
