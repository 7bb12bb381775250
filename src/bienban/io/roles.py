"""The seven database roles and what each may do. Everything here runs again harmlessly.

`owner` makes the tables; every other role has the least that its job needs. The table of rights is
``_GRANTS``; ``tests/warehouse/test_roles.py`` logs in as each role and is refused the rest.

Not here: tables (``migrations/``), passwords (``bienban.settings``).
"""

from collections.abc import Iterator, Mapping

import psycopg
from psycopg import Connection, sql

from bienban.settings import ROLES

BI_STATEMENT_TIMEOUT = "60s"

# Session defaults; `bi` could lift its own read-only default, its grants hold nevertheless.
_ROLE_SETTINGS = {
    "bi": {
        "statement_timeout": BI_STATEMENT_TIMEOUT,
        "idle_in_transaction_session_timeout": "60s",
        "default_transaction_read_only": "on",
    },
    "auditor": {"default_transaction_read_only": "on"},
}

# Tables that exist: schema, table ("*" for all), rights, roles.
_GRANTS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("raw", "*", "select", ("loader", "transformer", "validator", "auditor")),
    ("raw", "*", "insert", ("loader",)),
    ("raw", "dump_files", "update", ("loader",)),
    ("raw", "articles", "update, delete", ("loader",)),
    ("raw", "article_occurrences", "update, delete", ("loader",)),
    ("raw", "rejected_records", "delete", ("loader",)),
    ("raw", "extractions", "update, delete", ("loader",)),
    ("raw", "dump_file_parts", "update, delete", ("loader",)),
    ("raw", "staged_records", "delete", ("loader",)),
    ("raw", "article_signatures", "delete", ("loader",)),
    ("raw", "article_bands", "delete", ("loader",)),
    ("raw", "changed_articles", "delete", ("transformer",)),
    ("staging", "*", "select", ("validator",)),
    ("intermediate", "*", "select", ("validator",)),
    ("marts_candidate", "*", "select", ("validator", "publisher")),
    ("marts", "*", "select", ("bi", "auditor")),
    ("audit", "*", "select", ("loader", "validator", "publisher", "auditor", "bi")),
    ("audit", "pipeline_runs", "insert", ("loader", "validator", "publisher")),
    ("audit", "validation_results", "insert", ("validator",)),
    ("audit", "published_versions", "insert", ("publisher",)),
    ("audit", "pin_events", "insert", ("publisher",)),
    ("audit", "retired_keys", "insert", ("publisher",)),
    ("audit", "corrections", "insert", ("publisher",)),
    ("audit", "take_downs", "insert", ("loader",)),
    ("audit", "chain", "insert", ("loader", "validator", "publisher")),
    ("audit", "measures", "insert", ("validator",)),
    ("audit", "reconciliations", "insert", ("validator",)),
    ("audit", "shown_articles", "insert", ("publisher",)),
    ("audit", "review_samples", "insert", ("validator",)),
    ("audit", "review_verdicts", "insert", ("validator",)),
    ("audit", "review_results", "insert", ("validator",)),
)

# Tables that a schema's writer makes later: writer, schema, readers.
_FUTURE_TABLES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("transformer", "staging", ("validator",)),
    ("transformer", "intermediate", ("validator",)),
    ("transformer", "marts_candidate", ("validator", "publisher")),
    ("publisher", "marts", ("bi", "auditor")),
)

_FUNCTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("audit.finish_run(text, text)", ("loader", "publisher")),
    ("audit.make_current(bigint)", ("publisher",)),
    ("audit.forget_samples()", ("publisher",)),
)

# loader and transformer stage rows in temporary tables, the publisher compares versions in them.
_MAY_MAKE_TEMPORARY = ("owner", "loader", "transformer", "publisher")


def ensure_roles(admin_dsn: str, passwords: Mapping[str, str]) -> None:
    """Create what is missing of the seven roles and set their passwords and session defaults.

    ``admin_dsn`` is the database's owner with CREATEROLE (or a superuser); ``passwords`` is keyed by
    role name without prefix. Raises psycopg.errors.InsufficientPrivilege when the admin may not.
    """
    with psycopg.connect(admin_dsn) as admin:
        admin.execute("select pg_advisory_xact_lock(%s)", (_SETUP_LOCK,))  # two set-ups at once would collide
        known = {name for (name,) in admin.execute("select rolname from pg_roles")}
        for role in ROLES:
            _ensure_role(admin, role, passwords[role], exists=f"bienban_{role}" in known)
        _ensure_owner(admin)


def grant(owner: Connection) -> None:
    """Give every role its rights, as the owner, after the migrations."""
    with owner.transaction():
        for statement in _statements():
            owner.execute(statement)


_SETUP_LOCK = 0x6269656E62616F


def _ensure_role(admin: Connection, role: str, password: str, *, exists: bool) -> None:
    name = sql.Identifier(f"bienban_{role}")
    if not exists:
        admin.execute(sql.SQL("create role {} login").format(name))
    admin.execute(sql.SQL("alter role {} password {}").format(name, sql.Literal(password)))
    for setting, value in _ROLE_SETTINGS.get(role, {}).items():
        admin.execute(sql.SQL("alter role {} set {} = {}").format(name, sql.Identifier(setting), sql.Literal(value)))


def _ensure_owner(admin: Connection) -> None:
    """The owner makes schemas for the others, so it must be able to act as each of them."""
    row = admin.execute("select current_database(), current_user::text").fetchone()
    assert row is not None
    database, owner = sql.Identifier(row[0]), sql.Identifier("bienban_owner")
    for role in ROLES[1:]:
        admin.execute(sql.SQL("grant {} to {}").format(sql.Identifier(f"bienban_{role}"), owner))
    admin.execute(sql.SQL("revoke all on database {} from public").format(database))
    admin.execute("revoke create on schema public from public")
    for role in ROLES:
        name = sql.Identifier(f"bienban_{role}")
        admin.execute(sql.SQL("grant connect on database {} to {}").format(database, name))
        if role in _MAY_MAKE_TEMPORARY:
            admin.execute(sql.SQL("grant temporary on database {} to {}").format(database, name))
    if row[1] != "bienban_owner":
        admin.execute(sql.SQL("grant create on database {} to {}").format(database, owner))


def _statements() -> Iterator[sql.Composed]:
    for schema in ("raw", "audit"):  # a right that an older version gave must not outlive it
        yield sql.SQL("revoke all on all tables in schema {} from {}").format(sql.Identifier(schema), _names(ROLES[1:]))
    schemas: dict[str, set[str]] = {}
    for schema, table, rights, roles in _GRANTS:
        what = sql.SQL("all tables in schema {}" if table == "*" else "table {}")
        target = what.format(sql.Identifier(schema) if table == "*" else sql.Identifier(schema, table))
        yield sql.SQL("grant {} on {} to {}").format(sql.SQL(rights), target, _names(roles))
        schemas.setdefault(schema, set()).update(roles)
    for writer, schema, readers in _FUTURE_TABLES:
        yield sql.SQL("alter default privileges for role {} in schema {} grant select on tables to {}").format(
            sql.Identifier(f"bienban_{writer}"), sql.Identifier(schema), _names(readers)
        )
    for schema, roles_of_schema in schemas.items():
        yield sql.SQL("grant usage on schema {} to {}").format(
            sql.Identifier(schema), _names(tuple(sorted(roles_of_schema)))
        )
    for function, roles in _FUNCTIONS:
        yield sql.SQL("revoke all on function {} from public").format(sql.SQL(function))
        yield sql.SQL("grant execute on function {} to {}").format(sql.SQL(function), _names(roles))


def _names(roles: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(f"bienban_{role}") for role in roles)
