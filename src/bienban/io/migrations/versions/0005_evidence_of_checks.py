"""What the gate measured and reconciled, which articles were shown when, and a chain of hashes over the audit."""

from bienban.io.migrations.run_sql import run_sql_beside

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_beside(__file__)
