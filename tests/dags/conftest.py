"""Airflow with its metadata in a real PostgreSQL, in this process: DAGs run by ``dag.test()``."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

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


@dataclass(frozen=True, slots=True)
class Told:
    """What reached the local mail server and the local web hook, since the test began."""

    mails: list[str]
    posts: list[dict[str, Any]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """A mail server and a web server, known to Airflow by connections."""
    received = Told([], [])

    class Mailbox:
        async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
            mail = message_from_bytes(envelope.content, policy=default)
            words = "".join(part.get_content() for part in mail.walk() if not part.is_multipart())
            received.mails.append(f"To: {mail['to']}\nSubject: {mail['subject']}\n{words}")
            return "250 OK"

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            received.posts.append(json.loads(body) | {"authorization": self.headers["authorization"]})
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    web = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    mail = Controller(Mailbox(), hostname="127.0.0.1", port=_free_port())
    mail.start()
    smtp = {"from_email": "bienban@example.vn", "to": "editor@example.vn", "disable_ssl": True, "disable_tls": True}
    connections = {
        "BIENBAN_SMTP": {"conn_type": "smtp", "host": "127.0.0.1", "port": mail.port, "extra": smtp},
        "BIENBAN_WEBHOOK": {
            "conn_type": "http",
            "host": f"http://127.0.0.1:{web.server_port}/hook",
            "password": "t0ken",
        },
    }
    for name, connection in connections.items():
        monkeypatch.setenv(f"AIRFLOW_CONN_{name}", json.dumps(connection))
    yield received
    mail.stop()
    web.shutdown()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
