"""Expectations that several suites share, with their reasons."""

from typing import Any

import great_expectations.expectations as gxe

from expectations.rules import rows_must_not_exist, seldom

# Loaders go on while a candidate is checked: what came after the build began is the next build's.
SEEN = "(select coalesce(max(raw_watermark), 'infinity') from audit.pipeline_runs)"

EARLIEST_DAY = "1990-01-01"  # before the first news portals of Vietnam's public bodies (1997)
FIRST_DAY_OF_THE_STATE = "1945-09-02"  # reports look back: "Năm 1976, toàn xã có 315 hộ"


def not_empty_while(source: str, condition: str, *, notes: str) -> Any:
    """The table must have rows while ``source`` (a from clause with raw.articles) has rows under ``condition``."""
    return rows_must_not_exist(
        "has rows while its source has",
        f"""select 'empty' as fault where not exists (select 1 from batch)
        and exists (select 1 from {source} where {condition} and articles.changed_at <= {SEEN})""",
        notes=notes,
    )


def quotes_stand_in_their_articles(key: str) -> Any:
    """The provenance rule of the warehouse contract."""
    return rows_must_not_exist(
        "every quote stands in its article at its offsets",
        f"""select facts.{key}, facts.article_id, facts.span_start, facts.span_end
        from batch as facts left join raw.articles as articles on articles.article_id = facts.article_id
        where articles.article_id is null
            or substring(articles.text from facts.span_start + 1 for facts.span_end - facts.span_start)
                is distinct from facts.quote""",
        notes="An auditor must find every row in its sentence: substring(text from start + 1 for length) = quote.",
        columns=("article_id", "span_start", "span_end", "quote"),
    )


def days_in_reason(column: str, *, years_ahead: int, notes: str, earliest: str = EARLIEST_DAY) -> list[Any]:
    """Days from ``earliest`` up to ``years_ahead`` years after the article's publication (2100 when it is unknown)."""
    return seldom(
        f"{column} is a day the article can speak of",
        f"""select facts.article_id, facts.{column}, articles.published_on
        from batch as facts
        left join marts_candidate.dim_articles as articles on articles.article_id = facts.article_id
        where facts.{column} < date '{earliest}'
            or facts.{column} > coalesce(articles.published_on + {years_ahead * 366}, date '2100-12-31')""",
        notes=notes,
        columns=(column,),
    )


def filled(column: str, share: float, *, notes: str) -> Any:
    """A fill rate that is only reported."""
    return gxe.ExpectColumnValuesToNotBeNull(column=column, mostly=share, severity="warning", notes=notes)


def as_extracted(table: str, pairs: dict[str, str], *, key: str, unless: str = "false") -> Any:
    """Each row equals the record of ``raw.<table>`` at its span: mart's column -> raw's expression."""
    mart = ", ".join(f"batch.{column}" for column in pairs)
    raw = ", ".join(f"records.{column}" for column in pairs.values())
    return rows_must_not_exist(
        f"as extracted: {', '.join(pairs)}",
        f"""select {key}, batch.article_id, batch.span_start from batch
        join raw.articles as articles on articles.article_id = batch.article_id and articles.changed_at <= {SEEN}
        where not ({unless}) and not exists (
            select 1 from raw.{table} as records
            where records.article_id = batch.article_id and records.span_start = batch.span_start
                and records.span_end = batch.span_end and ({raw}) is not distinct from ({mart})
        )""",
        notes="The warehouse decides which report speaks and which facts are one; it never changes what a report says.",
        columns=tuple(pairs),
    )


def told_by_a_report(*columns: str) -> Any:
    """A meeting's values (together, where they are told) stand in one of its reports, as extracted."""
    return rows_must_not_exist(
        f"told by a report of the meeting: {', '.join(columns)}",
        f"""select meeting_key, {", ".join(columns)} from batch
        where num_nonnulls({", ".join(columns)}) > 0 and not exists (
            select 1 from marts_candidate.bridge_meeting_articles as links
            join raw.meetings as reports using (article_id)
            where links.meeting_key = batch.meeting_key and {
            " and ".join(f"reports.{column} is not distinct from batch.{column}" for column in columns)
        }
        ) and not exists (
            select 1 from marts_candidate.bridge_meeting_articles as links
            join raw.articles as articles using (article_id)
            where links.meeting_key = batch.meeting_key and articles.changed_at > {SEEN}
        )""",
        notes="The warehouse decides which report speaks; it never makes up a day.",
        columns=columns,
    )
