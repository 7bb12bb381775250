"""What must be plausible before a version is published: one suite per table, run by ``run.py``."""
