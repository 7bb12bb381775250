"""Reviews of published rows by people: what was drawn, the verdicts, the estimates; the way from a key to its page."""

from bienban.io.migrations.run_sql import run_sql_beside

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_beside(__file__)
