"""Older versions: kept, restored, pinned, forgotten."""

import random

import pytest

from bienban.identity import article_id as identity_article_id
from bienban.identity import text_sha256
from bienban.io.database import connect
from bienban.io.mart_shapes import PublicationRefused
from bienban.io.publisher import KEPT_VERSIONS, publish_candidate, rollback, unpin
from bienban.io.runs import start_run
from tests.warehouse.candidates import article_id, make_candidate, rows_of_marts

pytestmark = pytest.mark.usefixtures("warehouse")


def _publish(values: dict[str, int], run_id: str) -> dict[str, object]:
    make_candidate({"m1": 1}, {key: ("m1", value) for key, value in values.items()})
    return publish_candidate(run_id, approved_by="tester", approval="auto")


def _start_run(run_id: str) -> None:
    with connect("loader") as connection:
        start_run(connection, run_id, "build_warehouse", "0.1.0+test")


def _load_an_article(text: str) -> None:
    with connect("loader") as connection:
        connection.execute("insert into raw.articles (article_id, text) values (gen_random_uuid(), %s)", (text,))


def test_every_kept_version_comes_back_row_for_row():
    chance = random.Random(35)  # rows come, change, go and come back in ten versions
    states: dict[int, dict[str, list[tuple[object, ...]]]] = {}
    for number in range(1, 11):
        values = {f"v{key}": chance.randrange(3) for key in range(30) if chance.random() < 0.7}
        outcome = _publish(values, f"run{number}")
        states[outcome["version"]] = rows_of_marts()
    assert list(states) == list(range(1, 11))
    newest = 10
    for version in (9, 5, 8, 11, 7, 6, 10):  # 11 is what the first of these rollbacks published
        outcome = rollback(version, approved_by="tester")
        newest += 1
        assert (outcome["version"], outcome["restored_version"]) == (newest, version)
        states[newest] = rows_of_marts()
        assert states[newest] == states[version]


def test_only_the_last_five_versions_are_kept():
    for number in range(1, KEPT_VERSIONS + 4):
        _publish({"v1": number, f"only{number}": number}, f"run{number}")
    with connect("publisher") as connection:
        oldest = connection.execute("select min(version_to) from marts_history.fct_metrics").fetchone()
    assert oldest == (4,)  # of eight versions, 3 to 7 can be restored: a row that left with 3 is needed by none
    with pytest.raises(
        PublicationRefused, match="version 2 cannot be restored; kept besides the current one: 7, 6, 5, 4, 3"
    ):
        rollback(2)
    assert rollback(3)["row_counts"]["fct_metrics"] == 2


def test_a_rollback_is_a_version_that_says_what_it_restores():
    _publish({"v1": 1}, "one")
    _publish({"v1": 2}, "two")
    rollback(1, approved_by="editor on duty", run_id="back")
    with connect("bi") as connection:
        row = connection.execute(
            """select version, run_id, approved_by, previous_version, restored_version
            from audit.published_versions where is_current"""
        ).fetchone()
    assert row == (3, "back", "editor on duty", 2, 1)


def test_a_version_before_a_table_existed_has_no_rows_of_it():
    _publish({"v1": 1}, "one")
    with connect("transformer") as connection:
        connection.execute("create table marts_candidate.dim_new (new_key text primary key)")
        connection.execute("insert into marts_candidate.dim_new values ('a')")
    _publish({"v1": 1}, "two")
    assert rows_of_marts()["dim_new"] == [("a",)]
    rollback(1)
    assert rows_of_marts()["dim_new"] == []
    rollback(2)
    assert rows_of_marts()["dim_new"] == [("a",)]


def test_rolled_back_it_stays_until_raw_has_news():
    _load_an_article("one")
    _start_run("one")
    _publish({"v1": 1}, "one")
    _load_an_article("two")
    _start_run("two")
    _publish({"v1": 2}, "two")
    rollback(1)
    restored = rows_of_marts()
    _start_run("no news")
    outcome = _publish({"v1": 2}, "no news")
    assert (outcome["status"], outcome["version"]) == ("unchanged", 3)
    assert "pinned" in outcome["reason"]
    assert rows_of_marts() == restored
    _load_an_article("three")
    _start_run("news")
    assert _publish({"v1": 3}, "news")["version"] == 4


def test_what_a_refused_build_had_seen_before_the_rollback_is_no_news():
    _publish({"v1": 1}, "one")
    _publish({"v1": 2}, "two")
    _load_an_article("seen by a build that was refused")
    _start_run("refused")
    rollback(1)
    _start_run("again")
    assert _publish({"v1": 5}, "again")["status"] == "unchanged"


def test_unpinned_it_goes_on():
    _publish({"v1": 1}, "one")
    _publish({"v1": 2}, "two")
    rollback(1)
    assert _publish({"v1": 2}, "pinned")["status"] == "unchanged"
    assert unpin("tester") == {"version": 3, "pinned": False}
    assert _publish({"v1": 2}, "unpinned")["version"] == 4
    with pytest.raises(PublicationRefused, match="not pinned"):
        unpin("tester")


_TEXT = "Hội nghị của một bài bị gỡ"


def _history_of(article: str) -> int:
    with connect("publisher") as connection:
        tables = [
            name
            for (name,) in connection.execute(
                """select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                where c.relnamespace = 'marts_history'::regnamespace and a.attname = 'article_id' and c.relkind = 'r'
                    and c.relname not like '%%arrivals'"""
            )
        ]
        return sum(
            connection.execute(
                f"select count(*) from marts_history.{name} where article_id = %s", (article,)
            ).fetchone()[0]
            for name in tables
        )


def test_a_taken_down_article_leaves_the_kept_versions():
    sha = text_sha256(_TEXT)
    taken, other = str(identity_article_id(sha)), article_id(2)
    # One meeting, told by the article that will go, then by both in turns, at last by the other alone.
    for number, speaker in enumerate((taken, other, taken, taken, other), start=1):
        make_candidate({"m1": 1}, {"v1": ("m1", number)})
        with connect("transformer") as connection:
            if number == 5:
                connection.execute("delete from marts_candidate.fct_metrics")
                connection.execute("delete from marts_candidate.bridge_meeting_articles")
            connection.execute("update marts_candidate.fct_metrics set article_id = %s", (taken,))
            connection.execute("update marts_candidate.dim_articles set article_id = %s", (speaker,))
            connection.execute(
                "update marts_candidate.fct_meetings set article_id = %s, headline = %s", (speaker, f"Lần {number}")
            )
        if number == 5:
            with connect("loader") as connection:
                connection.execute("insert into audit.take_downs (article_sha256, reason) values (%s, 'asked')", (sha,))
        publish_candidate(f"run{number}", approved_by="tester", approval="auto")
    assert _history_of(taken) == 0
    assert _history_of(other) > 0
    for version, headline in ((4, "Lần 5"), (2, "Lần 2"), (1, "Lần 2")):
        rollback(version)
        rows = rows_of_marts()
        assert [(row[3], str(row[4])) for row in rows["fct_meetings"]] == [(headline, other)]
        assert rows["fct_metrics"] == []


def test_samples_of_earlier_validations_go_with_a_take_down():
    with connect("validator") as connection:
        connection.execute(
            """insert into audit.validation_results
            (run_id, suite, table_name, expectation, expectation_id, severity, success, sample)
            values ('earlier', 's', 't', 'e', 's/1', 'critical', false, '["a name"]')"""
        )
    with connect("loader") as connection:
        connection.execute("insert into audit.take_downs (article_sha256, reason) values ('00', 'asked')")
    _publish({"v1": 1}, "one")
    with connect("auditor") as connection:
        assert connection.execute("select success, sample from audit.validation_results").fetchall() == [(False, None)]
