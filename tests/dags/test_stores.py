"""Connections of object stores, as tasks read them."""

import json
from pathlib import Path

import pytest


@pytest.mark.usefixtures("airflow_home")
def test_connections_become_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2] / "dags"))
    import stores

    kept = {"conn_type": "aws", "login": "reader", "password": "word", "extra": {"endpoint_url": "http://127.0.0.1:9"}}
    monkeypatch.setenv("AIRFLOW_CONN_BIENBAN_S3", json.dumps(kept))
    found = stores.connections()
    assert found == {
        "s3": {"login": "reader", "password": "word", "extra": {"endpoint_url": "http://127.0.0.1:9"}},
    }
