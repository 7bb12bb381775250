"""
### Dump files -> raw tables

Finds new dump files, loads each in one transaction and extracts the records of the new articles.

* **Where from**: the landing folder (`BIENBAN_LANDING`), or `dumps` of the run's configuration: a list of
  files, folders and addresses, for instance `{"dumps": ["/data/export-2025.zip", "s3://dumps/2025/"]}`. Credentials
  of stores are Airflow connections: `bienban_s3`, `bienban_gs`, `bienban_http`.
* **Exactly once**: a file of unchanged identity (size and time) is not opened again; a killed load leaves
  nothing behind and is repeated by the next run.
* **Parts**: a large Parquet, JSON Lines, CSV, zip or WARC file (`BIENBAN_PART_MB`) is read in parts, a task each;
  the task that reads the last one loads the file. `raw.dump_file_parts` shows how far it is.
* **Balance**: `records_read = loaded + duplicates + filtered + rejected` for every file, enforced by the
  database; see `raw.dump_files` and `raw.rejected_records`.
* **Then**: when raw data changed, the asset `raw.articles` starts `build_warehouse`; when nothing did, the
  last task is skipped and nothing is built.

A file that cannot be read fails its own mapped task; the others go on, and the run ends red.
"""

from typing import Any

import stores
from airflow.sdk import Metadata, Param, dag, task
from airflow.sdk.exceptions import AirflowSkipException
from assets import RAW_ARTICLES
from defaults import INGEST_SCHEDULE, ONE_RUN_AT_A_TIME


@dag(
    schedule=INGEST_SCHEDULE,
    doc_md=__doc__,
    tags=["layer:raw"],
    params={
        "dumps": Param(
            [],
            type="array",
            items={"type": "string"},
            title="Dumps",
            description="Files, folders, addresses (https, s3, gs), one per line. Empty: all in the landing folder.",
        )
    },
    **ONE_RUN_AT_A_TIME,
)
def ingest_dumps():
    @task
    def discover(params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        from bienban import jobs  # heavy imports stay out of DAG parsing

        with jobs.with_connections(stores.connections()):
            return jobs.discover((params or {})["dumps"] or None)

    @task(map_index_template="{{ task.op_kwargs['dump_file_ids'] | join(', ') }}", pool="raw_load")
    def load(dump_file_ids: list[str], part: int | None = None) -> dict[str, Any]:
        from bienban import jobs

        with jobs.with_connections(stores.connections()):
            return jobs.load(dump_file_ids, part)

    @task(trigger_rule="all_done")
    def extract() -> dict[str, Any]:
        from bienban import jobs

        return jobs.extract_pending()

    @task(outlets=[RAW_ARTICLES])
    def announce(counts: dict[str, Any]):
        from bienban import jobs

        if not jobs.raw_is_newer():
            raise AirflowSkipException("raw holds nothing that the published version does not")
        yield Metadata(RAW_ARTICLES, extra=counts)

    loaded = load.expand_kwargs(discover())
    extracted = extract()
    loaded >> extracted
    announce(extracted)


ingest_dumps()
