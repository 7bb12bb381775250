"""A real PostgreSQL for the tests: one server per session, a fresh warehouse per test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from bienban.io.migrate import prepare_warehouse
from bienban.io.postgres import EmbeddedPostgres
from bienban.settings import Settings, load_settings, settings


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """The embedded server of a home of its own; removed at the end."""
    home: Path = tmp_path_factory.mktemp("warehouse") / "home"
    embedded = EmbeddedPostgres(load_settings({"BIENBAN_HOME": str(home)}))
    embedded.start()
    yield embedded
    embedded.remove()


@pytest.fixture
def warehouse(server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """An empty warehouse with roles, tables and grants; ``settings()`` points to it."""
    with fresh_warehouse(server, monkeypatch) as found:
        yield found


@contextmanager
def fresh_warehouse(server: EmbeddedPostgres, patch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """The same for a fixture of another scope."""
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("drop database bienban with (force)")
        connection.execute("create database bienban")
    patch.setenv("BIENBAN_HOME", str(server.settings.home))
    patch.delenv("BIENBAN_WAREHOUSE_DSN", raising=False)
    settings.cache_clear()
    prepare_warehouse(settings(), server.dsn("bienban"))
    yield settings()
    settings.cache_clear()
