"""The DAGs run for real, task by task in this process, on the sample dump."""

import json
from collections import Counter

import psycopg
import pytest

from bienban import jobs
from bienban.settings import Settings
from tests.chaos.tables import Tables, differences, read_tables

pytestmark = pytest.mark.usefixtures("dag_home")

# No extractor gives such a day: a fault that passes dbt's tests of shape and must stop at the gate.
_PLANT = "update raw.figures set period_from = '1066-10-14', period_to = '1066-10-14' where period_from is not null"
_NEWS = "update raw.articles set changed_at = clock_timestamp()"


def _run(dagbag, dag_id: str, **conf) -> Counter:
    """Run a DAG; how its task instances ended, and the run itself under its id."""
    run = dagbag.dags[dag_id].test(run_conf=conf)
    ended = Counter({f"{task.task_id}:{task.state}": 1 for task in run.get_task_instances()})
    ended[str(run.state.value)] += 1
    return ended


def _marts(home: Settings) -> Tables:
    return {name: rows for name, rows in read_tables(home.admin_dsn()).items() if name.startswith("marts.")}


def _assert_no_words_of_articles(home: Settings, alerts: str) -> None:
    quotes = [quote for (quote,) in _execute(home, "select quote from raw.figures where length(quote) > 12")]
    assert len(quotes) > 100
    assert [quote for quote in quotes if quote in alerts] == []


def _execute(home: Settings, statement: str) -> list[tuple]:
    with psycopg.connect(home.admin_dsn(), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_from_the_dump_to_a_version_and_nothing_new_after_it(dagbag, dag_home: Settings, told) -> None:
    sample = str(dag_home.project / "examples" / "dump")
    assert _run(dagbag, "ingest_dumps", dumps=[sample])["success"]
    assert _run(dagbag, "build_warehouse")["success"]
    version = jobs.summary()["version"]
    assert version["version"] == 1
    assert version["row_counts"]["fct_meetings"] > 20
    assert (dag_home.reports / "index.html").exists()

    again = _run(dagbag, "ingest_dumps", dumps=[sample])
    assert again["success"]
    assert again["announce:skipped"]
    unchanged = _run(dagbag, "build_warehouse")
    assert unchanged["announce:skipped"]
    assert jobs.summary()["version"] == version
    assert jobs.summary()["freshness"]["new_articles"] > 20
    # The gate warns that nothing is new, and says so to whom it concerns.
    (warned,) = [post for post in told.posts if post["task"] == "validate"]
    assert warned["event"] == "warnings"
    assert "audit.measures: something is new" in warned["told"]
    assert _run(dagbag, "watch_landing")["success"]


def test_a_broken_candidate_is_stopped_and_its_repair_equals_a_full_refresh(dagbag, dag_home: Settings, told) -> None:
    before = _marts(dag_home)
    kept = _execute(dag_home, "select record_id, period_from, period_to from raw.figures")
    _execute(dag_home, _PLANT)
    _execute(dag_home, _NEWS)
    refused = _run(dagbag, "build_warehouse")
    assert refused["failed"]
    assert refused["validate:failed"]
    assert refused["publish:upstream_failed"]
    (alert,) = [post for post in told.posts if post["task"] == "validate"]
    assert alert["event"] == "failed"
    assert "fct_metrics: period_from is a day the article can speak of" in alert["told"]
    assert alert["authorization"] == "Bearer t0ken"
    assert [mail for mail in told.mails if "Subject: bienban: validate of build_warehouse: failed" in mail] != []
    _assert_no_words_of_articles(dag_home, json.dumps(told.posts, ensure_ascii=False) + "".join(told.mails))
    assert differences(before, _marts(dag_home)) == []
    assert _execute(dag_home, "select status from audit.pipeline_runs order by started_at desc limit 1") == [
        ("refused",)
    ]
    pages = "".join(page.read_text() for page in (dag_home.reports / "data_docs").rglob("*fct_metrics*/**/*.html"))
    assert "1066-10-14" in pages

    with psycopg.connect(dag_home.admin_dsn()) as connection, connection.cursor() as cursor:
        cursor.executemany(
            "update raw.figures set period_from = %s, period_to = %s where record_id = %s",
            [(start, end, record) for record, start, end in kept],
        )
    _execute(dag_home, _NEWS)
    assert _run(dagbag, "build_warehouse")["success"]
    repaired = _marts(dag_home)
    assert _run(dagbag, "build_warehouse", full_refresh=True)["success"]
    assert differences(repaired, _marts(dag_home)) == []
    assert differences(before, repaired) == []


def test_a_rollback_stays_until_there_is_news(dagbag, dag_home: Settings, tmp_path) -> None:
    first = _marts(dag_home)
    extra = tmp_path / "more.jsonl"
    extra.write_text(
        '{"id": "n1", "text": "UBND huyện Đầm Hà giao ban tháng 5 năm 2023\\n\\nNgày 6/5, UBND huyện Đầm Hà,'
        ' tỉnh Quảng Ninh tổ chức hội nghị giao ban công tác tháng 4 năm 2023. Huyện trồng 120 ha rừng."}\n'
    )
    assert _run(dagbag, "ingest_dumps", dumps=[str(extra)])["success"]
    assert _run(dagbag, "build_warehouse")["success"]
    newer = _marts(dag_home)
    assert differences(first, newer) != []

    assert _run(dagbag, "rollback", version=1)["success"]
    assert differences(first, _marts(dag_home)) == []
    assert _run(dagbag, "build_warehouse")["success"]
    assert differences(first, _marts(dag_home)) == []  # pinned: no news since

    _execute(dag_home, _NEWS)
    assert _run(dagbag, "build_warehouse")["success"]
    assert differences(newer, _marts(dag_home)) == []
    assert _run(dagbag, "rollback", version=999)["failed"]
