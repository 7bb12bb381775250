"""Whatever the history of loads, builds, revisions, withdrawals and extractions: the marts tell the final state.

A warehouse that went through it all, built again and again, equals row for row one that was given only what is
left, in another order, and built once.
"""

import uuid
from collections.abc import Iterable
from random import Random

import psycopg

from bienban.extract import extract
from bienban.io.database import connect
from bienban.io.dbt import build_candidate
from bienban.io.extraction_store import extract_new, extract_outdated
from bienban.io.migrate import prepare_warehouse
from bienban.io.postgres import EmbeddedPostgres
from bienban.io.publisher import publish_candidate, rollback
from bienban.io.removal import take_down, withdraw
from bienban.settings import Settings
from tests.warehouse.raw_rows import RawRows
from tests.warehouse.report_writing import Report
from tests.warehouse.rewritten_reports import make_reports
from tests.warehouse.test_dbt_build import marts

FILES = ("a.jsonl", "b.jsonl", "c.jsonl")


def load(config: Settings, reports: Iterable[Report], dump: str) -> list[uuid.UUID]:
    with connect("owner", autocommit=True, config=config) as connection:
        raw = RawRows(connection)
        return [
            raw.article(
                report.text, dump=dump, url=report.url, site=None, title=report.title,
                published_at=report.published_on and f"{report.published_on} 09:00+07",
            )
            for report in reports
        ]  # fmt: skip


def extract_all(config: Settings, version: str) -> None:
    with connect("loader", autocommit=True, config=config) as connection:
        extract_new(connection, extract, version)
        extract_outdated(connection, extract, version)


def test_history_leaves_no_trace(server: EmbeddedPostgres, warehouse: Settings) -> None:
    reports = make_reports(40, seed=3)
    third = len(reports) // 3
    parts = {name: reports[number * third : (number + 1) * third] for number, name in enumerate(FILES)}

    loaded = load(warehouse, parts["a.jsonl"], "a.jsonl")
    extract_all(warehouse, "1.0+old")
    build_candidate(config=warehouse)
    publish_candidate("first", approved_by="auto", approval="auto")
    load(warehouse, parts["b.jsonl"], "b.jsonl")  # withdrawn later; its build is refused
    extract_all(warehouse, "1.0+old")
    build_candidate(config=warehouse)
    load(warehouse, parts["c.jsonl"], "c.jsonl")
    gone = Random(5).sample(loaded, 5)
    with connect("loader", autocommit=True, config=warehouse) as connection:
        withdraw(connection, "b.jsonl")
        for article in gone:
            take_down(connection, str(article), "on request")
    extract_all(warehouse, "2.0+new")
    build_candidate(config=warehouse)
    publish_candidate("second", approved_by="auto", approval="auto")
    rollback(1, "operator")
    build_candidate(config=warehouse)
    lived = marts(warehouse)

    _empty(server)
    left = [report for report, article in zip(parts["a.jsonl"], loaded, strict=True) if article not in gone]
    load(warehouse, reversed(parts["c.jsonl"]), "c.jsonl")
    load(warehouse, reversed(left), "a.jsonl")
    extract_all(warehouse, "2.0+new")
    build_candidate(config=warehouse)
    fresh = marts(warehouse)

    assert len(fresh["fct_meetings"]) > 20
    assert {table for table, rows in fresh.items() if rows != lived[table]} == set()


def _empty(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("drop database bienban with (force)")
        connection.execute("create database bienban")
    prepare_warehouse(server.settings, server.dsn("bienban"))
