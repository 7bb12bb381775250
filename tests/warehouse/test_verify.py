"""Tampering with the audit or the marts, and what ``verify`` says of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg import Connection

from bienban import jobs
from bienban.cli import main
from bienban.io import audit_chain, publisher
from bienban.io.database import connect
from bienban.io.gate import Finding, record
from bienban.io.postgres import EmbeddedPostgres
from bienban.io.runs import start_run
from bienban.io.verify import Broken, verify
from bienban.settings import Settings
from tests.warehouse.candidates import make_candidate
from tests.warehouse.conftest import fresh_warehouse

pytestmark = pytest.mark.usefixtures("published")


def _finding(number: int) -> Finding:
    return Finding(
        suite="fct_meetings",
        table="marts_candidate.fct_meetings",
        column=None,
        expectation="rows can be",
        expectation_id=f"fct_meetings/{number}",
        severity="warning",
        success=False,
        sample=[{"meeting_key": "m1", "rows": number}],
    )


def _publish(run_id: str, values: dict[str, tuple[str, int]]) -> None:
    make_candidate({"m1": 1, "m2": 2}, values)
    with connect("loader", autocommit=True) as connection:
        start_run(connection, run_id, "build_warehouse", "0+test")
    with connect("validator") as connection:
        record(connection, run_id, 1, [_finding(1), _finding(2)])
    jobs.publish_candidate(run_id)


@pytest.fixture(scope="module")
def published(server: EmbeddedPostgres) -> Iterator[Settings]:
    """A warehouse with two publications, a rollback, its unpinning and a take-down; the tests add to it."""
    patch = pytest.MonkeyPatch()
    with fresh_warehouse(server, patch) as found:
        _write_a_history()
        yield found
    patch.undo()


def _write_a_history() -> None:
    _publish("one", {"v1": ("m1", 10), "v2": ("m2", 20)})
    _publish("two", {"v1": ("m1", 11), "v3": ("m2", 30)})
    publisher.rollback(1)
    publisher.unpin("editor")
    with connect("loader") as connection:
        connection.execute("insert into audit.take_downs (article_sha256, reason) values ('00', 'asked')")
        audit_chain.append(connection, "take_down", "00")


@pytest.fixture
def owner() -> Iterator[Connection]:
    """The owner's transaction: what it tampers with is never committed."""
    with connect("owner") as connection:
        yield connection
        connection.rollback()


def test_what_nobody_touched_is_unbroken(capsys: pytest.CaptureFixture[str]) -> None:
    found = jobs.verify()
    assert found["version"] == 3
    assert found["rows"] == 8
    assert found["links"] > 10
    with pytest.raises(SystemExit) as done:
        main(["verify", "--head", found["head"]])
    assert done.value.code == 0
    assert f"head {found['head']}" in capsys.readouterr().out


TAMPERING = [
    pytest.param("update audit.chain set subject = 'x' where link = 2", "link 2 .*was edited", id="a link edited"),
    pytest.param("update audit.chain set linked_at = now() where link = 1", "link 1 .*was edited", id="its moment"),
    pytest.param("delete from audit.chain where link = 3", "link 3: is missing", id="a link removed"),
    pytest.param(
        "delete from audit.chain where link = (select max(link) from audit.chain)",
        "audit.take_downs: 00 was written without a link",
        id="the newest link removed",
    ),
    pytest.param(
        "update audit.chain set link = 1000 - link; update audit.chain set link = link - 1000 + (select count(*) from"
        " audit.chain) + 1",
        "link 1 .*does not follow",
        id="links in another order",
    ),
    pytest.param(
        "insert into audit.chain select 1 + max(link), 'version', '9', 'x', now(), 'y', 'z' from audit.chain",
        "does not follow the link before",
        id="a link added",
    ),
    pytest.param(
        "update audit.validation_results set success = true where expectation_id = 'fct_meetings/1'",
        r"\(validation one#1\): its rows in audit.validation_results were edited",
        id="a failure whitewashed",
    ),
    pytest.param(
        "delete from audit.validation_results where run_id = 'one' and expectation_id like '%/2'",
        r"\(validation one#1\): its rows .* were edited, added or removed",
        id="a result removed",
    ),
    pytest.param(
        "delete from audit.validation_results where run_id = 'one'",
        r"\(validation one#1\): its rows .* are gone",
        id="all results of a run removed",
    ),
    pytest.param(
        "insert into audit.validation_results (run_id, suite, table_name, expectation, expectation_id, severity,"
        " success) values ('two', 's', 't', 'e', 's/9', 'critical', true)",
        r"\(validation two#1\): its rows .* added",
        id="a result added",
    ),
    pytest.param(
        """update audit.validation_results set sample = '[{"meeting_key": "m9"}]' where run_id = 'one'""",
        "the sample of one fct_meetings/1 was edited",
        id="a sample edited",
    ),
    pytest.param(
        "update audit.validation_results set sample_sha256 = repeat('0', 64) where run_id = 'one'",
        r"\(validation one#1\)",
        id="a sample's hash edited",
    ),
    pytest.param(
        "update audit.pipeline_runs set extractor_version = '9' where run_id = 'one'",
        r"\(run one\): its rows in audit.pipeline_runs were edited",
        id="a run edited",
    ),
    pytest.param("delete from audit.pipeline_runs where run_id = 'one'", r"\(run one\)", id="a run removed"),
    pytest.param(
        "insert into audit.pipeline_runs (run_id, dag_id, started_at, status, raw_watermark)"
        " values ('never', 'd', now(), 'published', now())",
        "audit.pipeline_runs: never was written without a link",
        id="a run invented",
    ),
    pytest.param(
        "update audit.published_versions set approved_by = 'somebody' where version = 2",
        r"\(version 2\): its rows .* edited",
        id="an approval edited",
    ),
    pytest.param(
        "update audit.published_versions set is_current = false; "
        "update audit.published_versions set is_current = true where version = 1",
        "version 1 is marked as current, but .3. was published last",
        id="another version marked as current",
    ),
    pytest.param(
        "update audit.published_versions set is_current = false", "no version is current", id="no version current"
    ),
    pytest.param("delete from audit.pin_events", r"\(pin 1\): its rows in audit.pin_events are gone", id="a pin gone"),
    pytest.param(
        "update audit.take_downs set reason = 'x'", r"\(take_down 00\): .* edited", id="a take-down's reason edited"
    ),
    pytest.param("delete from audit.take_downs", r"\(take_down 00\): .* gone", id="a take-down undone"),
    pytest.param("delete from audit.retired_keys", r"\(retired_keys 2\)", id="retired keys removed"),
    pytest.param("update audit.shown_articles set version = 2", r"\(shown_articles 1\)", id="freshness faked"),
    pytest.param(
        "update marts.fct_metrics set value_low = value_low * 10", "marts.fct_metrics: its rows", id="a value"
    ),
    pytest.param("delete from marts.fct_metrics where value_low = 10", "marts.fct_metrics: 1 rows", id="a row removed"),
    pytest.param(
        "insert into marts.fct_meetings select 'm9', held_on, body_key, headline, article_id, span_start, span_end,"
        " quote from marts.fct_meetings where meeting_key = 'm1'",
        "marts.fct_meetings: 3 rows, version 3 was published with 2",
        id="a row added",
    ),
    pytest.param("create table marts.extra (x int)", "marts.extra: was not published", id="a table added"),
    pytest.param("drop table marts.bridge_meeting_articles", "bridge_meeting_articles: is gone", id="a table gone"),
    pytest.param("alter table marts.fct_metrics drop column quote", "marts.fct_metrics: its rows", id="a column gone"),
]


@pytest.mark.parametrize(("statement", "told"), TAMPERING)
def test_tampering_is_told(owner: Connection, statement: str, told: str) -> None:
    owner.execute(statement)
    with pytest.raises(Broken, match=told):
        verify(owner)


def test_the_first_broken_link_is_told_first(owner: Connection) -> None:
    owner.execute("update audit.published_versions set approved_by = 'x'; update audit.pipeline_runs set articles = 9")
    with pytest.raises(Broken) as broken:
        verify(owner)
    links = [int(line.split()[1]) for line in str(broken.value).splitlines()[1:]]
    assert links == sorted(links)
    assert (links[0],) == owner.execute("select min(link) from audit.chain where kind = 'run'").fetchone()


def test_the_command_fails(published: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with connect("owner") as connection:
        connection.execute("update marts.fct_meetings set headline = 'x'")
    with pytest.raises(SystemExit) as done:
        main(["verify"])
    with connect("owner") as connection:
        connection.execute("update marts.fct_meetings set headline = 'Hội nghị ' || meeting_key")
    assert done.value.code == 1
    assert "marts.fct_meetings: its rows are not those" in capsys.readouterr().err


def test_a_history_written_anew_is_told_by_a_head_kept_elsewhere(owner: Connection) -> None:
    known = verify(owner).head
    owner.execute("truncate audit.chain; update audit.published_versions set approved_by = 'x' where version = 2")
    audit_chain.adopt(owner)  # seals what it finds, as after an upgrade
    assert verify(owner).version == 3
    with pytest.raises(Broken, match="cut or written anew"):
        verify(owner, known)


def test_a_take_down_breaks_nothing() -> None:
    with connect("publisher") as connection:
        connection.execute("select audit.forget_samples()")
    with connect("auditor") as connection:
        assert connection.execute("select count(sample) from audit.validation_results").fetchone() == (0,)
    jobs.verify()


def _two_at_once(first: Callable[[], object], second: Callable[[], object]) -> None:
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result()


def test_links_of_several_writers_follow_each_other() -> None:
    def take_downs(name: str) -> None:
        for number in range(20):
            with connect("loader") as connection:
                connection.execute("insert into audit.take_downs (article_sha256) values (%s)", (f"{name}{number}",))
                audit_chain.append(connection, "take_down", f"{name}{number}")

    before = jobs.verify()["links"]
    _two_at_once(lambda: take_downs("a"), lambda: (take_downs("b"), _publish("three", {"v9": ("m1", 9)})))
    assert jobs.verify()["links"] >= before + 40
