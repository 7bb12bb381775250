"""
### Back to an earlier version of the marts

Restores one of the last five published versions in one transaction. The version stays until new raw data
is published; a run without news leaves it in place.
"""

from typing import Any

from airflow.sdk import Metadata, Param, dag, task
from airflow.sdk.exceptions import AirflowFailException
from assets import MARTS
from defaults import ONE_RUN_AT_A_TIME


@dag(
    schedule=None,
    doc_md=__doc__,
    tags=["layer:marts"],
    params={"version": Param(type="integer", minimum=1, title="Version", description="See audit.published_versions.")},
    **ONE_RUN_AT_A_TIME,
)
def rollback():
    @task(outlets=[MARTS])
    def restore(params: dict[str, Any] | None = None, run_id: str | None = None, dag_run: Any = None):
        from bienban import jobs  # heavy imports stay out of DAG parsing

        who = getattr(dag_run, "triggering_user_name", None) or "operator"
        try:
            yield Metadata(MARTS, extra=jobs.rollback((params or {})["version"], who, run_id))
        except jobs.PublicationRefused as refused:
            raise AirflowFailException(str(refused)) from None  # that version is not kept: no retry

    @task
    def write_reports() -> dict[str, Any]:
        from bienban import jobs

        return jobs.write_reports()

    restore() >> write_reports()


rollback()
