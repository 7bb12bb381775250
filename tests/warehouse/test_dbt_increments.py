"""Whatever the history of a warehouse, its marts equal, row for row, those of a full refresh.

One history by default; ``BIENBAN_HISTORIES=20`` lives more and longer ones, ``BIENBAN_HISTORY_SEED`` begins elsewhere.
"""

import dataclasses
import os
import shutil
from pathlib import Path

import pytest

from bienban.io.dbt import build_candidate
from bienban.settings import Settings
from tests.warehouse.histories import History
from tests.warehouse.rewritten_reports import make_reports
from tests.warehouse.test_dbt_build import marts

HISTORIES = int(os.environ.get("BIENBAN_HISTORIES", "1"))
FIRST = int(os.environ.get("BIENBAN_HISTORY_SEED", "1"))


@pytest.mark.parametrize("seed", range(FIRST, FIRST + HISTORIES))
def test_any_history_equals_a_full_refresh(warehouse: Settings, tmp_path: Path, seed: int) -> None:
    shutil.copytree(warehouse.project / "dbt_project", tmp_path / "dbt_project")
    config = dataclasses.replace(warehouse, project=tmp_path)
    history = History(config, make_reports(40, seed), seed)

    history.live(rounds=3 if HISTORIES == 1 else 2 + seed % 5)
    lived = marts(config)
    build_candidate(full_refresh=True, config=config)
    fresh = marts(config)

    assert fresh["fct_meetings"], history.told
    assert {table for table, rows in fresh.items() if rows != lived[table]} == set(), history.told
