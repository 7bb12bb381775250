"""The mutation table: planted defects over raw, candidate and audit, and who sees each.

``BIENBAN_MUTATIONS=all`` runs every defect; by default a third of them, drawn by the day of the year, so that
three days see all. ``BIENBAN_WRITE_DOCS=1`` runs all and writes the table of ``docs/gate.md``.
"""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from psycopg import Connection, sql

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
import great_expectations as gx

from bienban import jobs
from bienban.io import audit_chain, gate, gate_evidence
from bienban.io.database import connect
from bienban.io.postgres import EmbeddedPostgres
from bienban.io.runs import start_run
from bienban.io.verify import Broken, verify
from bienban.settings import Settings
from bienban.version import extractor_version
from expectations.run import DSN_VARIABLE, Suite, load_suites
from tests.warehouse.conftest import fresh_warehouse

_PROJECT = Path(__file__).resolve().parents[2]
DOCUMENT = _PROJECT / "docs" / "gate.md"
_BEGIN, _END = "<!-- defects: written by tests/warehouse/test_mutations.py -->", "<!-- end of defects -->"
_TARGET = re.compile(r"(?:update|insert into|delete from|truncate|drop table|alter table)\s+(\w+)\.(\w+)")
_REWRITTEN = [("audit", "measures"), ("audit", "reconciliations"), ("audit", "chain"), ("audit", "validation_results")]


@dataclass(frozen=True, slots=True)
class Defect:
    """One planted change; ``table`` is the table that it breaks."""

    area: str
    what: str
    sql: str

    @property
    def table(self) -> tuple[str, str]:
        """Schema and name."""
        found = _TARGET.match(self.sql)
        assert found is not None, self.sql
        return found[1], found[2]


DEFECTS = [
    Defect(area, each["what"], each["sql"])
    for area, defects in yaml.safe_load((Path(__file__).parent / "mutations.yml").read_text()).items()
    for each in defects
]


def _chosen() -> list[Defect]:
    if os.environ.get("BIENBAN_MUTATIONS") == "all" or os.environ.get("BIENBAN_WRITE_DOCS"):
        return DEFECTS
    return DEFECTS[datetime.now(UTC).timetuple().tm_yday % 3 :: 3]


class Bench:
    """A sound warehouse with one published version and a candidate; defects come and go."""

    def __init__(self, admin: Connection, validator_dsn: str) -> None:
        self.admin = admin
        self.suites = load_suites()
        os.environ[DSN_VARIABLE] = validator_dsn.replace("postgresql:", "postgresql+psycopg2:", 1)
        context = gx.get_context(mode="ephemeral")
        source = context.data_sources.add_postgres("warehouse", connection_string=f"${{{DSN_VARIABLE}}}")
        self.batches = {
            suite.name: source.add_table_asset(suite.name, table_name=suite.table, schema_name=suite.schema)
            .add_batch_definition_whole_table("whole")
            .get_batch()
            for suite in self.suites
        }
        self.attempt = 1
        self.admin.execute("set session_replication_role = replica")  # foreign keys are not in the way of a defect
        self.admin.execute("create schema kept")
        for schema, table in {defect.table for defect in DEFECTS} | set(_REWRITTEN):
            self.admin.execute(sql.SQL("create table {1} (like {0} including all)").format(*self._pair(schema, table)))
            self._copy(schema, table, back=False)
        self.baseline = set(self._failing(None))

    def seen_by(self, defect: Defect) -> list[tuple[str, str]]:
        """Plant the defect, ask gate and verify, put everything back: (severity, who and what) of each that saw it."""
        try:
            self.admin.execute(defect.sql)
        except psycopg.IntegrityError as refused:
            return [("critical", f"database: {refused.diag.constraint_name}")]
        try:
            found = [each for each in self._failing(defect) if each not in self.baseline]
            return found + self._verified()
        finally:
            self._restore(defect)

    def _failing(self, defect: Defect | None) -> Iterator[tuple[str, str]]:
        self.attempt += 1
        hindered = gate_evidence.take("second", self.attempt)
        if hindered:
            yield "critical", f"gate: not measured: {hindered}"
        present = {
            tuple(row)
            for row in self.admin.execute("select table_schema, table_name from information_schema.tables").fetchall()
        }
        for suite in self.suites:
            if (suite.schema, suite.table) not in present:
                yield "critical", f"gate: {suite.name}: the table exists"
                continue
            to_ask = [each for each in suite.expectations if defect is None or _concerns(suite, each, defect)]
            if not to_ask:
                continue
            asked = gx.ExpectationSuite(name=suite.name, expectations=[each.copy() for each in to_ask])
            for result in self.batches[suite.name].validate(asked).results:
                if not result.success:
                    configuration = result.expectation_config
                    told = configuration.description or f"{configuration.kwargs.get('column', '')} {configuration.type}"
                    yield configuration.severity.value, f"gate: {suite.name}: {told.strip()}"

    def _verified(self) -> list[tuple[str, str]]:
        with connect("auditor") as connection:
            try:
                verify(connection)
            except Broken as broken:
                return [("critical", f"verify: {str(broken).splitlines()[1]}")]
        return []

    def _restore(self, defect: Defect) -> None:
        schema, table = defect.table
        if defect.sql.startswith(("drop", "alter")):
            self.admin.execute(sql.SQL("drop table if exists {}").format(sql.Identifier(schema, table)))
            self.admin.execute(sql.SQL("create table {} (like {} including all)").format(*self._pair(schema, table)))
            self.admin.execute(sql.SQL("grant select on {} to bienban_validator").format(sql.Identifier(schema, table)))
        for each in {(schema, table), *_REWRITTEN}:
            self.admin.execute(sql.SQL("delete from {}").format(sql.Identifier(*each)))
            self._copy(*each, back=True)

    def _copy(self, schema: str, table: str, *, back: bool) -> None:
        columns = [
            name
            for (name,) in self.admin.execute(
                "select column_name from information_schema.columns where table_schema = 'kept' and table_name = %s"
                " and is_generated = 'NEVER'",
                (f"{schema}__{table}",),
            )
        ]
        original, kept = self._pair(schema, table)
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        into, out_of = (original, kept) if back else (kept, original)
        self.admin.execute(sql.SQL("insert into {} ({}) select {} from {}").format(into, names, names, out_of))

    def _pair(self, schema: str, table: str) -> tuple[sql.Identifier, sql.Identifier]:
        original, kept = sql.Identifier(schema, table), sql.Identifier("kept", f"{schema}__{table}")
        return original, kept


def _concerns(suite: Suite, expectation: Any, defect: Defect) -> bool:
    """Whether the expectation can see the table at all: it stands over it, names it, or judges measures of all."""
    schema, table = defect.table
    query = str(expectation.configuration.kwargs.get("unexpected_rows_query", ""))
    own = (suite.schema, suite.table) == (schema, table)
    return own or suite.name in ("audit.measures", "audit.reconciliations") or f"{schema}.{table} " in f"{query} "


@pytest.fixture(scope="module")
def bench(server: EmbeddedPostgres) -> Iterator[Bench]:
    """The sample dump, built; the first publication shows all but five articles, so that the next one is fresh."""
    patch = pytest.MonkeyPatch()
    with fresh_warehouse(server, patch) as config:
        _publish_most_of_the_sample()
        with psycopg.connect(server.dsn("bienban"), autocommit=True) as admin:
            yield Bench(admin, _dsn(config))
            admin.execute("drop schema kept cascade")
    patch.undo()


def _dsn(config: Settings) -> str:
    return config.dsn("validator")


def _publish_most_of_the_sample() -> None:
    for batch in jobs.discover([str(_PROJECT / "examples" / "dump")]):
        jobs.load(**batch)
    jobs.extract_pending()
    jobs.build_candidate("first")
    jobs.validate_candidate("first")
    with connect("transformer") as connection:
        connection.execute("create table staging.kept as table marts_candidate.dim_articles")
        connection.execute(
            "delete from marts_candidate.dim_articles where article_id in"
            " (select article_id from marts_candidate.dim_articles order by 1 limit 5)"
        )
    jobs.publish_candidate("first")
    with connect("transformer") as connection:
        connection.execute("truncate marts_candidate.dim_articles")
        connection.execute("insert into marts_candidate.dim_articles table staging.kept")
    with connect("loader", autocommit=True) as connection:
        start_run(connection, "second", "build_warehouse", extractor_version())
        connection.execute("insert into audit.take_downs (article_sha256, reason) values ('00', 'asked')")
        audit_chain.append(connection, "take_down", "00")
    with connect("validator") as connection:
        finding = gate.Finding(
            suite="s", table="t", column=None, expectation="e", expectation_id="s/1", severity="warning", success=False
        )
        gate.record(connection, "second", 1, [finding])


def test_planted_defects_are_seen(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    assert {told for severity, told in bench.baseline if severity == "critical"} == set()
    assert len(DEFECTS) >= 60
    began = time.monotonic()
    seen = {defect.what: bench.seen_by(defect) for defect in _chosen()}
    missed = [what for what, found in seen.items() if not found]
    with capsys.disabled():
        took = time.monotonic() - began
        print(f"\n{len(seen) - len(missed)} of {len(seen)} defects seen in {took:.0f} s; not: {missed}")
    if os.environ.get("BIENBAN_WRITE_DOCS"):
        _write(seen)
    assert len(missed) <= len(seen) * 0.05, missed
    documented = DOCUMENT.read_text(encoding="utf-8")
    assert [what for what in missed if f"| {what} | not seen |" not in documented] == []


def test_every_defect_is_in_the_documentation() -> None:
    table = DOCUMENT.read_text(encoding="utf-8").partition(_BEGIN)[2]
    assert [d.what for d in DEFECTS if f"| {d.what} |" not in table] == [], "BIENBAN_WRITE_DOCS=1 writes the table"


def _write(seen: dict[str, list[tuple[str, str]]]) -> None:
    rows = []
    for defect in DEFECTS:
        order = sorted(seen[defect.what], key=lambda each: ("critical", "warning", "info").index(each[0]))
        told = f"{order[0][1]} | {order[0][0]} | {len(order)}" if order else "not seen | | 0"
        rows.append(f"| {defect.area} | {defect.what} | {told} |".replace("  ", " "))
    caught = sum(bool(found) for found in seen.values())
    table = "\n".join(
        [
            f"{_BEGIN}\n{caught} of {len(seen)} planted defects are seen.\n",
            "| in | defect | seen first by | severity | seen by |",
            "|---|---|---|---|--:|",
            *rows,
            _END,
        ]
    )
    written = DOCUMENT.read_text(encoding="utf-8")
    head, _, rest = written.partition(_BEGIN)
    DOCUMENT.write_text(f"{head}{table}{rest.partition(_END)[2]}", encoding="utf-8")
