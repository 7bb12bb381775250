"""Published versions: counted without a gap, one current, each with its run, counts and approval."""

from expectations.rules import each_row, rows_must_not_exist

SCHEMA = "audit"
_KEY = "version"

EXPECTATIONS = [
    rows_must_not_exist(
        "versions are counted without a gap",
        "select max(version) as last_version, count(*) as versions from batch having max(version) <> count(*)",
        notes="A version that is missing was removed.",
        columns=("version",),
    ),
    rows_must_not_exist(
        "the newest version is the current one",
        """select count(*) filter (where is_current) as current_versions from batch
        having count(*) > 0 and (count(*) filter (where is_current) <> 1
            or max(version) <> max(version) filter (where is_current))""",
        notes="A publication and a roll-back make a new version, and it stands until the next.",
        columns=("is_current", "version"),
    ),
    each_row(
        "a version follows the one before",
        "version = 1 and previous_version is null or previous_version = version - 1",
        key=_KEY,
        columns=("version", "previous_version"),
        notes="previous_version is what stood before.",
    ),
    each_row(
        "somebody approved it",
        "length(trim(approved_by)) > 0 and (approval = 'asked') >= (approval_note is not null)",
        key=_KEY,
        columns=("approved_by", "approval", "approval_note"),
        notes="By setting or by a person; only a person leaves a note.",
    ),
    rows_must_not_exist(
        "no critical expectation failed in the run that published it",
        """select version, batch.run_id, count(*) as failed from batch
        join audit.validation_results as results using (run_id)
        where batch.restored_version is null and not results.success and results.severity = 'critical'
            and coalesce(nullif(split_part(results.expectation_id, '#', 2), ''), '1') = (
                select max(coalesce(nullif(split_part(last.expectation_id, '#', 2), ''), '1')::integer)::text
                from audit.validation_results as last where last.run_id = batch.run_id
            )
        group by version, batch.run_id""",
        notes="That is what the gate is for; the publisher looks once more by itself.",
        columns=("run_id",),
    ),
    rows_must_not_exist(
        "versions tell the rows of their tables",
        """select version from batch where not row_counts ?& array['fct_meetings', 'fct_metrics', 'dim_units']
            or exists (select 1 from jsonb_each_text(row_counts) as counts where counts.value::bigint < 0)""",
        notes="What bienban verify compares the marts with.",
        severity="warning",
        columns=("row_counts",),
    ),
]
