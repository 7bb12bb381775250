"""Runs: each ends as it can, none is forgotten."""

from expectations.rules import each_row, rows_must_not_exist

SCHEMA = "audit"
_KEY = "run_id"

EXPECTATIONS = [
    each_row(
        "a run that ended has its end",
        "status = 'running' or ended_at >= started_at",
        key=_KEY,
        columns=("status", "started_at", "ended_at"),
        notes="Begun, then ended; a status is one of the closed list that the table checks.",
    ),
    each_row(
        "a run says what ran",
        "num_nulls(extractor_version, code_version, dbt_version) = 0",
        key=_KEY,
        columns=("extractor_version", "code_version", "dbt_version"),
        notes="What was published can be made again only when the versions are known.",
        severity="warning",
    ),
    rows_must_not_exist(
        "no watermark lies in the future",
        "select run_id, raw_watermark from batch where raw_watermark > now() + interval '1 hour'",
        notes="Raw changes up to the watermark count as seen: one in the future hides news for good.",
        columns=("raw_watermark",),
    ),
    rows_must_not_exist(
        "every published run has its version",
        """select run_id, status from batch where status = 'published' and not exists (
            select 1 from audit.published_versions as versions where versions.run_id = batch.run_id
        )""",
        notes="The version and the end of its run are written in one transaction.",
        columns=("run_id", "status"),
    ),
]
