"""Expectations that several suites share, with their reasons."""

from typing import Any

import great_expectations.expectations as gxe

# Loaders go on while a candidate is checked: what came after the build began is the next build's.
SEEN = "(select coalesce(max(raw_watermark), 'infinity') from audit.pipeline_runs)"

EARLIEST_DAY = "1990-01-01"  # before the first news portals of Vietnam's public bodies (1997)


def rows_must_not_exist(name: str, query: str, *, notes: str, severity: str = "critical") -> Any:
    """An expectation in SQL: ``query`` yields what is wrong; the suite's own table is called ``batch`` in it."""
    # Great Expectations gives {batch} an alias by guessing at what follows: here nothing does.
    return gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"with batch as not materialized (select * from {{batch}})\n{query}",  # noqa: S608
        description=name,
        severity=severity,
        notes=notes,
    )


def not_empty_while(source: str, condition: str, *, notes: str) -> Any:
    """The table must have rows while ``source`` (a from clause with raw.articles) has rows under ``condition``."""
    return rows_must_not_exist(
        "has rows while its source has",
        f"""select 'the table is empty' as fault where not exists (select 1 from batch)
        and exists (select 1 from {source} where {condition} and articles.changed_at <= {SEEN})""",  # noqa: S608
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
                is distinct from facts.quote""",  # noqa: S608
        notes="An auditor must find every row in its sentence: substring(text from start + 1 for length) = quote.",
    )


def days_in_reason(column: str, *, years_ahead: int, notes: str) -> Any:
    """Days from 1990 up to ``years_ahead`` years after the article's publication (2100 when it is unknown)."""
    return rows_must_not_exist(
        f"{column} is a day the article can speak of",
        f"""select facts.article_id, facts.{column}, articles.published_on
        from batch as facts
        left join marts_candidate.dim_articles as articles on articles.article_id = facts.article_id
        where facts.{column} < date '{EARLIEST_DAY}'
            or facts.{column} > coalesce(articles.published_on + {years_ahead * 366}, date '2100-12-31')""",  # noqa: S608
        notes=notes,
    )


def filled(column: str, share: float, *, notes: str) -> Any:
    """A fill rate that is only reported."""
    return gxe.ExpectColumnValuesToNotBeNull(column=column, mostly=share, severity="warning", notes=notes)


def not_fewer_than_half_of_the_published(table: str) -> Any:
    """A floor from history: the current version's rows, while nothing explains the fall."""
    return rows_must_not_exist(
        "not fewer than half of the rows published",
        f"""select found.rows, published.rows as published_rows
        from (select count(*) as rows from batch) as found
        cross join (
            select (versions.row_counts ->> '{table}')::bigint as rows
            from audit.published_versions as versions
            join audit.pipeline_runs as runs on runs.run_id = versions.run_id
            cross join (select * from audit.pipeline_runs order by started_at desc limit 1) as latest
            where versions.is_current
                and latest.extractor_version is not distinct from runs.extractor_version
                and latest.code_version is not distinct from runs.code_version
                and not exists (
                    select 1 from raw.dump_files
                    where status = 'withdrawn' and changed_at > versions.published_at
                )
                and not exists (select 1 from audit.take_downs where taken_down_at > versions.published_at)
        ) as published
        where found.rows < published.rows / 2""",  # noqa: S608
        notes="Same code, same extractor, nothing withdrawn or taken down since: a build lost the rows.",
    )
