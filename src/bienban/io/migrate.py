"""Bring the warehouse to the newest schema: roles, then numbered migrations, grants, the chain over the audit.

Not here: the migrations themselves (``migrations/versions``: a numbered SQL file each).
"""

from importlib import resources

import psycopg
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from bienban.io import audit_chain, roles
from bienban.settings import ROLES, Settings, SettingsError


def prepare_warehouse(settings: Settings, admin_dsn: str) -> None:
    """Roles, schemas, tables, comments and grants; harmless when they are there already.

    ``admin_dsn``: a superuser of the embedded server, or the owner (with CREATEROLE) of a real database.
    """
    roles.ensure_roles(admin_dsn, {role: settings.password(role) for role in ROLES})
    migrate(settings.dsn("owner"))
    with psycopg.connect(settings.dsn("owner")) as owner:
        roles.grant(owner)
        audit_chain.adopt(owner)


def migrate(owner_dsn: str, revision: str = "head") -> None:
    """Run the migrations up to ``revision`` as the owner, all in one transaction.

    Raises SettingsError when the warehouse was migrated by a newer bienban.
    """
    config = Config()
    config.set_main_option("script_location", str(resources.files("bienban.io") / "migrations"))
    config.attributes["dsn"] = owner_dsn
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise SettingsError(f"the warehouse was set up by a newer bienban; update this one ({error})") from error
