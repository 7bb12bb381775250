"""Publication: what readers see, what is refused, what is written down."""

import re

import psycopg
import pytest

from bienban.io.database import connect
from bienban.io.mart_shapes import PublicationRefused
from bienban.io.publisher import publish_candidate
from tests.warehouse.candidates import article_id, make_candidate, rows_of_marts

pytestmark = pytest.mark.usefixtures("warehouse")


def _publish(run_id: str = "run"):
    return publish_candidate(run_id, approved_by="tester", approval="auto")


def _versions() -> list[tuple[object, ...]]:
    with connect("auditor") as connection:
        return connection.execute(
            "select version, run_id, previous_version, is_current from audit.published_versions order by 1"
        ).fetchall()


def test_first_publication_makes_the_tables_and_a_version():
    make_candidate({"m1": 1}, {"v1": ("m1", 10), "v2": ("m1", 20)})
    outcome = _publish()
    assert outcome["status"] == "published"
    assert outcome["version"] == 1
    assert outcome["row_counts"] == {
        "bridge_meeting_articles": 1, "dim_articles": 1, "fct_meetings": 1, "fct_metrics": 2,
    }  # fmt: skip
    assert _versions() == [(1, "run", None, True)]
    assert [row[0] for row in rows_of_marts()["fct_metrics"]] == ["v1", "v2"]


def test_tables_of_marts_carry_keys_comments_and_indexes():
    make_candidate({"m1": 1}, {})
    _publish()
    with connect("auditor") as connection:
        indexes = {
            definition.partition("USING btree ")[2]
            for (definition,) in connection.execute("select indexdef from pg_indexes where schemaname = 'marts'")
        }
        comment, words = connection.execute(
            """select obj_description('marts.fct_meetings'::regclass),
            col_description('marts.fct_meetings'::regclass, 2)"""
        ).fetchone()
    assert {"(meeting_key)", "(meeting_key, article_id)", "(article_id)", "(body_key)"} <= indexes
    assert comment == "One meeting, however many articles report it."
    assert words == "Day of the meeting; null when the text does not say."


def test_new_words_about_a_column_reach_marts_without_a_new_version():
    make_candidate({"m1": 1}, {})
    _publish("first")
    with connect("transformer") as connection:
        connection.execute("comment on column marts_candidate.fct_meetings.held_on is 'The day it was held.'")
    assert _publish("second")["status"] == "unchanged"
    with connect("bi") as connection:
        row = connection.execute("select col_description('marts.fct_meetings'::regclass, 2)").fetchone()
    assert row == ("The day it was held.",)


def test_only_what_differs_is_written():
    make_candidate({"m1": 1, "m2": 2}, {"v1": ("m1", 10), "v2": ("m2", 20), "v3": ("m2", 30)})
    _publish("first")
    with connect("bi") as connection:
        before = dict(connection.execute("select metric_value_key, ctid::text from marts.fct_metrics").fetchall())
    make_candidate({"m1": 1, "m2": 2}, {"v1": ("m1", 10), "v2": ("m2", 21), "v4": ("m2", 40)})
    outcome = _publish("second")
    assert outcome["changes"] == {"fct_metrics": {"inserted": 1, "updated": 1, "deleted": 1}}
    with connect("bi") as connection:
        after = dict(connection.execute("select metric_value_key, ctid::text from marts.fct_metrics").fetchall())
    assert after["v1"] == before["v1"]
    assert {row[0]: row[2] for row in rows_of_marts()["fct_metrics"]} == {"v1": 10, "v2": 21, "v4": 40}


def test_an_equal_candidate_makes_no_version():
    make_candidate({"m1": 1}, {"v1": ("m1", 10)})
    _publish("first")
    before = rows_of_marts()
    make_candidate({"m1": 1}, {"v1": ("m1", 10)})
    outcome = _publish("second")
    assert (outcome["status"], outcome["version"]) == ("unchanged", 1)
    assert len(_versions()) == 1
    assert rows_of_marts() == before


def test_null_and_a_value_differ_and_two_nulls_do_not():
    make_candidate({"m1": 1}, {})
    _publish("first")
    with connect("transformer") as connection:
        connection.execute("update marts_candidate.fct_meetings set held_on = '2024-07-01'")
    assert _publish("second")["changes"] == {"fct_meetings": {"inserted": 0, "updated": 1, "deleted": 0}}


def test_the_same_run_again_finds_its_version():
    make_candidate({"m1": 1}, {})
    first = _publish("run")
    assert _publish("run") == first
    assert len(_versions()) == 1


def test_a_new_column_is_added():
    make_candidate({"m1": 1}, {"v1": ("m1", 10)})
    _publish("first")
    with connect("transformer") as connection:
        connection.execute("alter table marts_candidate.fct_metrics add column confidence numeric(5, 4)")
        connection.execute("comment on column marts_candidate.fct_metrics.confidence is 'From 0 to 1.'")
        connection.execute("update marts_candidate.fct_metrics set confidence = 0.5")
    _publish("second")
    with connect("bi") as connection:
        row = connection.execute(
            """select confidence, col_description('marts.fct_metrics'::regclass, attnum) from marts.fct_metrics,
            pg_attribute where attrelid = 'marts.fct_metrics'::regclass and attname = 'confidence'"""
        ).fetchone()
    assert (float(row[0]), row[1]) == (0.5, "From 0 to 1.")


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        pytest.param(
            "alter table fct_metrics drop column quote", "fct_metrics.quote: published, but", id="column gone"
        ),
        pytest.param(
            "alter table fct_metrics alter span_end type bigint", "span_end: published as integer", id="other type"
        ),
        pytest.param("drop table bridge_meeting_articles", "bridge_meeting_articles: published, but", id="table gone"),
        pytest.param("create table fct_new (a text)", "fct_new: no primary key", id="no key to compare by"),
        pytest.param(
            "alter table fct_metrics drop constraint fct_metrics_pkey, add primary key (metric_value_key, meeting_key)",
            "fct_metrics: published with key (metric_value_key)",
            id="other grain",
        ),
    ],
)
def test_what_readers_would_lose_is_refused(statement, message):
    make_candidate({"m1": 1}, {"v1": ("m1", 10)})
    _publish("first")
    before = rows_of_marts()
    with connect("transformer") as connection:
        connection.execute("update marts_candidate.fct_meetings set headline = 'changed'")
        connection.execute("set search_path = marts_candidate")
        connection.execute(statement)
    with pytest.raises(PublicationRefused, match=re.escape(message)):
        _publish("second")
    assert rows_of_marts() == before
    assert len(_versions()) == 1


def test_working_tables_of_dbt_are_not_published():
    make_candidate({"m1": 1}, {})
    with connect("transformer") as connection:
        connection.execute("create table marts_candidate.fct_metrics__dbt_tmp (a text)")
    assert "fct_metrics__dbt_tmp" not in _publish()["row_counts"]


def test_a_key_that_changed_names_its_successor():
    make_candidate({"m1": 1, "m2": 2}, {"v1": ("m1", 10)})
    _publish("first")
    make_candidate({"m1 with its day": 1}, {"v1 with its period": ("m1 with its day", 10)})
    _publish("second")
    with connect("bi") as connection:
        retired = connection.execute(
            "select table_name, old_key, new_key, version from audit.retired_keys order by 1"
        ).fetchall()
    # m2's article left altogether: nothing took the key's place.
    assert retired == [("fct_meetings", "m1", "m1 with its day", 2), ("fct_metrics", "v1", "v1 with its period", 2)]


def test_a_merged_meeting_names_the_one_it_merged_into():
    make_candidate({"m1": 1, "m2": 2}, {})
    _publish("first")
    make_candidate({"m1": 1}, {})
    with connect("transformer") as connection:
        connection.execute(
            "insert into marts_candidate.bridge_meeting_articles values ('m1', %s, false)", (article_id(2),)
        )
    _publish("second")
    with connect("bi") as connection:
        assert connection.execute("select old_key, new_key from audit.retired_keys").fetchall() == [("m2", "m1")]


@pytest.mark.parametrize("role", ["bi", "auditor", "validator", "transformer", "loader"])
def test_nobody_else_writes_marts_or_reads_the_history(role):
    make_candidate({"m1": 1}, {})
    _publish()
    for statement in ("delete from marts.fct_meetings", "select * from marts_history.fct_meetings"):
        with connect(role) as connection, pytest.raises(psycopg.errors.Error):
            connection.execute(statement)


def test_the_run_is_closed_with_its_version():
    with connect("loader") as connection:
        connection.execute(
            """insert into audit.pipeline_runs (run_id, dag_id, started_at, status, raw_watermark)
            values ('run', 'build_warehouse', now(), 'running', now())"""
        )
    make_candidate({"m1": 1}, {})
    _publish("run")
    with connect("auditor") as connection:
        assert connection.execute("select status from audit.pipeline_runs").fetchall() == [("published",)]


def _validated(expectation_id: str, *, success: bool, severity: str = "critical") -> None:
    with connect("validator") as connection:
        connection.execute(
            """insert into audit.validation_results
            (run_id, suite, table_name, expectation, expectation_id, severity, success)
            values ('run', 's', 't', 'e', %s, %s, %s)""",
            (expectation_id, severity, success),
        )


def test_what_the_gate_refused_is_not_published_by_hand():
    make_candidate({"m1": 1}, {})
    _validated("s/1", success=False)
    with pytest.raises(PublicationRefused, match="the gate refused the candidate of run"):
        _publish("run")
    assert _versions() == []
    _validated("s/1#2", success=True)
    _validated("s/2#2", success=False, severity="warning")
    assert _publish("run")["status"] == "published"
