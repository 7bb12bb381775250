"""
### Is anything new coming in?

Looks once a day (`BIENBAN_WATCH_SCHEDULE`) when raw last gained an article whose text it had never seen, and fails
when that is longer ago than `BIENBAN_STALE_DAYS` (7): the crawler died, the folder is not mounted any more,
or the same dump is delivered again and again. Who is told: `docs/operations/alerts.md`.

Told by the identities of articles: an empty dump, a renamed one or yesterday's articles do not count as new.
"""

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowFailException
from defaults import ONE_RUN_AT_A_TIME, STALE_DAYS, WATCH_SCHEDULE


@dag(schedule=WATCH_SCHEDULE, doc_md=__doc__, tags=["layer:raw"], **ONE_RUN_AT_A_TIME)
def watch_landing():
    @task
    def look() -> dict[str, int | str | None]:
        from bienban import jobs  # heavy imports stay out of DAG parsing

        try:
            return jobs.check_landing(STALE_DAYS)
        except jobs.LandingStale as stale:
            raise AirflowFailException(str(stale)) from None  # looking again at once finds the same

    look()


watch_landing()
