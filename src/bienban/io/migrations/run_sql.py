"""Run a migration's SQL file as it stands."""

from pathlib import Path

from alembic import op


def run_sql_beside(revision_file: str) -> None:
    """Execute ``NNNN_name.sql`` beside ``NNNN_name.py`` in the migration's transaction."""
    statements = Path(revision_file).with_suffix(".sql").read_text(encoding="utf-8")
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    # The driver's own cursor: SQLAlchemy would take ":" and "%" in the file for parameters.
    driver.execute(statements)
