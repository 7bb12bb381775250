"""``make run`` as a person sees it: through Airflow's own scheduler, from a home with a blank in its path."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("run") / "a home"
    yield folder
    _stack(folder, "clean")
    assert not folder.exists()


def _stack(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("BIENBAN_", "AIRFLOW"))}
    environ |= {"BIENBAN_HOME": str(home), "COLUMNS": "120"}
    command = [sys.executable, "-m", "bienban.stack", *words]
    return subprocess.run(command, cwd=PROJECT, env=environ, capture_output=True, text=True, check=False, timeout=600)


def test_a_dump_becomes_a_version_and_a_second_run_finds_nothing_new(home: Path) -> None:
    first = _stack(home, "run", str(PROJECT / "examples" / "dump"))
    assert first.returncode == 0, first.stdout + first.stderr
    assert "build_warehouse.publish" in first.stdout
    assert "nothing was new" not in first.stdout
    assert (home / "reports" / "index.html").exists()

    second = _stack(home, "run")  # the sample is the default
    assert second.returncode == 0, second.stdout + second.stderr
    assert "nothing was new" in second.stdout
    assert "build_warehouse" not in second.stdout
    assert _line(first, "version").split()[:2] == _line(second, "version").split()[:2] == ["version", "1"]


def test_only_the_database_stays_up_and_it_tells_its_address(home: Path) -> None:
    told = _stack(home, "status").stdout
    assert "running, 127.0.0.1:" in _line(told, "postgres")
    assert "down" in _line(told, "scheduler")
    dsn = _stack(home, "dsn", "bi").stdout.splitlines()[-1]
    assert dsn.startswith("postgresql://bienban_bi:")


def test_a_missing_dump_is_an_error_in_one_sentence(home: Path) -> None:
    done = _stack(home, "run", "no/such/dump.zip")
    assert done.returncode == 1
    assert "no such file or folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_role_is_a_usage_error(home: Path) -> None:
    assert _stack(home, "dsn", "root").returncode == 2


def _line(told: subprocess.CompletedProcess[str] | str, start: str) -> str:
    text = told if isinstance(told, str) else told.stdout
    return next(line for line in text.splitlines() if line.startswith(start))
