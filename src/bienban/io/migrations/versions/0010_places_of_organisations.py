"""The place that an organisation belongs to, where a report says so."""

from bienban.io.migrations.run_sql import run_sql_beside

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_beside(__file__)
