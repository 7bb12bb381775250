"""Office-holders: names that are names, of bodies that exist, seen when reports are."""

from expectations.reasons import EARLIEST_DAY
from expectations.rules import (
    each_row,
    keys_are_hashes,
    never_null,
    readable,
    references,
    rows_must_not_exist,
    runs_forward,
)

_KEY = "person_key"

EXPECTATIONS = [
    never_null("person_key", "body_key", "display_name", key=_KEY),
    keys_are_hashes("person_key", "body_key"),
    references({"body_key": "dim_bodies.body_key"}, key=_KEY),
    each_row(
        "a name has the length of a name",
        "length(display_name) between 2 and 60",
        key=_KEY,
        columns=("display_name",),
        notes="Names of minority peoples have up to some 40 characters; past 60 a sentence was taken for a name.",
    ),
    each_row(
        "a name holds no digit and no markup",
        "display_name !~ '[0-9<>@/]'",
        key=_KEY,
        columns=("display_name",),
        notes="What does was read from a signature, a phone number or a page's furniture.",
    ),
    readable({"display_name": 60}, key=_KEY, notes="Names for people."),
    runs_forward("first_seen_on", "last_seen_on", key=_KEY),
    each_row(
        "seen in the time of reports",
        f"first_seen_on >= '{EARLIEST_DAY}' and last_seen_on <= current_date + 2 * 366",
        key=_KEY,
        columns=("first_seen_on", "last_seen_on"),
        notes="No report is older than the first portals; a meeting two years ahead is a misread date. Days of many "
        "meetings out of reason are critical in fct_meetings.",
        severity="warning",
    ),
    rows_must_not_exist(
        "office-holders take part in meetings",
        """select person_key from batch where not exists (
            select 1 from marts_candidate.bridge_meeting_persons as roles where roles.person_key = batch.person_key
        ) and person_key <> 'unknown'""",
        notes="A name that no meeting needs has no place in marts.",
        columns=("person_key",),
    ),
    rows_must_not_exist(
        "people in marts hold an office",
        """select person_key from batch where person_key <> 'unknown' and not exists (
            select 1 from marts_candidate.bridge_meeting_persons as roles
            where roles.person_key = batch.person_key and cardinality(roles.positions) > 0
        )""",
        notes="People without a public office stay in raw; no mart names them.",
        columns=("person_key", "display_name"),
    ),
]
