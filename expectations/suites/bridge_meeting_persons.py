"""Who took part: people and meetings that exist, in known roles, not more than a report can name."""

from expectations.rules import closed_lists, each_row, never_null, references, rows_must_not_exist

_KEY = "meeting_key, person_key"

EXPECTATIONS = [
    never_null("meeting_key", "person_key", "role", "positions", key=_KEY),
    references({"meeting_key": "fct_meetings.meeting_key", "person_key": "dim_persons.person_key"}, key=_KEY),
    closed_lists({"role": ("chair", "concluded", "presenter", "speaker", "attended")}, key=_KEY),
    each_row(
        "positions are a few phrases",
        "cardinality(positions) <= 12 and array_position(positions, null) is null"
        " and length(array_to_string(positions, '')) <= 150 * greatest(cardinality(positions), 1)",
        key=_KEY,
        columns=("positions",),
        notes="The longest chains tell party, state and committee offices of one person: up to six; "
        "the longest office has some 120 characters.",
        severity="warning",
    ),
    rows_must_not_exist(
        "people belong to the meetings of their body",
        f"""select {_KEY}, persons.body_key, meetings.body_key as meeting_body_key from batch
        join marts_candidate.dim_persons as persons using (person_key)
        join marts_candidate.fct_meetings as meetings using (meeting_key)
        where persons.body_key <> meetings.body_key""",
        notes="A person is one within one body's reports, never across bodies by the name alone.",
        columns=("meeting_key", "person_key"),
    ),
    rows_must_not_exist(
        "no meeting has a crowd of named people",
        "select meeting_key, count(*) as people from batch group by meeting_key having count(*) > 150",
        notes="Congress reports list up to some 60 names; past 150 a list of delegates or candidates was read.",
        severity="warning",
        columns=("meeting_key",),
    ),
    rows_must_not_exist(
        "few people take the chair of one meeting",
        """select meeting_key, count(*) as chairs from batch where role = 'chair' group by meeting_key
        having count(*) > 10""",
        notes="A presidium of a congress has five to nine members; past ten another role was read as the chair.",
        severity="warning",
        columns=("role",),
    ),
]
