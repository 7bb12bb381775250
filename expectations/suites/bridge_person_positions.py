"""Positions of office-holders over time: of people that exist, within the days on which they were seen."""

from expectations.rules import (
    each_row,
    keys_are_hashes,
    never_null,
    readable,
    references,
    rows_must_not_exist,
    runs_forward,
)

_KEY = "person_position_key"

EXPECTATIONS = [
    never_null("person_position_key", "person_key", "position_name", "meeting_count", "report_count", key=_KEY),
    keys_are_hashes("person_position_key", "person_key"),
    references({"person_key": "dim_persons.person_key"}, key=_KEY),
    runs_forward("first_seen_on", "last_seen_on", key=_KEY),
    readable({"position_name": 200}, key=_KEY, notes="The longest office has some 120 characters."),
    each_row(
        "each position was told in a meeting's report",
        "meeting_count >= 1 and report_count >= meeting_count",
        key=_KEY,
        columns=("meeting_count", "report_count"),
        notes="A position that nobody reports has no row; one article reports one meeting.",
    ),
    rows_must_not_exist(
        "positions lie within the days on which the person was seen",
        """select person_position_key from batch
        join marts_candidate.dim_persons as persons using (person_key)
        where batch.first_seen_on < persons.first_seen_on or batch.last_seen_on > persons.last_seen_on""",
        notes="Both come from the same reports: another day means tables of different builds.",
        columns=("first_seen_on", "last_seen_on"),
    ),
]
