"""
### Raw tables -> a published version of the marts

`build` (dbt, into `marts_candidate`) -> `validate` (Great Expectations) -> `publish` (one transaction) ->
`announce`; `write_reports` runs in every case. With `BIENBAN_APPROVE=ask`, failed warnings are put before a
person first (`ask`, answered in the UI under *Required actions*); no answer within a day means no.

* Starts when `raw.articles` changed, or by hand (`full_refresh` rebuilds every model from raw).
* **A failed critical expectation stops here**: `marts` stays as it was, `validate` is red, and the report
  says which expectation failed on what. Repair, then start this DAG again.
* Nothing differs from the published version: no new version is made, `announce` is skipped.
* Readers of `marts` see the old version or the new one, never a mix.
"""

from datetime import timedelta
from typing import Any

import stores
from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Metadata, Param, dag, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from alerts import WarningsFailed
from assets import MARTS, RAW_ARTICLES
from defaults import ONE_RUN_AT_A_TIME


@dag(
    schedule=[RAW_ARTICLES],
    doc_md=__doc__,
    tags=["layer:marts"],
    params={
        "full_refresh": Param(
            False,
            type="boolean",
            title="Full refresh",
            description="Rebuild every model from raw, not only what changed.",
        )
    },
    **ONE_RUN_AT_A_TIME,
)
def build_warehouse():
    @task
    def build(params: dict[str, Any] | None = None, run_id: str | None = None) -> dict[str, Any]:
        from bienban import jobs  # heavy imports stay out of DAG parsing

        return jobs.build_candidate(run_id, full_refresh=(params or {})["full_refresh"])

    @task(on_success_callback=[WarningsFailed()])
    def validate(run_id: str | None = None) -> dict[str, Any]:
        from bienban import jobs

        try:
            return jobs.validate_candidate(run_id)
        except jobs.GateRefused as refused:
            raise AirflowFailException(str(refused)) from None  # the same data would fail again: no retry

    @task.branch
    def who_decides(validated: dict[str, Any]) -> str:
        from bienban import jobs

        return "ask" if jobs.needs_a_person(validated) else "publish"

    ask = HITLOperator(
        task_id="ask",
        subject="Publish the new version of the marts in spite of failed warnings?",
        body="{{ ti.xcom_pull(task_ids='validate')['failed_warnings'] }} expectations of severity *warning* failed; "
        "none that is critical. The Data Docs among the reports show them.",
        options=["Approve", "Reject"],
        defaults="Reject",
        response_timeout=timedelta(hours=24),
        params={"note": Param("", type="string", title="Note", description="Why; kept with the version.")},
    )

    @task(trigger_rule="none_failed_min_one_success")
    def publish(answer: dict[str, Any] | None, run_id: str | None = None) -> dict[str, Any]:
        from bienban import jobs

        try:
            return jobs.publish_candidate(run_id, answer=answer)
        except (jobs.NotApproved, jobs.PublicationRefused) as refused:
            raise AirflowFailException(str(refused)) from None

    @task(outlets=[MARTS])
    def announce(published: dict[str, Any]):
        if published["status"] == "unchanged":
            raise AirflowSkipException("the candidate equals the published version")
        yield Metadata(MARTS, extra=published)

    @task(trigger_rule="all_done")
    def write_reports() -> dict[str, Any]:
        from bienban import jobs

        with jobs.with_connections(stores.connections()):
            return jobs.write_reports()

    validated = validate()
    published = publish(ask.output)
    build() >> validated
    who_decides(validated) >> [ask, published]
    announce(published)
    published >> write_reports()


build_warehouse()
