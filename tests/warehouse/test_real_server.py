"""A real server: set up by the database's owner, who is no superuser."""

from collections.abc import Iterator

import psycopg
import pytest

from bienban.io.database import connect
from bienban.io.migrate import prepare_warehouse
from bienban.io.postgres import EmbeddedPostgres
from bienban.settings import load_settings


@pytest.fixture(scope="module")
def other_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A server of its own: roles belong to the whole server."""
    embedded = EmbeddedPostgres(load_settings({"BIENBAN_HOME": str(tmp_path_factory.mktemp("real") / "home")}))
    embedded.start()
    yield embedded
    embedded.remove()


@pytest.mark.parametrize(
    "owner",
    [
        pytest.param("somebody", id="an owner of any name"),
        pytest.param("bienban_owner", id="the owner under its own name"),
    ],
)
def test_owner_with_createrole_sets_up_the_warehouse(
    owner: str, other_server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = load_settings({"BIENBAN_HOME": str(other_server.settings.home)})
    password = home.password("owner")
    with psycopg.connect(other_server.dsn(), autocommit=True) as admin:
        _drop_everything(admin)
        admin.execute(f"create role {owner} login createrole password '{password}'")
        admin.execute(f"create database warehouse owner {owner}")
    dsn = f"postgresql://{owner}:{password}@127.0.0.1:{home.secrets()['postgres_port']}/warehouse"
    real = load_settings({"BIENBAN_HOME": str(home.home), "BIENBAN_WAREHOUSE_DSN": dsn})
    for _ in range(2):
        prepare_warehouse(real, real.admin_dsn())
    with connect("bi", config=real) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("select text from raw.articles")
    with connect("transformer", config=real) as connection:
        assert connection.execute("select count(*) from raw.articles").fetchone() == (0,)


def _drop_everything(admin: psycopg.Connection) -> None:
    admin.execute("drop database if exists warehouse with (force)")
    roles = admin.execute(
        "select rolname from pg_roles where rolname like 'bienban%' or rolname = 'somebody'"
    ).fetchall()
    for (role,) in roles:
        admin.execute(f"drop owned by {role} cascade")
    for (role,) in roles:
        admin.execute(f"drop role {role}")
