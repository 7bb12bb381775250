"""The gate on a candidate that dbt built: what passes, what is refused, what is written down."""

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bienban.io.database import connect
from bienban.io.dbt import build_candidate
from bienban.io.gate import GateRefused, validate_candidate
from bienban.io.migrate import prepare_warehouse
from bienban.io.postgres import EmbeddedPostgres
from bienban.io.reports import write_reports
from bienban.settings import Settings, load_settings, settings
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
        connection.execute("update raw.dump_files set records_read = 12, loaded = 12")
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
    assert outcome["expectations"] == len(results) > 40
    assert [each for each in results if not each["success"] and each["severity"] == "critical"] == []
    assert all(each["notes"] for each in results)
    assert all((built.reports / str(each["data_docs_url"])).is_file() for each in results)


_PAIR = "column pair values a to be greater than b [column_A "

# Defects that do not hide each other are planted together: (what is set, where, the expectation that must fail).
_FACTS = [
    ("quote = quote || 'x'", "every quote stands in its article at its offsets"),
    ("span_start = span_start + 1", "every quote stands in its article at its offsets"),
    ("measure_unit = 'vnd', value_low = 2e16, value_high = 3e16", "value_low column values to be between"),
    ("measure_unit = 'percent', value_high = 2e5", "value_high column values to be between"),
    ("measure_unit = 'ha', value_high = 5e7", "value_high column values to be between"),
    ("value_high = value_low - 1", f"{_PAIR}value_high"),
    ("measure_unit = 'đồng'", "measure_unit column values to match regex"),
    ("period_from = '1889-01-01'", "period_from is a day the article can speak of"),
    (
        "period_from = '2024-06-30', period_to = '2024-01-01'",
        f"{_PAIR}period_to",
    ),
    ("confidence = 1.5", "confidence column values to be between"),
]
_MEETINGS = [
    ("held_on = '2031-01-01'", "held_on is a day the article can speak of"),
    ("reviewed_from = '2031-01-01', reviewed_to = '2031-02-01'", "reviewed_from is a day the article can speak of"),
    ("reviewed_from = '2024-06-30', reviewed_to = '2024-01-01'", f"{_PAIR}reviewed_to"),
    ("planned_from = '2024-06-30', planned_to = '2024-01-01'", f"{_PAIR}planned_to"),
    ("held_on_precision = 'about'", "held_on_precision column values to be in set"),
    ("quote = 'elsewhere'", "every quote stands in its article at its offsets"),
]
_LOSSES = [
    ("truncate fct_metrics", "fct_metrics", "has rows while its source has"),
    ("truncate fct_meetings", "fct_meetings", "has rows while its source has"),
    ("delete from bridge_meeting_articles where is_primary", "bridge_meeting_articles", "no current report is lost"),
    ("delete from dim_units where unit_level = 'commune'", "dim_units", "table row count to be between"),
    ("update dim_units set latitude = longitude, longitude = latitude", "dim_units", "latitude column values to be"),
    ("delete from dim_dates where date_key > '2030'", "dim_dates", "table row count to be between"),
    ("update dim_metrics set is_mapped = true", "dim_metrics", "mapped metrics have a code, unmapped ones have none"),
    ("update dim_articles set published_on = '1970-01-01'", "dim_articles", "published_on column values to be between"),
    ("update dim_articles set record_locator = null", "dim_articles", "every article can be found in its dump again"),
    (
        "update dim_bodies set body_name = repeat('x', 300)",
        "dim_bodies",
        "body_name column value lengths to be between",
    ),
]


def _refused_for(run_id: str) -> set[tuple[object, str]]:
    with pytest.raises(GateRefused):
        validate_candidate(run_id)
    return {(each["suite"], str(each["expectation"])) for each in _results(run_id) if not each["success"]}


def _not_caught(found: set[tuple[object, str]], expected: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (suite, words)
        for suite, words in expected
        if not any(suite == failed and told.startswith(words) for failed, told in found)
    ]


@pytest.mark.parametrize(
    ("table", "key", "defects"),
    [
        pytest.param("fct_metrics", "metric_value_key", _FACTS, id="facts"),
        pytest.param("fct_meetings", "meeting_key", _MEETINGS, id="meetings"),
    ],
)
def test_rows_that_cannot_be_are_refused(broken, table, key, defects):
    one_each = "; ".join(
        f"update {table} set {change} where {key} = (select {key} from {table} order by {key} limit 1 offset {number})"
        for number, (change, _) in enumerate(defects)
    )
    broken(f"marts_candidate.{table}", one_each)
    found = _refused_for(f"rows of {table}")
    assert _not_caught(found, [(table, words) for _, words in defects]) == []


def test_losses_are_refused(broken):
    for statement, table, _ in _LOSSES:
        broken(f"marts_candidate.{table}", statement)
    assert _not_caught(_refused_for("losses"), [(table, words) for _, table, words in _LOSSES]) == []


def test_tables_that_do_not_fit_together_are_refused(broken):
    broken("marts_candidate.dim_articles", "truncate dim_articles")
    broken("marts_candidate.fct_meetings", "update fct_meetings set report_count = report_count + 1")
    expected = [
        ("dim_articles", "every meeting and fact has its article here"),
        ("bridge_meeting_articles", "report_count of the meeting is the number of its reports"),
    ]
    assert _not_caught(_refused_for("unfit"), expected) == []


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
    broken("marts_candidate.fct_meetings", "update fct_meetings set held_on = null, held_on_precision = 'none'")
    outcome = validate_candidate("warned")
    assert any("held_on" in warning for warning in outcome["warnings"])


def test_a_second_validation_of_a_run_keeps_the_first(built):
    validate_candidate("twice")
    first = len(_results("twice"))
    validate_candidate("twice")
    assert len(_results("twice")) == 2 * first


def test_pages_of_earlier_runs_go_with_a_take_down(built):
    validate_candidate("before")
    pages = built.reports / "data_docs" / "validations" / "fct_metrics"
    assert (pages / "before").is_dir()
    with connect("loader") as connection:
        connection.execute("insert into audit.take_downs (article_sha256, reason) values ('00', 'asked')")
    validate_candidate("after")
    assert [page.name for page in pages.iterdir()] == ["after"]
    assert "/before/" not in (built.reports / "data_docs" / "index.html").read_text()


def test_no_secret_is_left_in_the_context_or_the_pages(built):
    validate_candidate("secrets")
    password = built.secrets()["validator_password"]
    leaks = [
        path
        for folder in (built.home / "gx", built.reports)
        for path in folder.rglob("*")
        if path.is_file() and password.encode() in path.read_bytes()
    ]
    assert leaks == []


def _hostile_pages(built: Settings, broken) -> list[Path]:
    """Data Docs and overview of a run whose failures are made of hostile text."""
    broken("marts_candidate.fct_meetings", "update fct_meetings set held_on_precision = headline")
    with pytest.raises(GateRefused) as refused:
        validate_candidate("hostile")
    assert "\x1b" not in str(refused.value)
    write_reports()
    with connect("auditor") as connection:
        (url,) = connection.execute(
            """select distinct data_docs_url from audit.validation_results
            where run_id = 'hostile' and suite = 'fct_meetings'"""
        ).fetchone()
    return [built.reports / "index.html", built.reports / url, built.reports / "data_docs" / "index.html"]


def test_pages_link_nothing_on_the_net_and_hold_no_markup_of_articles(built, broken):
    for page in _hostile_pages(built, broken):
        told = page.read_text()
        assert re.findall(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//[^>]*>", told) == []
        assert re.findall(r"url\([\"']?https?:[^)]*\)", told) == []
        assert "<script>document.title" not in told
        assert "<img src=x" not in told
        assert "&lt;script&gt;document.title" in told or page.parent.name == "data_docs"


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium on this machine")
def test_pages_in_a_browser_fetch_nothing_and_run_nothing_from_articles(built, broken):
    asked: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(503)

        do_CONNECT = do_GET

        def log_message(self, *_: object) -> None: ...

    proxy = HTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        for page in _hostile_pages(built, broken):
            command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom"]
            command += ["--disable-component-update", "--disable-background-networking", "--no-first-run"]
            command += [f"--proxy-server=http://127.0.0.1:{proxy.server_port}", page.as_uri()]
            dom = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True).stdout
            assert "<title>hacked" not in dom
            if page.name == "index.html" and page.parent.name == "data_docs":
                assert "bootstrap-table" in dom  # its scripts did run, from beside the page
    finally:
        proxy.shutdown()
    ours = [path for path in asked if not re.search(r"google|gstatic|gvt1|chromium", path)]
    assert ours == []


def test_audit_samples_are_json(built, broken):
    broken("marts_candidate.fct_metrics", "update fct_metrics set quote = 'x'")
    with pytest.raises(GateRefused):
        validate_candidate("samples")
    (found,) = [each for each in _results("samples") if each["sample"] and each["suite"] == "fct_metrics"]
    assert found["unexpected_count"] == 12
    assert len(found["sample"]) == 10
    assert set(found["sample"][0]) == {"metric_value_key", "article_id", "span_start", "span_end"}
    json.dumps(found["sample"])
