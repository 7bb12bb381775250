"""
### After a change of the extractor

Runs the extractor again over the articles whose current records come from an older version of it, and
announces the change. Older versions of the records stay in raw; `is_current` moves.
"""

from typing import Any

from airflow.sdk import Metadata, dag, task
from airflow.sdk.exceptions import AirflowSkipException
from assets import RAW_ARTICLES
from defaults import ONE_RUN_AT_A_TIME


@dag(schedule=None, doc_md=__doc__, tags=["layer:raw"], **ONE_RUN_AT_A_TIME)
def reextract():
    @task
    def extract() -> dict[str, Any]:
        from bienban import jobs  # heavy imports stay out of DAG parsing

        return jobs.reextract()

    @task(outlets=[RAW_ARTICLES])
    def announce(counts: dict[str, Any]):
        from bienban import jobs

        if not jobs.raw_is_newer():
            raise AirflowSkipException("no record changed")
        yield Metadata(RAW_ARTICLES, extra=counts)

    announce(extract())


reextract()
