"""Bands of near duplicates without what made writing them slow; clusters by their name."""

from bienban.io.migrations.run_sql import run_sql_beside

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_beside(__file__)
