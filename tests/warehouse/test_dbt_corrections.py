"""What people decide survives every reload, shows in the marts, and is told when it no longer holds."""

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bienban.io.database import connect
from bienban.io.dbt import build_candidate
from bienban.io.publisher import publish_candidate
from bienban.settings import Settings
from tests.warehouse.raw_rows import RawRows

_CHAIR = {"role": "chair", "positions": ["Chủ tịch UBND huyện"]}


@pytest.fixture
def raw(warehouse: Settings) -> Iterator[RawRows]:
    with connect("owner", autocommit=True, config=warehouse) as connection:
        yield RawRows(connection)


@pytest.fixture
def project(warehouse: Settings, tmp_path: Path) -> Settings:
    """The settings with a copy of the dbt project whose seeds a test may fill."""
    shutil.copytree(warehouse.project / "dbt_project", tmp_path / "dbt_project")
    return dataclasses.replace(warehouse, project=tmp_path)


def decide(project: Settings, seed: str, *values: str) -> None:
    """Add a row to a seed of decisions; who and why are the same for all."""
    with open(project.project / "dbt_project" / "seeds" / "corrections" / f"{seed}.csv", "a") as handle:
        handle.write(",".join([*values, "thống kê viên", "đối chiếu báo cáo gốc"]) + "\n")


def select(config: Settings, query: str) -> list[tuple[object, ...]]:
    with connect("owner", config=config) as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


def test_decisions_survive_a_reload_and_are_told(raw: RawRows, project: Settings) -> None:
    article = raw.article("Đăng 15 tin bài và 8 bài viết.", published_at="2024-06-21")
    figures = [
        {"quote": "15 tin bài", "low": 15},
        {"quote": "8 bài viết", "low": 8, "counted": "bài viết hay"},
    ]
    persons = [{**_CHAIR, "quote": "Đăng", "name": "Lò Văn Hòa"}, {**_CHAIR, "quote": "Đăng 15", "name": "Lo Van Hoa"}]
    raw.report(article, {"host_body": "Ban ba lăm"}, figures=figures, persons=persons)
    build_candidate(config=project)
    ((fact, body),) = select(
        project, "select metric_value_key, body_key from marts_candidate.fct_metrics where counted = 'tin bài'"
    )
    decide(project, "fact_corrections", str(fact), "value_low", "15", "1500")
    decide(project, "fact_corrections", str(fact), "value_high", "15", "1500")
    decide(project, "fact_corrections", "gone", "value_low", "1", "2")
    decide(project, "metric_aliases", "Bài viết  hay", "count", "posts_published")
    decide(project, "person_aliases", str(body), "Lo Van Hoa", "Lò Văn Hòa")

    assert "every_correction_applies" in build_candidate(config=project)["warnings"]
    publish_candidate("run", approved_by="auto", approval="auto")

    assert select(
        project,
        "select counted, metric_code, value_low, value_high, is_corrected, quote"
        " from marts.fct_metrics join marts.dim_metrics using (metric_key) order by 1",
    ) == [
        ("bài viết hay", "posts_published", 8, 8, False, "8 bài viết"),
        ("tin bài", None, 1500, 1500, True, "15 tin bài"),
    ]
    assert select(project, "select display_name from marts.dim_persons where body_key <> 'unknown'") == [
        ("Lò Văn Hòa",)
    ]
    applied = "select table_name, column_name, old_value, new_value, decided_by from audit.corrections order by 1, 2"
    assert select(project, applied) == [
        ("dim_metrics", "metric_code", "Bài viết  hay", "posts_published", "thống kê viên"),
        ("dim_persons", "display_name", "Lo Van Hoa", "Lò Văn Hòa", "thống kê viên"),
        ("fct_metrics", "value_high", "15", "1500", "thống kê viên"),
        ("fct_metrics", "value_low", "15", "1500", "thống kê viên"),
    ]

    # Another name of the body makes another body: what was decided for the old one is told to have no effect.
    decide(project, "body_aliases", "*", "Ban ba lăm", "Ban Chỉ đạo 35")
    build_candidate(config=project)
    states = "select table_name, column_name, state from marts_candidate.dim_corrections order by 1, 2, 3"
    assert select(project, states) == [
        ("dim_bodies", "body_name", "applied"),
        ("dim_metrics", "metric_code", "applied"),
        ("dim_persons", "display_name", "matches_nothing"),
        ("fct_metrics", "value_high", "matches_nothing"),
        ("fct_metrics", "value_low", "matches_nothing"),
        ("fct_metrics", "value_low", "matches_nothing"),
    ]
    assert select(project, "select body_name from marts_candidate.dim_bodies where body_key <> 'unknown'") == [
        ("Ban Chỉ đạo 35",)
    ]
