"""The gate between ``marts_candidate`` and ``marts``: every expectation is run, recorded and shown.

A critical expectation that fails, or that cannot be evaluated, refuses the candidate. Warnings are
reported. The expectations themselves live in the project's ``expectations/``.

Not here: the look of the Data Docs (``data_docs.py``), publication (``publisher.py``).
"""

import importlib
import json
import logging
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from bienban.io import audit_chain, data_docs, gate_evidence
from bienban.io.database import connect
from bienban.io.gate_samples import rows_of, without_words
from bienban.settings import Settings, settings

_SHOWN = 5  # failures that the message names


class GateRefused(RuntimeError):
    """The candidate failed; the message says which expectations, on what, and where the Data Docs are."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one expectation: one row of ``audit.validation_results``."""

    suite: str
    table: str
    column: str | None
    expectation: str
    expectation_id: str
    severity: str
    success: bool
    observed: str | None = None
    unexpected_count: int | None = None
    sample: list[Any] | None = None
    notes: str | None = None
    page: str | None = None  # in the Data Docs, relative to the reports

    @property
    def refuses(self) -> bool:
        """Whether the candidate cannot be published because of it."""
        return not self.success and self.severity == "critical"

    def __str__(self) -> str:
        seen = f" ({self.observed})" if self.observed else ""
        reason = f"\n      why: {self.notes}" if self.notes else ""
        # As JSON: article text in a log must not reach the terminal as it is.
        example = f"\n      for instance: {json.dumps(self.sample[0], ensure_ascii=False)}" if self.sample else ""
        return f"{self.suite}: {self.expectation}{seen}{reason}{example}"


def validate_candidate(run_id: str) -> dict[str, Any]:
    """Run all suites; record and show every result.

    Returns counts (``suites``, ``expectations``, ``failed_warnings``), the ``warnings`` in words and
    ``data_docs``, the path of the index page. Raises GateRefused when a critical expectation failed.
    """
    config = settings()
    _find_expectations(config)
    with connect("validator") as connection:
        attempt = _attempt(connection, run_id)
    hindered = gate_evidence.take(run_id, attempt)
    context, pages, findings = _validate(config, run_id)
    if hindered:
        findings.append(_not_measured(hindered))
    with connect("validator") as connection:
        record(connection, run_id, attempt, findings)
        last = connection.execute("select max(taken_down_at) from audit.take_downs").fetchone()
        seal = audit_chain.head_of(connection)
    site = data_docs.site_folder(config)
    index = data_docs.build(context, pages, site, seal, taken_down_at=last[0] if last else None)
    refused = [finding for finding in findings if finding.refuses]
    warnings = [finding for finding in findings if not finding.success and finding.severity == "warning"]
    if refused:
        raise GateRefused(_refusal(run_id, refused, str(index)))
    return {
        "suites": len({finding.suite for finding in findings}),
        "expectations": len(findings),
        "failed_warnings": len(warnings),
        "warnings": [str(warning) for warning in warnings],
        "data_docs": str(index),
    }


def _find_expectations(config: Settings) -> None:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    if str(config.project) not in sys.path:
        sys.path.insert(0, str(config.project))  # expectations/ stands beside the package, not in it


def _validate(config: Settings, run_id: str) -> tuple[Any, dict[Any, data_docs.Samples], list[Finding]]:
    run = importlib.import_module("expectations.run")
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    os.environ[run.DSN_VARIABLE] = re.sub(r"^postgres(ql)?:", "postgresql+psycopg2:", config.dsn("validator"))
    suites = run.load_suites()
    present = _present_tables()
    findings = [_missing_table(suite) for suite in suites if (suite.schema, suite.table) not in present]
    context = run.make_context(data_docs.fresh_context_folder(config), data_docs.site_folder(config))
    to_run = [suite for suite in suites if (suite.schema, suite.table) in present]
    pages = {}
    for done in run.run_suites(context, to_run, data_docs.run_name(run_id)):
        found = list(_findings(done))
        ids = [expectation.id for expectation in done.expectations]
        pages[done.page] = {key: each.sample for key, each in zip(ids, found, strict=True)}
        findings += found
    return context, pages, findings


def _present_tables() -> set[tuple[str, str]]:
    with connect("validator") as connection:
        return set(
            connection.execute(
                """select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'v', 'm')"""
            ).fetchall()
        )


def _missing_table(suite: Any) -> Finding:
    return Finding(
        suite=suite.name,
        table=f"{suite.schema}.{suite.table}",
        column=None,
        expectation="the table exists",
        expectation_id=f"{suite.name}/0",
        severity="critical",
        success=False,
        observed="no such table",
        notes="A build that lost a table must not be published.",
    )


def _not_measured(why: str) -> Finding:
    return Finding(
        suite="audit.measures",
        table="audit.measures",
        column=None,
        expectation="the candidate can be measured and reconciled",
        expectation_id="audit.measures/0",
        severity="critical",
        success=False,
        observed=why,
        notes="Without measures any volume would pass.",
    )


def _findings(done: Any) -> Iterator[Finding]:
    page = data_docs.page_url(done.page)
    results = {result.expectation_config.id: result for result in done.result.results}
    for number, (expectation, name) in enumerate(zip(done.expectations, done.names, strict=True), start=1):
        result = results[expectation.id]
        configuration, told = result.expectation_config, result.result or {}
        sample = told.get("partial_unexpected_list")
        if "unexpected_rows_query" in configuration.kwargs and told and not result.success:
            sample = rows_of(configuration.kwargs["unexpected_rows_query"], done.suite.schema, done.suite.table)
        yield Finding(
            suite=done.suite.name,
            table=f"{done.suite.schema}.{done.suite.table}",
            column=", ".join(columns_of(configuration)) or None,
            expectation=name,
            expectation_id=f"{done.suite.name}/{number}",
            severity=configuration.severity.value if configuration.severity else "critical",
            success=bool(result.success),
            observed=_observed(result, told),
            unexpected_count=told.get("unexpected_count", told.get("observed_value") if sample else None),
            sample=without_words(sample) if sample and not result.success else None,
            notes=_text(configuration.notes),
            page=page,
        )


def columns_of(expectation: Any) -> list[str]:
    """The columns of its table that an expectation checks."""
    named = [str(value) for name, value in expectation.kwargs.items() if name.startswith("column")]
    return named or list((expectation.meta or {}).get("columns", ()))


def _observed(result: Any, told: dict[str, Any]) -> str | None:
    raised = [info for info in _exceptions(result.exception_info) if info.get("raised_exception")]
    if raised:
        return f"could not be evaluated: {str(raised[0].get('exception_message')).strip().splitlines()[0]}"
    if told.get("observed_value") is not None:
        unit = " rows" if "unexpected_rows_query" in result.expectation_config.kwargs else ""
        return f"{told['observed_value']}{unit}"
    if told.get("unexpected_count") is not None:
        return f"{told['unexpected_count']} of {told.get('element_count')} rows"
    return None


def _exceptions(info: dict[str, Any]) -> list[dict[str, Any]]:
    return [info] if "raised_exception" in info else [each for each in info.values() if isinstance(each, dict)]


def _text(notes: Any) -> str | None:
    return " ".join(notes) if isinstance(notes, list) else notes


def _attempt(connection: Connection, run_id: str) -> int:
    """Which validation of the run this is, counted from 1: results are never overwritten."""
    row = connection.execute(
        """select 1 + coalesce(max(coalesce(nullif(split_part(expectation_id, '#', 2), '')::integer, 1)), 0)
        from audit.validation_results where run_id = %s""",
        (run_id,),
    ).fetchone()
    assert row is not None
    return int(row[0])


def record(connection: Connection, run_id: str, times: int, findings: list[Finding]) -> None:
    """Write the results down and seal them; from the second validation of a run on, ids say which it was."""
    suffix = "" if times == 1 else f"#{times}"
    with connection.cursor() as cursor:
        cursor.executemany(
            """insert into audit.validation_results (run_id, suite, table_name, column_name, expectation,
            expectation_id, severity, success, observed_value, unexpected_count, sample, sample_sha256, notes,
            data_docs_url) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
            [
                (
                    run_id, each.suite, each.table, each.column, each.expectation, each.expectation_id + suffix,
                    each.severity, each.success, each.observed, each.unexpected_count,
                    None if each.sample is None else Jsonb(each.sample),
                    None if each.sample is None else audit_chain.canonical_sha256(each.sample), each.notes, each.page,
                )
                for each in findings
            ],
        )  # fmt: skip
    audit_chain.append(connection, "validation", f"{run_id}#{times}")


def _refusal(run_id: str, refused: list[Finding], index: str) -> str:
    count = "1 critical expectation" if len(refused) == 1 else f"{len(refused)} critical expectations"
    shown = "\n".join(f"  - {finding}" for finding in refused[:_SHOWN])
    more = f"\n  and {len(refused) - _SHOWN} more" if len(refused) > _SHOWN else ""
    return (
        f"the candidate of {run_id} is refused: {count} failed. marts stays as it was.\n{shown}{more}\n"
        f"Data Docs: {index}"
    )
