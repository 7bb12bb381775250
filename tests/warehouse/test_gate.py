"""The gate on a candidate that dbt built: what passes, what is refused, what is written down."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bienban.io import audit_chain
from bienban.io.database import connect
from bienban.io.dbt import build_candidate
from bienban.io.gate import GateRefused, validate_candidate
from bienban.io.migrate import prepare_warehouse
from bienban.io.postgres import EmbeddedPostgres
from bienban.io.reports import write_reports
from bienban.settings import Settings, load_settings, settings
from tests.warehouse.browser import browser, needs_chromium
from tests.warehouse.raw_rows import RawRows

HOSTILE = (
    "<script>document.title = 'hacked'</script><img src=x onerror=\"document.title='hacked'\"> $x ${y} \u202e\x1b[31m"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A warehouse of its own whose candidate dbt built from a few reports; built once for the module."""
    home = tmp_path_factory.mktemp("gate") / "home"
    patch = pytest.MonkeyPatch()
    patch.setenv("BIENBAN_HOME", str(home))
    patch.delenv("BIENBAN_WAREHOUSE_DSN", raising=False)
    settings.cache_clear()
    server = EmbeddedPostgres(load_settings())
    server.start()
    prepare_warehouse(settings(), server.dsn("bienban"))
    with connect("owner", autocommit=True) as connection:
        raw = RawRows(connection)
        for number in range(12):
            text = f"Ban Chỉ đạo 35 họp: {100 + number} tin bài. {HOSTILE.replace(chr(27), '')}"
            article = raw.article(text, published_at="2024-06-21 01:00+07", title=f"Họp {number} {HOSTILE}")
            raw.report(
                article,
                {"quote": "Ban Chỉ đạo 35 họp", "held_on": date(2024, 6, 1 + number)},
                figures=[{"quote": f"{100 + number} tin bài", "low": 100 + number}],
            )
        text = "Ngày 14/12/1963 Ban Chỉ đạo 35 họp, thu 99 tỷ tỷ đồng."
        odd = raw.article(text, published_at="2024-06-21 01:00+07", title="Họp năm xưa")
        raw.report(
            odd,
            {"quote": "Ban Chỉ đạo 35 họp", "held_on": date(1963, 12, 14)},
            figures=[{"quote": "99 tỷ tỷ đồng", "low": 99 * 10**18, "unit": "vnd", "counted": "thu"}],
        )
        connection.execute("update raw.dump_files set records_read = 13, loaded = 13")
    build_candidate()
    yield settings()
    server.remove()
    patch.undo()
    settings.cache_clear()


@pytest.fixture
def broken(built: Settings) -> Iterator[object]:
    """A function that runs SQL on the candidate; what it broke is put back afterwards."""
    tables: list[str] = []

    def break_it(table: str, statement: str) -> None:
        with connect("transformer") as connection:
            if table not in tables:
                connection.execute(f"create table {_copy(table)} as table {table}")
            connection.execute("set search_path = marts_candidate")
            connection.execute(statement)
        tables.append(table)

    yield break_it
    with connect("transformer") as connection:
        for table in sorted(set(tables)):
            connection.execute(f"truncate {table}")
            connection.execute(f"insert into {table} table {_copy(table)}")
            connection.execute(f"drop table {_copy(table)}")


def _copy(table: str) -> str:
    return "staging.kept_" + table.partition(".")[2]


def _results(run_id: str) -> list[dict[str, object]]:
    with connect("auditor") as connection:
        rows = connection.execute(
            "select to_jsonb(r) from audit.validation_results as r where run_id = %s order by expectation_id", (run_id,)
        ).fetchall()
    return [row for (row,) in rows]


def test_a_sound_candidate_passes_and_every_result_is_recorded(built):
    outcome = validate_candidate("sound")
    results = _results("sound")
    assert outcome["expectations"] == len(results) > 250
    assert [each for each in results if not each["success"] and each["severity"] == "critical"] == []
    assert all(each["notes"] for each in results)
    assert all((built.reports / str(each["data_docs_url"])).is_file() for each in results)
    _assert_no_secret_is_left(built)
    page = (built.reports / "data_docs" / "index.html").read_text()
    with connect("auditor") as connection:
        assert f"head <code>{audit_chain.head_of(connection)[1]}</code>" in page
    validate_candidate("sound")  # a second validation of a run keeps the first
    assert len(_results("sound")) == 2 * len(results)


def test_one_article_that_is_misread_warns_and_many_refuse(broken):
    held_on, money = "held_on is a day the article can speak of", "vnd: at most 10,000,000,000,000,000"

    def failing(run_id):
        results = _results(run_id)
        return {(each["expectation"], each["severity"]) for each in results if not each["success"]}

    validate_candidate("one")
    assert {(held_on, "warning"), (money, "warning")} <= failing("one")
    broken("marts_candidate.fct_meetings", "update fct_meetings set held_on = held_on - 365 * 60")
    broken("marts_candidate.fct_metrics", "update fct_metrics set measure_unit = 'vnd', value_high = 1e18")
    with pytest.raises(GateRefused):
        validate_candidate("many")
    assert {(f"{held_on}: but for a few", "critical"), (f"{money}: but for a few", "critical")} <= failing("many")


def _assert_no_secret_is_left(built: Settings) -> None:
    password = built.secrets()["validator_password"]
    leaks = [
        path
        for folder in (built.home / "gx", built.reports)
        for path in folder.rglob("*")
        if path.is_file() and password.encode() in path.read_bytes()
    ]
    assert leaks == []


def test_a_missing_table_is_refused(built):
    with connect("transformer") as connection:
        connection.execute("alter table marts_candidate.dim_bodies rename to elsewhere")
    try:
        with pytest.raises(GateRefused, match="dim_bodies: the table exists"):
            validate_candidate("missing")
    finally:
        with connect("transformer") as connection:
            connection.execute("alter table marts_candidate.elsewhere rename to dim_bodies")


def test_what_cannot_be_evaluated_is_refused(broken):
    with connect("transformer") as connection:
        connection.execute("alter table marts_candidate.fct_metrics rename column period_to to renamed")
    try:
        with pytest.raises(GateRefused, match="could not be evaluated"):
            validate_candidate("cannot")
    finally:
        with connect("transformer") as connection:
            connection.execute("alter table marts_candidate.fct_metrics rename column renamed to period_to")


def test_a_warning_does_not_refuse(broken):
    broken("marts_candidate.fct_meetings", "update fct_meetings set headline = repeat('x', 600)")
    outcome = validate_candidate("warned")
    assert any("words for people: headline" in warning for warning in outcome["warnings"])


def test_pages_of_earlier_runs_go_with_a_take_down(built):
    validate_candidate("before")
    pages = built.reports / "data_docs" / "validations" / "fct_metrics"
    assert (pages / "before").is_dir()
    with connect("loader") as connection:
        connection.execute("insert into audit.take_downs (article_sha256, reason) values ('00', 'asked')")
        audit_chain.append(connection, "take_down", "00")
    validate_candidate("after")
    assert [page.name for page in pages.iterdir()] == ["after"]
    assert "/before/" not in (built.reports / "data_docs" / "index.html").read_text()


@pytest.fixture(scope="module")
def hostile_pages(built: Settings) -> list[Path]:
    """Data Docs and overview of a run whose failures are made of hostile text."""
    with connect("transformer") as connection:
        connection.execute("create table staging.kept as table marts_candidate.fct_meetings")
        connection.execute("update marts_candidate.fct_meetings set held_on_precision = headline")
        connection.execute("update marts_candidate.fct_meetings set held_on_date_key = headline, unit_key = quote")
    with pytest.raises(GateRefused) as refused:
        validate_candidate("hostile")
    assert "\x1b" not in str(refused.value)
    assert "hacked" not in str(refused.value)
    write_reports()
    with connect("transformer") as connection:
        connection.execute("truncate marts_candidate.fct_meetings")
        connection.execute("insert into marts_candidate.fct_meetings table staging.kept")
        connection.execute("drop table staging.kept")
    with connect("auditor") as connection:
        (url,) = connection.execute(
            """select distinct data_docs_url from audit.validation_results
            where run_id = 'hostile' and suite = 'fct_meetings'"""
        ).fetchone()
    return [built.reports / "index.html", built.reports / url, built.reports / "data_docs" / "index.html"]


def test_pages_link_nothing_on_the_net_and_hold_no_words_of_articles(hostile_pages):
    for page in hostile_pages:
        told = page.read_text()
        assert re.findall(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//[^>]*>", told) == []
        assert re.findall(r"url\([\"']?https?:[^)]*\)", told) == []
        assert "hacked" not in told
    failed = [each for each in _results("hostile") if not each["success"]]
    assert len(failed) > 3
    assert "hacked" not in json.dumps(failed)  # what bi may read, too
    assert "tin bài" not in json.dumps([each["sample"] for each in failed], ensure_ascii=False)


@needs_chromium
def test_pages_in_a_browser_fetch_nothing_and_run_nothing_from_articles(hostile_pages):
    with browser() as chromium:
        for page in hostile_pages:
            document = chromium.document(page)
            assert "<title>hacked" not in document
            if page.name == "index.html" and page.parent.name == "data_docs":
                assert "bootstrap-table" in document  # its scripts did run, from beside the page
        assert chromium.asked == []


def test_audit_samples_are_json(built, broken):
    broken("marts_candidate.fct_metrics", "update fct_metrics set quote = 'x'")
    with pytest.raises(GateRefused):
        validate_candidate("samples")
    (found,) = [
        each
        for each in _results("samples")
        if each["sample"] and each["suite"] == "fct_metrics" and "stands in its article" in each["expectation"]
    ]
    assert found["unexpected_count"] == 13
    assert len(found["sample"]) == 10
    assert set(found["sample"][0]) == {"metric_value_key", "article_id", "span_start", "span_end"}
    json.dumps(found["sample"])
