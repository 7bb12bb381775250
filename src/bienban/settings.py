"""The environment, read once into one frozen value.

``BIENBAN_HOME``            state folder (default: ``.bienban`` in the checkout)
``BIENBAN_WAREHOUSE_DSN``   a real PostgreSQL 15+ as its owner; unset: the embedded server of the home
``BIENBAN_<ROLE>_PASSWORD`` password of a role on a real server; unset: kept in the home's secrets file
``BIENBAN_LANDING``         folder, or address of one (``s3://…``), that ``ingest_dumps`` looks into
                            (default: ``landing`` in the home)
``BIENBAN_PART_MB``         size of the parts in which a large file is read (default: 256)
``BIENBAN_APPROVE``         auto | ask: who answers when a publication needs approval
``BIENBAN_EVIDENCE_MEETINGS`` how many of the newest meetings get evidence pages (default: 10000)
``BIENBAN_REPORTS_URL``     where the reports are copied to as well (file, s3, gs …); unset: nowhere
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

ROLES = ("owner", "loader", "transformer", "validator", "publisher", "auditor", "bi")


class SettingsError(RuntimeError):
    """The environment or the home is not usable; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are. Paths are absolute."""

    project: Path  # the checkout: dags/, dbt_project/, expectations/
    home: Path
    landing: str  # an absolute path, or an address
    part_bytes: int
    approve: str
    evidence_meetings: int
    reports_url: str | None
    warehouse_dsn: str | None  # of a real server, as given

    @property
    def secrets_file(self) -> Path:
        """Passwords and ports of this home, mode 0600, written by ``bienban.io.home``."""
        return self.home / "secrets.json"

    @property
    def reports(self) -> Path:
        """The folder of the static reports."""
        return self.home / "reports"

    def secrets(self) -> dict[str, str]:
        """The home's own passwords and ports. Raises SettingsError before the first set-up."""
        try:
            loaded: dict[str, str] = json.loads(self.secrets_file.read_text())
        except FileNotFoundError:
            raise SettingsError(f"{self.home} is not set up yet: run `make run` or `make dsn ROLE=owner`") from None
        return loaded

    def admin_dsn(self) -> str:
        """The URL that may create roles and schemas. It holds a password: do not log it."""
        if self.warehouse_dsn is not None:
            return self.warehouse_dsn
        known = self.secrets()
        netloc = f"127.0.0.1:{known['postgres_port']}"
        return _url("postgresql", "postgres", known["postgres_password"], netloc, "/bienban", "")

    def password(self, role: str) -> str:
        """The password of ``role`` (one of ROLES): given in the environment, else kept in the home."""
        if role not in ROLES:
            raise SettingsError(f"unknown role {role!r}: one of {', '.join(ROLES)}")
        return os.environ.get(f"BIENBAN_{role.upper()}_PASSWORD") or self.secrets()[f"{role}_password"]

    def dsn(self, role: str) -> str:
        """The libpq URL of ``role`` (one of ROLES) on the warehouse. It holds a password: do not log it."""
        password = self.password(role)
        if self.warehouse_dsn is None:
            netloc = f"127.0.0.1:{self.secrets()['postgres_port']}"
            return _url("postgresql", f"bienban_{role}", password, netloc, "/bienban", "")
        given = urlsplit(self.warehouse_dsn)
        netloc = given.netloc.rpartition("@")[2]
        return _url(given.scheme, f"bienban_{role}", password, netloc, given.path, given.query)


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from ``environ`` (default: the process's)."""
    env = os.environ if environ is None else environ
    project = Path(env.get("BIENBAN_PROJECT") or Path(__file__).resolve().parents[2])
    home = Path(env.get("BIENBAN_HOME") or project / ".bienban").expanduser().absolute()
    approve = env.get("BIENBAN_APPROVE") or "auto"
    if approve not in ("auto", "ask"):
        raise SettingsError(f"BIENBAN_APPROVE is {approve!r}: auto or ask")
    newest = env.get("BIENBAN_EVIDENCE_MEETINGS") or "10000"
    if not newest.isdecimal():
        raise SettingsError(f"BIENBAN_EVIDENCE_MEETINGS is {newest!r}: a number")
    return Settings(
        project=project,
        home=home,
        landing=_landing(env.get("BIENBAN_LANDING") or str(home / "landing")),
        part_bytes=_megabytes(env.get("BIENBAN_PART_MB") or "256"),
        approve=approve,
        evidence_meetings=int(newest),
        reports_url=env.get("BIENBAN_REPORTS_URL") or None,
        warehouse_dsn=env.get("BIENBAN_WAREHOUSE_DSN") or None,
    )


def _megabytes(given: str) -> int:
    try:
        size = int(float(given) * 1_000_000)
    except ValueError:
        size = 0
    if size < 1:
        raise SettingsError(f"BIENBAN_PART_MB is {given!r}: a number of megabytes")
    return size


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return load_settings()


def _landing(given: str) -> str:
    return given if "://" in given else str(Path(given).expanduser().absolute())


def _url(scheme: str, user: str, password: str, netloc: str, path: str, query: str) -> str:
    return urlunsplit((scheme, f"{user}:{quote(password, safe='')}@{netloc}", path, query, ""))
