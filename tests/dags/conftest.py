"""Airflow with its metadata in a real PostgreSQL, in this process: DAGs run by ``dag.test()``."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bienban.io.home import ensure_home
from bienban.io.migrate import prepare_warehouse
from bienban.io.postgres import EmbeddedPostgres
from bienban.settings import Settings, settings


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A home of its own with both databases ready; Airflow is imported only after this."""
    from bienban.stack import airflow

    patch = pytest.MonkeyPatch()
    home: Path = tmp_path_factory.mktemp("dags") / "home"
    patch.setenv("BIENBAN_HOME", str(home))
    patch.delenv("BIENBAN_WAREHOUSE_DSN", raising=False)
    settings.cache_clear()
    chosen = settings()
    ensure_home(chosen)
    server = EmbeddedPostgres(chosen)
    server.start()
    prepare_warehouse(chosen, chosen.admin_dsn())
    for key, value in airflow.environment(chosen).items():
        if key.startswith("AIRFLOW") and key not in os.environ:
            patch.setenv(key, value)
    airflow.ensure_metadata(chosen)
    yield chosen
    server.remove()
    patch.undo()
    settings.cache_clear()


@pytest.fixture(scope="session")
def dagbag(airflow_home: Settings):
    """All DAGs of the project."""
    from airflow.dag_processing.dagbag import BundleDagBag

    folder = airflow_home.project / "dags"
    return BundleDagBag(dag_folder=str(folder), bundle_path=folder, bundle_name="dags-folder")


@pytest.fixture
def dag_home(airflow_home: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """``settings()`` points to Airflow's home during one test."""
    monkeypatch.setenv("BIENBAN_HOME", str(airflow_home.home))
    monkeypatch.delenv("BIENBAN_WAREHOUSE_DSN", raising=False)
    settings.cache_clear()
    yield settings()
    settings.cache_clear()
