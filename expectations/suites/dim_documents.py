"""Cited documents: numbers that look like numbers of documents."""

from expectations.rules import each_row, keys_are_hashes, never_null, readable, rows_must_not_exist

_KEY = "document_key"

EXPECTATIONS = [
    never_null("document_key", "kind", key=_KEY),
    keys_are_hashes("document_key"),
    each_row(
        "documents carry a number, digits first",
        "document_key = 'unknown' or coalesce(number ~ '^[0-9]{{1,5}}[^ ]*$' and length(number) <= 60, false)",
        key=_KEY,
        columns=("number",),
        notes="Documents are numbered 35, 35-NQ/TW, 12/2024/QH15: digits first, no blank; the longest numbers name "
        "three issuers and stay below 40 characters.",
    ),
    each_row(
        "kinds are short words",
        "length(kind) between 3 and 40 and kind !~ '[0-9<>]'",
        key=_KEY,
        columns=("kind",),
        notes="Nghị quyết, Chỉ thị, Thông tư liên tịch: no kind has a digit or forty characters.",
    ),
    each_row(
        "dated since there is a state",
        "dated_on between '1945-09-02' and current_date + 366",
        key=_KEY,
        columns=("dated_on",),
        notes="The state exists since 2 September 1945; a document of the far future is a misread date.",
        severity="warning",
    ),
    readable({"kind": 40, "issuer": 200}, key=_KEY, notes="Issuers are bodies; the longest names have 120."),
    rows_must_not_exist(
        "documents are cited by a meeting",
        """select document_key from batch where document_key <> 'unknown' and not exists (
            select 1 from marts_candidate.bridge_meeting_documents as cited
            where cited.document_key = batch.document_key
        )""",
        notes="A document is known by its citations; one without is left from another build.",
        columns=("document_key",),
    ),
]
