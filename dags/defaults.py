"""What all DAGs share: owner, start, retries, one run at a time."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from alerts import TaskFailed

DEFAULT_ARGS = {
    "owner": "bienban",
    "retries": 2,
    "retry_delay": timedelta(seconds=10),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=5),
    "execution_timeout": timedelta(hours=2),
    "on_failure_callback": [TaskFailed()],
}

ONE_RUN_AT_A_TIME: dict[str, Any] = {
    "start_date": datetime(2026, 1, 1, tzinfo=UTC),
    "catchup": False,
    "max_active_runs": 1,
    "dagrun_timeout": timedelta(hours=12),
    "default_args": DEFAULT_ARGS,
}

# A cron line or preset that makes ingest_dumps look into the landing folder; unset: only when asked.
INGEST_SCHEDULE = os.environ.get("BIENBAN_INGEST_SCHEDULE") or None

# When watch_landing looks, and after how many days without a new article it fails.
WATCH_SCHEDULE = os.environ.get("BIENBAN_WATCH_SCHEDULE") or "@daily"
STALE_DAYS = int(os.environ.get("BIENBAN_STALE_DAYS") or 7)
