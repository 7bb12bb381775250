"""Reconciliation of raw and marts: every current report belongs to one meeting, and no other article does."""

from expectations.reasons import SEEN, rows_must_not_exist

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
    rows_must_not_exist(
        "no current report is lost",
        f"""select reports.article_id from ({_REPORTS}) as reports
        where reports.is_latest and reports.changed_at <= {SEEN}
            and not exists (select 1 from batch as links where links.article_id = reports.article_id)""",  # noqa: S608
        notes="Reconciliation raw -> marts: a report that reaches no meeting was lost on the way.",
    ),
    rows_must_not_exist(
        "no report is invented",
        f"""select links.article_id from batch as links
        where not exists (select 1 from ({_REPORTS}) as reports where reports.article_id = links.article_id)
            and not exists (
                select 1 from raw.articles left join raw.extractions using (article_id)
                where article_id = links.article_id and greatest(changed_at, extracted_at) > {SEEN}
            )""",  # noqa: S608
        notes="Articles of withdrawn dump files, of older extractions and taken down ones have left.",
    ),
    rows_must_not_exist(
        "one report speaks for each meeting",
        """select meeting_key, count(*) filter (where is_primary) as primary_reports from batch
        group by meeting_key having count(*) filter (where is_primary) <> 1""",
        notes="fct_meetings takes quote and values from exactly one report.",
    ),
    rows_must_not_exist(
        "report_count of the meeting is the number of its reports",
        """select meetings.meeting_key, meetings.report_count, count(links.article_id) as reports
        from marts_candidate.fct_meetings as meetings
        left join batch as links on links.meeting_key = meetings.meeting_key
        group by meetings.meeting_key, meetings.report_count
        having meetings.report_count <> count(links.article_id)""",
        notes="The two are counted apart: a difference means that the tables are of different builds.",
    ),
]
