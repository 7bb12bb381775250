"""The state folder: its secrets and ports, made once and fixed for the life of the home."""

import base64
import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bienban.settings import ROLES, Settings, SettingsError

_PORTS = range(20_000, 30_000)  # below the ephemeral range, so that no client socket takes one


def ensure_home(settings: Settings) -> dict[str, str]:
    """Make the home and its secrets file when missing; return the secrets and ports."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"cannot make {settings.home}: {error.strerror}. Set BIENBAN_HOME to a folder you own"
        ) from None
    with home_lock(settings.home, "set-up"):
        known: dict[str, str] = {}
        with suppress(FileNotFoundError):
            known = json.loads(settings.secrets_file.read_text())
        wanted = _missing(known)
        if wanted:
            known |= wanted
            _write_private(settings.secrets_file, json.dumps(known, indent=1))
    return known


@contextmanager
def home_lock(home: Path, name: str) -> Iterator[None]:
    """Hold an exclusive lock of the home; a killed holder loses it."""
    with (home / f".{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def free_port(taken: set[int]) -> int:
    """A port of the loopback interface that nobody listens on now."""
    for _ in range(200):
        port = secrets.choice(_PORTS)
        if port not in taken and not port_is_taken(port):
            return port
    raise SettingsError("no free port between 20000 and 29999 on 127.0.0.1")


def port_is_taken(port: int) -> bool:
    """Whether something listens on the loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _missing(known: dict[str, str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for name in (*ROLES, "postgres", "airflow"):
        if f"{name}_password" not in known:
            made[f"{name}_password"] = secrets.token_urlsafe(24)
    if "airflow_jwt_secret" not in known:
        made["airflow_jwt_secret"] = secrets.token_hex(48)  # Airflow warns below 64 bytes
    if "airflow_fernet_key" not in known:
        made["airflow_fernet_key"] = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    if "airflow_secret_key" not in known:
        made["airflow_secret_key"] = secrets.token_hex(32)
    taken = {int(value) for key, value in known.items() if key.endswith("_port")}
    for name in ("postgres", "airflow", "airflow_logs", "airflow_trigger_logs"):
        if f"{name}_port" not in known:
            port = free_port(taken)
            taken.add(port)
            made[f"{name}_port"] = str(port)
    return made


def _write_private(path: Path, content: str) -> None:
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(content)
    draft.replace(path)
