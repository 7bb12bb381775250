"""A set-up that cannot work says what to do instead of failing somewhere."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bienban.io.home import ensure_home
from bienban.io.postgres import EmbeddedPostgres
from bienban.settings import SettingsError, load_settings

PROJECT = Path(__file__).resolve().parents[2]
BOOTSTRAP = PROJECT / "tools" / "bootstrap.py"


def _bootstrap(setting: str) -> subprocess.CompletedProcess[str]:
    """Run the bootstrap's checks in a Python that pretends what ``setting`` says."""
    code = (
        "import sys, platform, runpy\n"
        f"house = runpy.run_path({str(BOOTSTRAP)!r})\n"
        f"{setting}\n"
        "house['use_a_fitting_python'](); house['check_machine']()\n"
    )
    environ = {"PATH": "/nonexistent"}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environ)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        pytest.param("sys.version_info = (3, 9, 2)", "needs Python 3.11", id="old Python"),
        pytest.param("sys.modules['ensurepip'] = None", "-venv", id="Debian's Python without venv"),
        pytest.param("platform.libc_ver = lambda: ('glibc', '2.17')", "glibc 2.17", id="old C library"),
        pytest.param("platform.libc_ver = lambda: ('', '')", "no glibc", id="musl"),
        pytest.param("sys.platform = 'win32'", "WSL", id="Windows"),
    ],
)
def test_an_unfit_machine_is_told_what_to_do(setting: str, expected: str) -> None:
    done = _bootstrap(setting)
    assert done.returncode == 1
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fit_machine_passes() -> None:
    assert _bootstrap("pass").returncode == 0


def test_uv_is_pinned_by_the_same_lock() -> None:
    code = f"import runpy\nhouse = runpy.run_path({str(BOOTSTRAP)!r})\n"
    code += "print(''.join(house['uv_lines'](open('requirements.lock'))))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT).stdout
    names = [line.split("==")[0] for line in told.splitlines() if line and not line.startswith(" ")]
    assert names == ["uv"]
    assert "--hash=sha256:" in told


def test_a_taken_port_is_named_with_the_remedy(tmp_path: Path) -> None:
    chosen = load_settings({"BIENBAN_HOME": str(tmp_path / "home")})
    port = int(ensure_home(chosen)["postgres_port"])
    server = EmbeddedPostgres(chosen)
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", port))
        squatter.listen()
        with pytest.raises(SettingsError, match=f"port {port} .* is taken.*postgres_port"):
            server.start()
    server.remove()


def test_a_server_killed_hard_starts_again_with_its_data(tmp_path: Path) -> None:
    import psycopg

    server = EmbeddedPostgres(load_settings({"BIENBAN_HOME": str(tmp_path / "a home")}))
    server.start()
    try:
        with psycopg.connect(server.dsn("bienban")) as connection:
            connection.execute("create table kept as select 42 as answer")
            row = connection.execute("show data_directory").fetchone()
        pid = int((Path(row[0]) / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, 9)
        assert server.start()
        with psycopg.connect(server.dsn("bienban")) as connection:
            assert connection.execute("select answer from kept").fetchone() == (42,)
    finally:
        server.remove()
    assert not server.is_running()


def test_only_scram_over_loopback_is_let_in(tmp_path: Path) -> None:
    import psycopg

    server = EmbeddedPostgres(load_settings({"BIENBAN_HOME": str(tmp_path / "home")}))
    server.start()
    try:
        port = server.settings.secrets()["postgres_port"]
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"postgresql://postgres:wrong@127.0.0.1:{port}/postgres")
        with psycopg.connect(server.dsn()) as connection:
            settings = dict(connection.execute("select name, setting from pg_settings where name like '%listen%'"))
            rules = {method for (method,) in connection.execute("select auth_method from pg_hba_file_rules")}
        assert settings["listen_addresses"] == "127.0.0.1"
        assert rules == {"scram-sha-256"}
    finally:
        server.remove()
