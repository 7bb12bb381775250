"""Whatever the history of a warehouse, its marts equal, row for row, those of a full refresh.

One history by default; ``BIENBAN_HISTORIES=20`` lives more and longer ones, ``BIENBAN_HISTORY_SEED`` begins elsewhere.
"""

import dataclasses
import os
import shutil
from pathlib import Path

import pytest

from bienban.io.database import connect
from bienban.io.dbt import DbtError, build_candidate, invoke
from bienban.settings import Settings
from tests.warehouse.histories import History
from tests.warehouse.raw_rows import RawRows
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


_CHAIR = {"name": "Lò Văn Sương", "role": "chair", "positions": ["Chủ tịch UBND huyện"]}


def test_data_tests_look_at_what_changed_until_it_passes(warehouse: Settings) -> None:
    with connect("owner", autocommit=True, config=warehouse) as connection:
        raw = RawRows(connection)
        raw.report(raw.article("Hội nghị sơ kết."), {}, persons=[_CHAIR])
        build_candidate(config=warehouse)
        later = raw.article("Hội nghị tổng kết.", dump="b.jsonl")
        raw.report(later, {"session_types": ["training"]})
        connection.execute("update raw.meetings set span_start = 1 where article_id = %s", (later,))
        for _ in range(2):  # a test that failed is asked again, though its rows stay as they are
            with pytest.raises(DbtError, match=r"every_quote_stands_in_its_article\S*: fail: Got 1 result"):
                build_candidate(config=warehouse)
        connection.execute("update raw.meetings set span_start = 0 where article_id = %s", (later,))
        connection.execute("update raw.articles set changed_at = clock_timestamp() where article_id = %s", (later,))
        build_candidate(config=warehouse)

        for name, defect, note in _DEFECTS:
            connection.execute(defect.encode())
            invoke(warehouse, ["test", "--select", name])  # nothing says that anything changed
            connection.execute(note.encode())
            with pytest.raises(DbtError, match=rf"{name}\S*: fail"):
                invoke(warehouse, ["test", "--select", name])


_DEFECTS = (
    (
        "every_reference_is_met",  # of rows that did not change, but their parent went
        "create table staging.gone as table marts_candidate.dim_persons; delete from marts_candidate.dim_persons",
        "insert into intermediate.changed__dim_persons (person_key) select person_key from staging.gone",
    ),
    (
        "every_grain_holds",  # by a row of another part that did not change
        "insert into intermediate.int_persons__keyed (record_id, person_key, meeting_key)"
        " select record_id, person_key, 'another' from intermediate.int_persons__keyed",
        "insert into intermediate.changed__int_persons__keyed (meeting_key, person_key)"
        " select meeting_key, person_key from intermediate.int_persons__keyed where meeting_key = 'another'",
    ),
    (
        "every_closed_list_holds",
        "update marts_candidate.fct_meetings set part_of_day = 'night'",
        "insert into intermediate.changed__fct_meetings (meeting_key)"
        " select meeting_key from marts_candidate.fct_meetings limit 1",
    ),
)
