"""Every suite of ``suites/`` against the warehouse, in one Great Expectations context and one process.

A suite is a module named after its table with a list ``EXPECTATIONS``. Severity decides: a critical
expectation that fails refuses the candidate, a warning is only reported.

Not here: what a failure means for the publication, the audit tables, the look of the Data Docs
(``bienban.io.gate``).
"""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import great_expectations as gx
from great_expectations.core import ExpectationSuiteValidationResult
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context import FileDataContext
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)
from great_expectations.datasource.fluent import PostgresDatasource
from great_expectations.datasource.fluent.sql_datasource import TableAsset

from expectations import suites

CANDIDATE = "marts_candidate"
DSN_VARIABLE = "BIENBAN_VALIDATOR_DSN"  # the context holds its name only: no secret on disk or in the docs
_WHOLE = "whole table"
_SAMPLE_SIZE = 10  # rows that a failure shows


@dataclass(frozen=True, slots=True)
class Suite:
    """The expectations of one table."""

    schema: str
    table: str
    expectations: list[Any]

    @property
    def name(self) -> str:
        """The table for a mart, ``schema.table`` for the others."""
        return self.table if self.schema == CANDIDATE else f"{self.schema}.{self.table}"


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What one suite found, and the identifier of its page in the Data Docs."""

    suite: Suite
    expectations: list[Any]  # in the suite's order; the results come in another, tied by id
    names: list[str]  # of these, in words
    result: ExpectationSuiteValidationResult
    page: ValidationResultIdentifier


def in_words(expectation: Any) -> str:
    """Its description, or its kind and arguments; the column first."""
    if expectation.description:
        return str(expectation.description)
    configuration = expectation.configuration
    kind = configuration.type.removeprefix("expect_").replace("_", " ")
    details = ", ".join(f"{name} {value}" for name, value in configuration.kwargs.items() if name != "column")
    column = configuration.kwargs.get("column")
    return " ".join(part for part in (column, kind, f"[{details}]" if details else "") if part)


def load_suites() -> list[Suite]:
    """All suites, by name."""
    found = []
    for module in pkgutil.iter_modules(suites.__path__):
        loaded = importlib.import_module(f"{suites.__name__}.{module.name}")
        found.append(Suite(getattr(loaded, "SCHEMA", CANDIDATE), module.name, loaded.EXPECTATIONS))
    return sorted(found, key=lambda suite: suite.name)


def make_context(folder: Path, site: Path) -> FileDataContext:
    """A file context in ``folder`` whose Data Docs go to ``site``."""
    context: FileDataContext = gx.get_context(mode="file", project_root_dir=folder)
    context.variables.progress_bars = {"globally": False}
    context.update_data_docs_site(
        "local_site",
        {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(site)},
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        },
    )
    return context


def run_suites(context: FileDataContext, to_run: list[Suite], run_name: str) -> Iterator[SuiteResult]:
    """Run the suites over their tables, which must exist. ``DSN_VARIABLE`` must be in the environment."""
    # All tables at once: each that is added alone writes the whole configuration again.
    tables = [
        TableAsset(
            name=suite.name,
            type="table",
            table_name=suite.table,
            schema_name=suite.schema,
            batch_definitions=[BatchDefinition(name=_WHOLE, partitioner=None)],
        )
        for suite in to_run
    ]
    source = context.add_datasource(
        datasource=PostgresDatasource(name="warehouse", connection_string=f"${{{DSN_VARIABLE}}}", assets=tables)
    )
    for suite in to_run:
        kept = gx.ExpectationSuite(name=suite.name, expectations=[_for_readers(each) for each in suite.expectations])
        kept = context.suites.add(kept)
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(
                name=suite.name,
                data=source.get_asset(suite.name).get_batch_definition(_WHOLE),
                suite=kept,
            )
        )
        run_id = RunIdentifier(run_name=run_name)
        result = definition.run(
            run_id=run_id, result_format={"result_format": "SUMMARY", "partial_unexpected_count": _SAMPLE_SIZE}
        )
        page = ValidationResultIdentifier(
            expectation_suite_identifier=ExpectationSuiteIdentifier(name=suite.name),
            run_id=result.meta["run_id"],
            batch_identifier=f"warehouse-{suite.name}",
        )
        yield SuiteResult(suite, kept.expectations, [in_words(each) for each in suite.expectations], result, page)


def _for_readers(expectation: Any) -> Any:
    """A copy (a saved one belongs to its context) whose description tells severity and reason in the Data Docs."""
    severity, why = expectation.configuration.severity.value, " ".join(str(expectation.notes).split())
    return expectation.copy(update={"description": f"{severity}: {in_words(expectation)}. Why: {why}"})
