"""Documents that meetings cite: both exist, and not more than a report can name."""

from expectations.rules import keys_are_hashes, never_null, references, rows_must_not_exist

_KEY = "meeting_key, document_key"

EXPECTATIONS = [
    never_null("meeting_key", "document_key", key=_KEY),
    keys_are_hashes("meeting_key", "document_key"),
    references({"meeting_key": "fct_meetings.meeting_key", "document_key": "dim_documents.document_key"}, key=_KEY),
    rows_must_not_exist(
        "no meeting cites a whole register of documents",
        "select meeting_key, count(*) as documents from batch group by meeting_key having count(*) > 100",
        notes="Council sessions pass some 40 resolutions; past 100 a list of legal texts was read.",
        severity="warning",
        columns=("meeting_key",),
    ),
]
