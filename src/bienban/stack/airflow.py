"""Airflow of one home: its settings as environment variables, its metadata database, its processes."""

import hashlib
import os
import subprocess
import sys
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bienban.settings import Settings, SettingsError
from bienban.stack.processes import Component

# Loads share the disk and the database: this many at once, whatever the number of dump files.
_POOLS = {"raw_load": (4, "Dump files that are loaded at the same time")}
_AIRFLOW = [sys.executable, "-m", "airflow"]


def environment(settings: Settings) -> dict[str, str]:
    """The environment of every Airflow process of this home. It holds secrets: never print it."""
    known = settings.secrets()
    base = f"http://127.0.0.1:{known['airflow_port']}"
    folder = settings.home / "airflow"
    chosen = {
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__DAGS_FOLDER": str(settings.project / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(folder / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__FERNET_KEY": known["airflow_fernet_key"],
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",  # loopback only
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{base}/execution/",
        "AIRFLOW__CORE__DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "AIRFLOW__CORE__MAX_MAP_LENGTH": "4096",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": metadata_dsn(settings, "postgresql+psycopg2"),
        "AIRFLOW__API_AUTH__JWT_SECRET": known["airflow_jwt_secret"],
        "AIRFLOW__API__SECRET_KEY": known["airflow_secret_key"],
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": known["airflow_port"],
        "AIRFLOW__API__BASE_URL": base,
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "60",
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.3",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": known["airflow_logs_port"],
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": known["airflow_trigger_logs_port"],
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "False",
        "GX_ANALYTICS_ENABLED": "False",
        "BIENBAN_HOME": str(settings.home),
        "BIENBAN_PROJECT": str(settings.project),
        "BIENBAN_LANDING": settings.landing,
        "BIENBAN_APPROVE": settings.approve,
        "PYTHONUNBUFFERED": "1",
    }
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("AIRFLOW__")}
    return inherited | chosen


def metadata_dsn(settings: Settings, scheme: str = "postgresql") -> str:
    """The URL of Airflow's own database: ``BIENBAN_AIRFLOW_DSN``, else a second one of the same server."""
    given = os.environ.get("BIENBAN_AIRFLOW_DSN")
    if given:
        return urlunsplit(urlsplit(given)._replace(scheme=scheme))
    known = settings.secrets()
    if settings.warehouse_dsn is None:
        password = quote(known["airflow_password"], safe="")
        return f"{scheme}://airflow:{password}@127.0.0.1:{known['postgres_port']}/airflow"
    parts = urlsplit(settings.warehouse_dsn)
    return urlunsplit(parts._replace(scheme=scheme, path=f"{parts.path}_airflow"))


def ensure_metadata(settings: Settings) -> None:
    """Create and migrate Airflow's database when its version is new to this home."""
    from importlib.metadata import version

    stamp = settings.home / "airflow" / "migrated"
    state = f"{version('apache-airflow-core')} {metadata_dsn(settings)} {_POOLS}"
    wanted = hashlib.sha256(state.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    (settings.home / "airflow" / "plugins").mkdir(parents=True, exist_ok=True)
    if settings.warehouse_dsn is not None and not os.environ.get("BIENBAN_AIRFLOW_DSN"):
        _create_database(settings.warehouse_dsn, urlsplit(metadata_dsn(settings)).path.lstrip("/"))
    commands = [["db", "migrate"]]
    commands += [["pools", "set", name, str(slots), told] for name, (slots, told) in _POOLS.items()]
    for words in commands:
        command = [*_AIRFLOW, *words]
        done = subprocess.run(command, env=environment(settings), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SettingsError(f"airflow {' '.join(words)} failed:\n{done.stderr[-2000:]}")
    stamp.write_text(wanted)


def components(settings: Settings) -> list[Component]:
    """Airflow's long-running processes, in the order they start."""
    environ = environment(settings)
    folder = settings.home / "airflow"
    names = ("api-server", "scheduler", "dag-processor", "triggerer")
    return [Component(name, [*_AIRFLOW, name], environ, folder) for name in names]


def ui_address(settings: Settings) -> str:
    """Where the web UI answers while it is up."""
    return f"http://127.0.0.1:{settings.secrets()['airflow_port']}"


def _create_database(admin_dsn: str, name: str) -> None:
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        if not connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
            connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
