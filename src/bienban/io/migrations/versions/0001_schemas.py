"""Schemas, raw and audit tables, their comments, the functions that close a run or switch a version."""

from bienban.io.migrations.run_sql import run_sql_beside

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_beside(__file__)
