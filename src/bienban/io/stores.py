"""Credentials as an orchestrator keeps them -> what fsspec calls them, for the stores that dumps come from.

Not here: reading from a store (``remote.py``).
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from bienban.io.remote import object_stores


def with_connections(connections: Mapping[str, Mapping[str, Any]]) -> AbstractContextManager[None]:
    """For the block, read from stores with these credentials.

    ``connections``: protocol (``s3``, ``gs``, ``http``) -> ``login``, ``password`` and ``extra``, a mapping; what is in
    ``extra["storage_options"]`` goes to fsspec as it is. The values are secrets and appear in no message.
    """
    return object_stores({protocol: _options(protocol, **given) for protocol, given in connections.items()})


def _options(protocol: str, login: str | None, password: str | None, extra: Mapping[str, Any]) -> dict[str, Any]:
    own = dict(extra.get("storage_options") or {})
    match protocol:
        case "s3":
            told = {"key": login, "secret": password, "token": extra.get("aws_session_token")}
            client = {"region_name": extra.get("region_name")}
            told |= {"endpoint_url": extra.get("endpoint_url"), "client_kwargs": _set(client) or None}
        case "gs":
            told = {"token": extra.get("token"), "project": extra.get("project")}
        case "http":
            told = {"headers": _basic(login, password)} if login else {}
        case _:
            told = {}
    return _set(told) | own


def _set(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _basic(login: str, password: str | None) -> dict[str, str]:
    import aiohttp

    return {"Authorization": aiohttp.BasicAuth(login, password or "").encode()}
