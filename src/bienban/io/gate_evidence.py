"""What the gate measures and reconciles before it judges: the rows of ``audit.measures`` and ``audit.reconciliations``.

Not here: what is measured and what history allows (the project's ``expectations/measures.py``), the steps of
the reconciliation (``expectations/reconciliation.py``), the verdict (their suites).
"""

import importlib
import importlib.resources
import json
from typing import Any

import psycopg
from psycopg import IsolationLevel
from psycopg.types.json import Jsonb

from bienban.io import audit_chain
from bienban.io.database import connect


def released_scores() -> dict[str, Any]:
    """The extractor's scores as measured when it was released: ``extractor_version``, ``gold``, ``scores``."""
    file = importlib.resources.files("bienban.io") / "released_scores.json"
    loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return loaded


def take(run_id: str, attempt: int) -> str | None:
    """Measure and reconcile the candidate in one snapshot, write it down, seal it. What hindered it, else None."""
    measures = importlib.import_module("expectations.measures")
    reconciliation = importlib.import_module("expectations.reconciliation")
    try:
        with connect("validator") as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            measured = measures.take(connection, run_id, released_scores())
            steps = list(reconciliation.reconcile(connection))
    except psycopg.errors.ProgrammingError as error:  # a table or a column is missing
        return str(error).strip().splitlines()[0]
    with connect("validator") as connection, connection.cursor() as cursor:
        cursor.executemany(
            "insert into audit.measures (run_id, attempt, measure, value, floor, ceiling, learned_from)"
            " values (%s, %s, %s, %s, %s, %s, %s)",
            [(run_id, attempt, m.measure, m.value, m.floor, m.ceiling, list(m.learned_from)) for m in measured],
        )
        cursor.executemany(
            "insert into audit.reconciliations (run_id, attempt, step, came, went, left_out)"
            " values (%s, %s, %s, %s, %s, %s)",
            [(run_id, attempt, step.step, step.came, step.went, Jsonb(step.left_out)) for step in steps],
        )
        audit_chain.append(connection, "measures", f"{run_id}#{attempt}")
        audit_chain.append(connection, "reconciliation", f"{run_id}#{attempt}")
    return None
