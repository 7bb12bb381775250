"""The few calls to Airflow's REST API that a run needs."""

import time
from collections.abc import Callable
from typing import Any

import httpx

from bienban.settings import SettingsError

_READY_TIMEOUT = 120  # seconds; a cold start on two cores takes about 20
_DONE = ("success", "failed")


class AirflowClient:
    """Talks to the API server of one home, as the local admin."""

    def __init__(self, address: str, is_alive: Callable[[], bool]) -> None:
        self._is_alive = is_alive
        self._client = httpx.Client(base_url=address, timeout=30, trust_env=False)  # loopback: never through a proxy

    def wait_until_ready(self) -> None:
        """Wait for the API server and log in. Raises SettingsError when it dies or never answers."""
        deadline = time.monotonic() + _READY_TIMEOUT
        while time.monotonic() < deadline:
            if not self._is_alive():
                raise SettingsError("Airflow's API server stopped while starting")
            try:
                answer = self._client.get("/auth/token")
            except httpx.TransportError:
                time.sleep(0.3)
                continue
            if answer.is_success:
                self._client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
                return
            time.sleep(0.3)
        raise SettingsError(f"Airflow's API server did not answer within {_READY_TIMEOUT} s")

    def wait_for_dags(self, dag_ids: tuple[str, ...]) -> None:
        """Wait until the DAGs are known, and switch them on. Raises SettingsError with their import errors."""
        deadline = time.monotonic() + _READY_TIMEOUT
        for dag_id in dag_ids:
            while not self._client.patch(f"/api/v2/dags/{dag_id}", json={"is_paused": False}).is_success:
                errors = self._get("/api/v2/importErrors")["import_errors"]
                if errors or time.monotonic() > deadline:
                    told = "\n".join(error["stack_trace"] for error in errors) or "no import error is known"
                    raise SettingsError(f"Airflow does not know the DAG {dag_id}: {told}")
                time.sleep(0.5)

    def trigger(self, dag_id: str, conf: dict[str, Any]) -> str:
        """Start a run; returns its run id."""
        body = {"logical_date": None, "conf": conf}
        answer = self._client.post(f"/api/v2/dags/{dag_id}/dagRuns", json=body)
        answer.raise_for_status()
        return str(answer.json()["dag_run_id"])

    def wait_for_run(self, dag_id: str, run_id: str, on_tasks: Callable[[list[dict[str, Any]]], None]) -> str:
        """Wait for the end of a run, showing its task instances on the way; "success" or "failed"."""
        while True:
            state = self._get(f"/api/v2/dags/{dag_id}/dagRuns/{run_id}")["state"]
            on_tasks(self.task_instances(dag_id, run_id))
            if state in _DONE:
                return str(state)
            if not self._is_alive():
                raise SettingsError("Airflow stopped during the run")
            time.sleep(0.4)

    def task_instances(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        """The task instances of a run."""
        found = self._get(f"/api/v2/dags/{dag_id}/dagRuns/{run_id}/taskInstances", limit=1000)
        return list(found["task_instances"])

    def runs_caused_by(self, dag_id: str, run_id: str) -> list[tuple[str, str]]:
        """(DAG, run) of the runs that the assets of this run started; waits for a queued start."""
        deadline = time.monotonic() + 30
        while True:
            events = self._get("/api/v2/assets/events", source_dag_id=dag_id, source_run_id=run_id)["asset_events"]
            caused = [(run["dag_id"], run["run_id"]) for event in events for run in event["created_dagruns"]]
            if caused or not events or time.monotonic() > deadline:
                return caused
            time.sleep(0.3)

    def failure(self, dag_id: str, run_id: str, task: dict[str, Any]) -> str:
        """Why the newest try of a task failed, in the words of its exception, else the end of its log."""
        path = f"/api/v2/dags/{dag_id}/dagRuns/{run_id}/taskInstances/{task['task_id']}/logs/{task['try_number']}"
        answer = self._client.get(path, params={"map_index": task["map_index"], "full_content": "true"})
        if not answer.is_success:
            return f"(its log is not available: {answer.status_code})"
        entries = [entry for entry in answer.json().get("content", []) if isinstance(entry, dict)]
        causes = [cause for entry in entries for cause in entry.get("error_detail") or []]
        if causes:
            return f"{causes[-1]['exc_type']}: {causes[-1]['exc_value']}"
        return "\n".join(str(entry.get("event", "")) for entry in entries[-8:])

    def _get(self, path: str, **params: Any) -> dict[str, Any]:
        answer = self._client.get(path, params=params)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found
