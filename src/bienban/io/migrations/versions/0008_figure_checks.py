"""Figures that do not fit their neighbours, and names that match nothing, by frequency."""

from bienban.io.migrations.run_sql import run_sql_beside

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_beside(__file__)
