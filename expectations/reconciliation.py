"""What came, what went on and what was left out, step by step from the dumps to the marts, with reasons.

Written to ``audit.reconciliations`` before the suites run; ``suites/reconciliations.py`` refuses a step
whose sum does not come out. Whatever raw gained after the build began is the next build's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from psycopg import Connection

from expectations.reasons import SEEN


@dataclass(frozen=True, slots=True)
class Step:
    """``query`` gives rows (part, count): ``came``, ``went`` and any number of reasons."""

    name: str
    query: str


@dataclass(slots=True)
class Reconciled:
    """One row of ``audit.reconciliations``."""

    step: str
    came: int = 0
    went: int = 0
    left_out: dict[str, int] = field(default_factory=dict)


def reconcile(connection: Connection) -> Iterator[Reconciled]:
    """Every step, as the validator. Raises psycopg.Error when a table is missing."""
    for step in STEPS:
        done = Reconciled(step.name)
        for part, found in connection.execute(step.query):  # type: ignore[call-overload]
            count = int(found)  # sums are numeric
            if part == "came":
                done.came = count
            elif part == "went":
                done.went = count
            elif count:
                done.left_out[part] = count
        done.left_out["total"] = sum(done.left_out.values())
        yield done


# What became of an article on its way into the marts; the reasons exclude each other, in this order.
_OF_THE_ARTICLE = """
    when not exists (
        select 1 from raw.article_occurrences as met join raw.dump_files as files using (dump_file_id)
        where met.article_id = articles.article_id and files.status <> 'withdrawn'
    ) then 'withdrawn'"""
_OF_THE_REPORT = f"""{_OF_THE_ARTICLE}
    when exists (
        select 1 from marts_candidate.dim_articles as shown
        where shown.article_id = articles.article_id and not shown.is_latest
    ) then 'superseded_text'"""


def _fates(name: str, select: str) -> Step:
    """``select`` gives the fate of each record; ``lost`` is neither gone on nor explained."""
    return Step(
        name,
        f"""with records as ({select}), fates as materialized (select fate from records)
        select 'came', count(*) from fates
        union all select fate, count(*) from fates where fate <> 'lost' group by fate""",
    )


def _records(table: str, model: str, otherwise: str) -> Step:
    """From the current records of ``raw.<table>`` to an intermediate model that keeps their ids."""
    step = _fates(
        f"raw.{table} -> {model}",
        f"""select case {_OF_THE_REPORT}
            when kept.record_id is not null then 'went'
            when not exists (
                select 1 from raw.meetings as m
                where (m.article_id, m.extractor_version) = (records.article_id, records.extractor_version)
            ) then 'no_meeting_report'
            else '{otherwise}'
        end as fate
        from raw.{table} as records
        join raw.extractions as done using (article_id, extractor_version)
        join raw.articles as articles on articles.article_id = records.article_id
        left join (select distinct record_id from intermediate.{model}) as kept on kept.record_id = records.record_id
        where done.is_current and done.status = 'extracted'
            and greatest(articles.changed_at, done.extracted_at) <= {SEEN}""",
    )
    # What the model holds and raw does not: it went, and never came.
    return Step(
        step.name,
        f"""select part, sum(found) from ({step.query}
            union all select 'went', count(*) from intermediate.{model} as kept where not exists (
                select 1 from raw.{table} as records where records.record_id = kept.record_id
            )
        ) as parts (part, found) group by part""",
    )


def _counts(name: str, **parts: str) -> Step:
    return Step(name, " union all ".join(f"select '{part}', ({query})" for part, query in parts.items()))


def _staging(table: str) -> Step:
    return _counts(
        f"raw.{table} -> stg_raw__{table}",
        came=f"select count(*) from raw.{table}",
        went=f"select count(*) from staging.stg_raw__{table}",
    )


_LOADED = "from raw.dump_files where status in ('loaded', 'withdrawn')"

STEPS = (
    _counts(
        "dumps -> raw.article_occurrences",
        came=f"select coalesce(sum(records_read), 0) {_LOADED}",
        went="select count(*) from raw.article_occurrences",
        filtered=f"select coalesce(sum(filtered), 0) {_LOADED}",
        rejected="select count(*) from raw.rejected_records join raw.dump_files using (dump_file_id)"
        " where status in ('loaded', 'withdrawn')",
    ),
    _counts(
        "raw.article_occurrences -> raw.articles",
        came="select count(*) from raw.article_occurrences",
        went="select count(*) from raw.articles",
        duplicates="select count(*) from raw.article_occurrences where outcome = 'duplicate'",
    ),
    _fates(
        "raw.articles -> raw.extractions",
        """select case
            when exists (
                select 1 from raw.extractions as done where done.article_id = articles.article_id and done.is_current
            ) then 'went'
            else 'not_extracted_yet'
        end as fate from raw.articles""",
    ),
    *map(_staging, ("articles", "article_occurrences", "extractions", "meetings", "figures", "persons", "documents")),
    _fates(
        "raw.articles -> dim_articles",
        f"""select case {_OF_THE_ARTICLE}
            when exists (
                select 1 from marts_candidate.dim_articles as shown where shown.article_id = articles.article_id
            ) then 'went'
            else 'lost'
        end as fate from raw.articles where articles.changed_at <= {SEEN}""",
    ),
    _fates(
        "raw.meetings -> bridge_meeting_articles",
        f"""select case {_OF_THE_REPORT}
            when exists (
                select 1 from marts_candidate.bridge_meeting_articles as links
                where links.article_id = articles.article_id
            ) then 'went'
            else 'lost'
        end as fate
        from raw.meetings as records join raw.extractions as done using (article_id, extractor_version)
        join raw.articles as articles using (article_id)
        where done.is_current and done.status = 'extracted'
            and greatest(articles.changed_at, done.extracted_at) <= {SEEN}""",
    ),
    _counts(
        "bridge_meeting_articles -> fct_meetings",
        came="select count(*) from marts_candidate.bridge_meeting_articles",
        went="select count(*) from marts_candidate.fct_meetings",
        another_report="select count(*) from marts_candidate.bridge_meeting_articles where not is_primary",
    ),
    _records("figures", "int_figures__facts", "lost"),
    _counts(
        "int_figures__facts -> fct_metrics",
        came="select count(*) from intermediate.int_figures__facts",
        went="select count(*) from marts_candidate.fct_metrics",
        told_again="select count(*) from intermediate.int_figures__facts where mention > 1",
    ),
    _counts(
        "int_figures__facts -> bridge_metric_mentions",
        came="select count(*) from intermediate.int_figures__facts",
        went="select count(*) from marts_candidate.bridge_metric_mentions",
        same_place="select count(*) - count(distinct (metric_value_key, article_id, span_start, span_end))"
        " from intermediate.int_figures__facts",
    ),
    _records("persons", "int_persons__seen", "no_public_office"),
    _counts(
        "int_persons__seen -> bridge_meeting_persons",
        came="select count(*) from intermediate.int_persons__seen",
        went="select count(*) from marts_candidate.bridge_meeting_persons",
        named_again="select count(*) - count(distinct (meeting_key, person_key)) from intermediate.int_persons__seen",
    ),
    _records("documents", "int_documents__cited", "lost"),
    _counts(
        "int_documents__cited -> bridge_meeting_documents",
        came="select count(*) from intermediate.int_documents__cited",
        went="select count(*) from marts_candidate.bridge_meeting_documents",
        cited_again="select count(*) - count(distinct (meeting_key, document_key))"
        " from intermediate.int_documents__keyed",
    ),
)
