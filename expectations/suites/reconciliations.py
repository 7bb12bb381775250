"""The balance of every step from the dumps to the marts; how it is taken: expectations/reconciliation.py."""

from expectations.rules import rows_must_not_exist

SCHEMA = "audit"
_LATEST = "reconciled_at = (select max(reconciled_at) from batch)"

EXPECTATIONS = [
    rows_must_not_exist(
        "every record went on or was left out for a reason",
        f"""select step as step_code, came, went, (left_out ->> 'total')::bigint as left_out_rows, unexplained
        from batch where {_LATEST} and unexplained <> 0""",
        notes="came = went + left out, for each step: more came than went: lost; less: invented.",
        columns=("came", "went", "left_out", "unexplained"),
    ),
    rows_must_not_exist(
        "few articles wait for the extractor",
        f"""select step as step_code, came, went from batch where {_LATEST} and step = 'raw.articles -> raw.extractions'
            and went < came""",
        notes="They are missing in this version; while a load goes on it may be so for moments.",
        severity="warning",
        columns=("came", "went"),
    ),
    rows_must_not_exist(
        "all steps were reconciled",
        f"select count(*) as steps from batch where {_LATEST} having count(*) < 18",
        notes="A step that is not counted loses unseen.",
        columns=("step",),
    ),
]
