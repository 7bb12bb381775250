"""Meetings: as many as raw reports, on days that can be, each with its evidence."""

from expectations.reasons import (
    SEEN,
    days_in_reason,
    filled,
    not_empty_while,
    quotes_stand_in_their_articles,
    told_by_a_report,
)
from expectations.rules import (
    closed_lists,
    each_row,
    keys_are_hashes,
    never_null,
    readable,
    references,
    rows_must_not_exist,
    runs_forward,
    spans,
)

_KEY = "meeting_key"
_CURRENT_REPORTS = (
    "raw.meetings join raw.extractions using (article_id, extractor_version) "
    "join raw.articles using (article_id) join raw.article_occurrences using (article_id) "
    "join raw.dump_files using (dump_file_id)"
)
_SESSIONS = (
    "mid_term_review", "year_end_review", "briefing", "launch", "dissemination", "inspection", "working_session",
    "training", "congress", "council_session", "committee_meeting", "consultation", "dialogue", "award", "thematic",
    "other",
)  # fmt: skip

EXPECTATIONS = [
    not_empty_while(
        _CURRENT_REPORTS,
        "extractions.is_current and articles.is_latest and dump_files.status <> 'withdrawn'",
        notes="Raw holds reports of meetings: marts without one would be a build that went wrong.",
    ),
    never_null(
        "meeting_key", "body_key", "unit_key", "held_on_date_key", "held_on_precision", "held_on_basis",
        "primary_session_type", "session_types", "report_count", "has_conflicting_reports", "article_id", "span_start",
        "span_end", "quote",
        key=_KEY,
    ),
    keys_are_hashes("meeting_key", "body_key"),
    references(
        {
            "body_key": "dim_bodies.body_key",
            "unit_key": "dim_units.unit_key",
            "held_on_date_key": "dim_dates.date_key",
            "article_id": "dim_articles.article_id",
        },
        key=_KEY,
    ),
    closed_lists(
        {
            "held_on_precision": ("day", "month", "quarter", "half", "year", "none"),
            "held_on_basis": ("phrase", "title", "period", "published_on", "other_report", "none"),
            "part_of_day": ("morning", "afternoon", "evening"),
            "primary_session_type": _SESSIONS,
        },
        key=_KEY,
    ),
    each_row(
        "session_types holds the primary one",
        f"(primary_session_type = any(session_types) or report_count > 1)"
        f" and session_types <@ array[{', '.join(repr(each) for each in _SESSIONS)}]",
        key=_KEY,
        columns=("primary_session_type", "session_types"),
        notes="All kinds of session are of the closed list; of several reports the most told is the main one.",
    ),
    rows_must_not_exist(
        "the unit is that of the body",
        f"""select {_KEY}, units.unit_id, bodies.unit_id as body_unit_id from batch
        join marts_candidate.dim_units as units using (unit_key)
        join marts_candidate.dim_bodies as bodies using (body_key)
        where units.unit_id <> bodies.unit_id""",
        notes="A body belongs to one unit; a meeting shows the version of that unit on its day.",
        columns=("unit_key", "body_key"),
    ),
    rows_must_not_exist(
        "the unit stood on the day of the meeting",
        f"""select {_KEY}, batch.unit_key, batch.held_on, units.valid_from, units.valid_to from batch
        join marts_candidate.dim_units as units using (unit_key)
        where not daterange(units.valid_from, units.valid_to, '[]') @> batch.held_on and exists (
            select 1 from marts_candidate.dim_units as others where others.unit_id = units.unit_id
                and daterange(others.valid_from, others.valid_to, '[]') @> batch.held_on
        )""",
        notes="Facts point to the version valid on held_on, while there is one.",
        columns=("unit_key", "held_on"),
    ),
    quotes_stand_in_their_articles(_KEY),
    spans(key=_KEY),
    told_by_a_report("held_on"),
    told_by_a_report("part_of_day"),
    told_by_a_report("reviewed_from", "reviewed_to"),
    told_by_a_report("planned_from", "planned_to"),
    rows_must_not_exist(
        "no day or period of the report shown is lost",
        f"""select {_KEY}, batch.article_id as article_id from batch
        join raw.meetings as records on records.article_id = batch.article_id
            and (records.span_start, records.span_end) = (batch.span_start, batch.span_end)
        join raw.extractions as done on (done.article_id, done.extractor_version)
            = (records.article_id, records.extractor_version)
        where done.is_current and done.extracted_at <= {SEEN} and (
            batch.held_on is null and records.held_on is not null
            or batch.part_of_day is null and records.part_of_day is not null
            or batch.reviewed_from is null and records.reviewed_from is not null
            or batch.planned_from is null and records.planned_from is not null
        )""",
        notes="What the report that speaks for the meeting tells, the meeting tells.",
        columns=("held_on", "part_of_day", "reviewed_from", "planned_from"),
    ),
    each_row(
        "a day and its precision agree",
        "(held_on is null) = (held_on_precision = 'none') and (held_on is null) = (held_on_basis = 'none')",
        key=_KEY,
        columns=("held_on", "held_on_precision", "held_on_basis"),
        notes="No day, no precision and no basis, and the other way round.",
    ),
    each_row(
        "held_on_date_key is the day",
        "held_on_date_key = case when held_on between '2000-01-01' and '2035-12-31'"
        " then to_char(held_on, 'YYYY-MM-DD') else 'unknown' end",
        key=_KEY,
        columns=("held_on_date_key", "held_on"),
        notes="The key of dim_dates is the day itself; outside of the calendar it is unknown.",
    ),
    *days_in_reason(
        "held_on",
        years_ahead=1,
        notes="A report tells of a meeting that was held; a year of tolerance for wrong dates of publication.",
    ),
    *days_in_reason("reviewed_from", years_ahead=1, notes="What is reviewed has happened."),
    *days_in_reason("reviewed_to", years_ahead=5, notes="A term under review may end after the meeting."),
    *days_in_reason("planned_from", years_ahead=35, notes="The furthest plans look to 2045 and 2050."),
    *days_in_reason("planned_to", years_ahead=35, notes="The furthest plans of public bodies look to 2045 and 2050."),
    runs_forward("reviewed_from", "reviewed_to", key=_KEY),
    runs_forward("planned_from", "planned_to", key=_KEY),
    each_row(
        "reports are counted from one on",
        "report_count between 1 and 200",
        key=_KEY,
        columns=("report_count",),
        notes="No report, no meeting. The sittings of the National Assembly draw some 100 reports a day; "
        "past 200 meetings of different bodies were merged.",
    ),
    each_row(
        "a single report contradicts no other",
        "not has_conflicting_reports or report_count > 1",
        key=_KEY,
        columns=("has_conflicting_reports", "report_count"),
        notes="It takes two reports to state different things.",
    ),
    readable({"headline": 500, "quote": 1_000}, key=_KEY, notes="Headlines of portals stay below 300 characters."),
    filled("held_on", 0.5, notes="Four of five reports name the day; below half the date grammar missed a form."),
    rows_must_not_exist(
        "most meetings have a known unit",
        """select count(*) as meetings, count(*) filter (where unit_key = 'unknown') as of_unknown_unit from batch
        having count(*) filter (where unit_key = 'unknown') > count(*) / 2""",
        notes="Most hosts name their unit; above half unknown, the register or the host grammar failed.",
        severity="warning",
        columns=("unit_key",),
    ),
]  # fmt: skip
