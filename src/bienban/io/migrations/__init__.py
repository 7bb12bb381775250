"""Alembic migrations of the schemas raw and audit: one numbered SQL file and its revision each."""
