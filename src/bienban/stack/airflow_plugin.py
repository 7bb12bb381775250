"""Airflow's UI shows this home's reports: a link in its menu, the pages under /bienban/reports.

Only where the UI itself asks nobody who they are (a local home): plugin pages are not behind Airflow's login.
"""

import os

from airflow.plugins_manager import AirflowPlugin
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from bienban.settings import settings

_PREFIX = "/bienban/reports"


def _local_pages() -> FastAPI:
    pages = FastAPI(title="bienban reports", docs_url=None, redoc_url=None, openapi_url=None)
    folder = settings().reports
    folder.mkdir(parents=True, exist_ok=True)
    pages.mount("/", StaticFiles(directory=folder, html=True))
    return pages


class BienbanPlugin(AirflowPlugin):
    """Reports in the menu of the web UI."""

    name = "bienban"
    if os.environ.get("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS") == "True":
        fastapi_apps = [{"app": _local_pages(), "url_prefix": _PREFIX, "name": "bienban reports"}]
        external_views = [
            {"name": "Reports", "href": f"{_PREFIX}/index.html", "destination": "nav", "url_route": "bienban-reports"},
        ]
