"""Who took part: not more people than a report can name."""

import great_expectations.expectations as gxe

from expectations.reasons import rows_must_not_exist

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="role",
        value_set=["chair", "concluded", "presenter", "speaker", "attended"],
        severity="critical",
        notes="The closed list of the extraction contract, and chair.",
    ),
    rows_must_not_exist(
        "no meeting has a crowd of named people",
        "select meeting_key, count(*) as people from batch group by meeting_key having count(*) > 150",
        notes="Congress reports list up to some 60 names; past 150 a list of delegates or candidates was read.",
        severity="warning",
    ),
]
