"""Documents that meetings cite: not more than a report can name."""

from expectations.reasons import rows_must_not_exist

EXPECTATIONS = [
    rows_must_not_exist(
        "no meeting cites a whole register of documents",
        "select meeting_key, count(*) as documents from batch group by meeting_key having count(*) > 100",
        notes="Council sessions pass some 40 resolutions; past 100 a list of legal texts was read.",
        severity="warning",
    ),
]
