"""Reconciliation of raw and marts: every current report belongs to one meeting, and no other article does."""

from expectations.reasons import SEEN
from expectations.rules import closed_lists, never_null, references, rows_must_not_exist

_KEY = "meeting_key, article_id"
_REPORTS = """select articles.article_id, articles.is_latest,
    greatest(articles.changed_at, extractions.extracted_at) as changed_at
from raw.meetings
join raw.extractions using (article_id, extractor_version)
join raw.articles using (article_id)
where extractions.is_current and extractions.status = 'extracted'
    and exists (
        select 1 from raw.article_occurrences join raw.dump_files using (dump_file_id)
        where article_occurrences.article_id = articles.article_id and dump_files.status <> 'withdrawn'
    )"""

EXPECTATIONS = [
    never_null("meeting_key", "article_id", "is_primary", "joined_by", key=_KEY),
    closed_lists({"joined_by": ("session", "release", "figures", "day", "period", "publication")}, key=_KEY),
    references({"meeting_key": "fct_meetings.meeting_key", "article_id": "dim_articles.article_id"}, key=_KEY),
    rows_must_not_exist(
        "no current report is lost",
        f"""select reports.article_id from ({_REPORTS}) as reports
        where reports.is_latest and reports.changed_at <= {SEEN}
            and not exists (select 1 from batch as links where links.article_id = reports.article_id)""",
        notes="Reconciliation raw -> marts: a report that reaches no meeting was lost on the way.",
        columns=("article_id",),
    ),
    rows_must_not_exist(
        "no report is invented",
        f"""select links.article_id from batch as links
        where not exists (select 1 from ({_REPORTS}) as reports where reports.article_id = links.article_id)
            and not exists (
                select 1 from raw.articles left join raw.extractions using (article_id)
                where article_id = links.article_id and greatest(changed_at, extracted_at) > {SEEN}
            )""",
        notes="Articles of withdrawn dump files, of older extractions and taken down ones have left.",
        columns=("article_id",),
    ),
    rows_must_not_exist(
        "one report speaks for each meeting",
        """select meeting_key, count(*) filter (where is_primary) as primary_reports from batch
        group by meeting_key having count(*) filter (where is_primary) <> 1""",
        notes="fct_meetings takes quote and values from exactly one report.",
        columns=("meeting_key", "is_primary"),
    ),
    rows_must_not_exist(
        "the report that speaks is the one whose words the meeting shows",
        """select batch.meeting_key, batch.article_id, meetings.article_id as shown_article_id
        from batch join marts_candidate.fct_meetings as meetings using (meeting_key)
        where batch.is_primary and batch.article_id <> meetings.article_id""",
        notes="The quote of a meeting must stand in its primary report.",
        columns=("is_primary", "article_id"),
    ),
    rows_must_not_exist(
        "report_count of the meeting is the number of its reports",
        """select meetings.meeting_key, meetings.report_count, count(links.article_id) as reports
        from marts_candidate.fct_meetings as meetings
        left join batch as links on links.meeting_key = meetings.meeting_key
        group by meetings.meeting_key, meetings.report_count
        having meetings.report_count is distinct from count(links.article_id)""",
        notes="The two are counted apart: a difference means that the tables are of different builds.",
        columns=("meeting_key",),
    ),
]
