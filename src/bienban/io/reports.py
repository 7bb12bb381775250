"""The static reports: one site that opens without the net, safe to mail page by page.

Not here: Great Expectations' Data Docs (``data_docs.py``), the documentation of the models (``dbt.py``), and what
each page tells (``overview.py``, ``map_page.py``, ``search_page.py``, ``evidence.py``).
"""

from datetime import datetime
from typing import Any

from psycopg import IsolationLevel

from bienban.identity import VIETNAM
from bienban.io.database import connect
from bienban.io.evidence import can_be_told, write_evidence
from bienban.io.map_page import map_facts
from bienban.io.overview import overview_facts
from bienban.io.search_page import search_facts
from bienban.io.templates import report_environment, write_page
from bienban.settings import settings

_LINKS = (
    ("Meetings and their evidence", "meetings.html"),
    ("Map", "map.html"),
    ("Data Docs", "data_docs/index.html"),
    ("Models (dbt docs)", "dbt/index.html"),
)


def write_reports() -> dict[str, Any]:
    """Write the pages into the reports; returns where the overview is, its version and the counts of evidence pages."""
    folder, newest = settings().reports, settings().evidence_meetings
    environment = report_environment(datetime.now(VIETNAM))
    with connect("auditor") as connection:
        # All pages tell of one version, also when another is published meanwhile.
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        told = overview_facts(connection)
        published = can_be_told(connection)
        write_page(folder / "map.html", environment.get_template("map.html.j2").render(map_facts(connection)))
        evidence = write_evidence(connection, environment, folder / "evidence", newest) if published else {}
        found = search_facts(connection, newest) if published else {"meetings": [], "total": 0}
        write_page(folder / "meetings.html", environment.get_template("meetings.html.j2").render(found))
    told["links"] = [(name, address) for name, address in _LINKS if (folder / address).exists()]
    index = folder / "index.html"
    write_page(index, environment.get_template("index.html.j2").render(told))
    current = told["current"]
    return {"index": str(index), "version": current["version"] if current else None, "evidence": evidence}
