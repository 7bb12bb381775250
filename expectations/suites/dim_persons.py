"""Office-holders: names of people, nothing longer, seen in the right order."""

import great_expectations.expectations as gxe

from expectations.reasons import EARLIEST_DAY, rows_must_not_exist

EXPECTATIONS = [
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="display_name",
        min_value=2,
        max_value=60,
        severity="critical",
        notes="Names of minority peoples have up to some 40 characters; past 60 a sentence was taken for a name.",
    ),
    gxe.ExpectColumnValuesToNotMatchRegex(
        column="display_name",
        regex=r"[0-9<>@/]",
        severity="critical",
        notes="No name holds a digit or markup: what does was read from a signature, a phone or a page's furniture.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="last_seen_on",
        column_B="first_seen_on",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        severity="critical",
        notes="Both are taken over the same reports.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="first_seen_on",
        min_value=EARLIEST_DAY,
        severity="critical",
        notes="No report is older than the first portals.",
    ),
    rows_must_not_exist(
        "office-holders take part in meetings",
        """select person_key from batch where not exists (
            select 1 from marts_candidate.bridge_meeting_persons as roles where roles.person_key = batch.person_key
        ) and person_key <> 'unknown'""",
        notes="A name that no meeting needs has no place in marts.",
    ),
]
