"""Credentials of object stores: Airflow connections named ``bienban_<protocol>`` become options of the store.

``bienban_s3`` (type aws: login, password, extra ``endpoint_url``, ``region_name``, ``aws_session_token``),
``bienban_gs`` (extra ``token``: the path of a key file), ``bienban_http`` (login, password). Extra ``storage_options``
goes to fsspec as it is. Without a connection the store's own library looks for credentials.
"""

from typing import Any

PROTOCOLS = ("s3", "gs", "http")


def connections() -> dict[str, dict[str, Any]]:
    """Protocol -> the fields of its connection. Read in the task that needs them, never handed over or logged."""
    from airflow.sdk import Connection
    from airflow.sdk.exceptions import AirflowNotFoundException

    found = {}
    for protocol in PROTOCOLS:
        try:
            given = Connection.get(f"bienban_{protocol}")
        except AirflowNotFoundException:
            continue
        found[protocol] = {"login": given.login, "password": given.password, "extra": given.extra_dejson}
    return found
