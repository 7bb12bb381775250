"""Published versions say what changed and what they restore; pins of rolled back versions."""

from bienban.io.migrations.run_sql import run_sql_beside

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_beside(__file__)
