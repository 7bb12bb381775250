"""
### Raw tables -> a published version of the marts

`build` (dbt, into `marts_candidate`) -> `validate` (Great Expectations) -> `publish` (one transaction) ->
`announce`; `write_reports` runs in every case.

* Starts when `raw.articles` changed, or by hand (`full_refresh` rebuilds every model from raw).
* **A failed critical expectation stops here**: `marts` stays as it was, `validate` is red, and the report
  says which expectation failed on what. Repair, then start this DAG again.
* Nothing differs from the published version: no new version is made, `announce` is skipped.
* Readers of `marts` see the old version or the new one, never a mix.
"""

from typing import Any

from airflow.sdk import Metadata, Param, dag, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from assets import MARTS, RAW_ARTICLES
from defaults import ONE_RUN_AT_A_TIME


@dag(
    schedule=[RAW_ARTICLES],
    doc_md=__doc__,
    tags=["layer:marts"],
    params={
        "full_refresh": Param(
            False, type="boolean", title="Full refresh", description="Rebuild every model from raw, not only what changed."
        )
    },
    **ONE_RUN_AT_A_TIME,
)
def build_warehouse():
    @task
    def build(params: dict[str, Any] | None = None, run_id: str | None = None) -> dict[str, Any]:
        from bienban import jobs  # heavy imports stay out of DAG parsing

        return jobs.build_candidate(run_id, full_refresh=(params or {})["full_refresh"])

    @task
    def validate(run_id: str | None = None) -> dict[str, Any]:
        from bienban import jobs

        try:
            return jobs.validate_candidate(run_id)
        except jobs.GateRefused as refused:
            raise AirflowFailException(str(refused)) from None  # the same data would fail again: no retry

    @task
    def publish(run_id: str | None = None) -> dict[str, Any]:
        from bienban import jobs

        return jobs.publish_candidate(run_id)

    @task(outlets=[MARTS])
    def announce(published: dict[str, Any]):
        if published["status"] == "unchanged":
            raise AirflowSkipException("the candidate equals the published version")
        yield Metadata(MARTS, extra=published)

    @task(trigger_rule="all_done")
    def write_reports() -> dict[str, Any]:
        from bienban import jobs

        return jobs.write_reports()

    published = publish()
    build() >> validate() >> published
    announce(published)
    published >> write_reports()


build_warehouse()
