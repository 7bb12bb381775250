"""Alembic's entry point: one connection as the owner, one transaction for all pending migrations."""

import psycopg
from alembic import context
from sqlalchemy import create_engine, pool, text

_ONE_AT_A_TIME = 0x6269656E626170


def run_migrations() -> None:
    """Take the lock, make the schema of alembic's own table, run what is pending."""
    dsn: str = context.config.attributes["dsn"]
    # The creator keeps libpq's reading of the DSN; SQLAlchemy's own parser differs on options.
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn), poolclass=pool.NullPool)
    with engine.begin() as connection:
        connection.execute(text(f"select pg_advisory_xact_lock({_ONE_AT_A_TIME})"))
        connection.execute(text("create schema if not exists audit"))
        context.configure(connection=connection, version_table="schema_version", version_table_schema="audit")
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
