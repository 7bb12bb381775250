"""Parts of large dump files, the reasons of the candidate filter, signatures of near duplicates."""

from bienban.io.migrations.run_sql import run_sql_beside

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_beside(__file__)
