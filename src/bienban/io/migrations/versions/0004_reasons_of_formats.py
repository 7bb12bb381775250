"""Reasons of rejection that the formats of version 0.2 need."""

from bienban.io.migrations.run_sql import run_sql_beside

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_beside(__file__)
