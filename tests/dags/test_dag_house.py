"""Every DAG is what a data engineer expects of it."""

import subprocess
import sys
from datetime import timedelta

import pytest

DAGS = ("ingest_dumps", "build_warehouse", "reextract", "rollback", "watch_landing")
LAYERS = {"layer:raw", "layer:marts"}


def test_all_dags_import_and_no_other_is_there(dagbag) -> None:
    assert dagbag.import_errors == {}
    assert set(dagbag.dag_ids) == set(DAGS)


@pytest.mark.parametrize("dag_id", DAGS)
def test_a_dag_says_what_it_is_for(dagbag, dag_id: str) -> None:
    dag = dagbag.dags[dag_id]
    assert len(dag.doc_md.strip()) > 100
    assert LAYERS & set(dag.tags)
    assert dag.catchup is False
    assert dag.max_active_runs == 1
    assert dag.dagrun_timeout is not None


@pytest.mark.parametrize("dag_id", DAGS)
def test_every_task_has_an_owner_retries_with_backoff_and_a_timeout(dagbag, dag_id: str) -> None:
    for task in dagbag.dags[dag_id].tasks:
        assert task.owner == "bienban"
        assert task.retries >= 1
        assert task.retry_exponential_backoff
        assert task.execution_timeout <= timedelta(hours=2)
        assert [type(told).__name__ for told in task.on_failure_callback] == ["TaskFailed"]


@pytest.mark.parametrize("dag_id", DAGS)
def test_every_param_has_a_title_and_a_description(dagbag, dag_id: str) -> None:
    params = dagbag.dags[dag_id].params
    for name in params:
        param = params.get_param(name)
        assert param.schema["title"]
        assert param.description


def test_assets_tie_the_dags_together(dagbag) -> None:
    outlets = {
        dag_id: {asset.name for task in dag.tasks for asset in task.outlets} for dag_id, dag in dagbag.dags.items()
    }
    assert outlets == {
        "ingest_dumps": {"raw.articles"},
        "reextract": {"raw.articles"},
        "build_warehouse": {"marts.fct_metrics"},
        "rollback": {"marts.fct_metrics"},
        "watch_landing": set(),
    }
    conditions = dagbag.dags["build_warehouse"].timetable.asset_condition
    assert [asset.name for asset in conditions.objects] == ["raw.articles"]


def test_loads_share_a_pool_that_the_set_up_makes(dagbag) -> None:
    from airflow.models.pool import Pool

    load = dagbag.dags["ingest_dumps"].get_task("load")
    assert load.pool == "raw_load"
    assert Pool.get_pool("raw_load").slots == 4


def test_parsing_a_dag_imports_nothing_heavy(airflow_home) -> None:
    """Parsing happens every minute; dbt, Great Expectations and Arrow belong to the tasks."""
    code = (
        "import sys, runpy; sys.path.insert(0, 'dags')\n"
        "import airflow.sdk; before = set(sys.modules)\n"
        f"for name in {DAGS!r}: runpy.run_path(f'dags/{{name}}.py')\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(new & {'dbt', 'great_expectations', 'pyarrow', 'pandas', 'bienban', 'psycopg'}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=airflow_home.project, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == "[]"
