"""Every question of docs/queries.md and the semantic layer, asked by bi of a warehouse really built and published."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from bienban.io.database import connect
from bienban.io.dbt import build_candidate
from bienban.io.mart_indexes import INDEXES, wanted
from bienban.io.mart_shapes import MARTS, read_tables
from bienban.io.postgres import EmbeddedPostgres
from bienban.io.publisher import publish_candidate
from bienban.settings import Settings
from tests.warehouse.conftest import fresh_warehouse
from tests.warehouse.raw_rows import RawRows

_PAGE = Path(__file__).parents[2] / "docs" / "queries.md"
_QUESTION = re.compile(r"^## (\d+)\. .*?^```sql\n(.*?)^```$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
QUESTIONS = {int(number): (sql, words) for number, sql, words in _QUESTION.findall(_PAGE.read_text())}

Node = dict[str, Any]  # of dbt's manifest
_AGGREGATES = {
    "sum": "sum({})",
    "count": "count({})",
    "average": "avg({})",
    "sum_boolean": "sum(case when {} then 1 else 0 end)",
}
_DIMENSION = re.compile(r"\{\{ Dimension\('(\w+?)__(\w+)'\) \}\}")
_POSTS = {"counted": "tin bài", "metric_code": "posts_published"}
_FIRST_HALF = {"period_from": date(2024, 1, 1), "period_to": date(2024, 6, 30)}
_SECOND_HALF = {"period_from": date(2024, 7, 1), "period_to": date(2024, 12, 31)}
_DAM_HA, _TIEN_YEN = "d200", "d199"  # unit_id of the register
_IN_JUNE = {
    "host_unit_id": _DAM_HA,
    "held_on": date(2024, 6, 20),
    "reviewed_from": date(2024, 1, 1),
    "reviewed_to": date(2024, 6, 30),
}
_IN_JANUARY = {
    "host_unit_id": _DAM_HA,
    "held_on": date(2025, 1, 10),
    "session_types": ["briefing"],
    "reviewed_from": date(2024, 7, 1),
    "reviewed_to": date(2024, 12, 31),
}
_IN_DECEMBER = {
    "host_unit_id": _TIEN_YEN,
    "held_on": date(2024, 12, 20),
    "session_types": ["year_end_review"],
    "reviewed_from": date(2024, 1, 1),
    "reviewed_to": date(2024, 12, 31),
    "host_name": "UBND huyện Tiên Yên",
    "host_body": "UBND",
    "host_unit_name": "Tiên Yên",
}


@pytest.fixture(scope="module")
def published(server: EmbeddedPostgres) -> Iterator[Settings]:
    """Đầm Hà's two meetings, the first told by three articles of which one errs, and Tiên Yên's year-end review."""
    with pytest.MonkeyPatch.context() as patch, fresh_warehouse(server, patch) as config:
        with connect("owner", autocommit=True, config=config) as connection:
            _write(RawRows(connection))
        build_candidate(config=config)
        publish_candidate("run", "editor", "auto")
        yield config


def _write(raw: RawRows) -> None:
    posts = {"quote": "900 tin bài", "low": 900, **_POSTS, **_FIRST_HALF}
    chair = {"quote": "Trần Văn An", "name": "Trần Văn An", "role": "chair"}
    first = raw.article(
        "Ông Trần Văn An chủ trì; theo Nghị quyết 35-NQ/TW, đã đăng 900 tin bài. Phấn đấu đăng 500 tin bài.",
        title="Đầm Hà sơ kết",
        url="https://a.example/1",
        published_at="2024-06-21",
    )
    raw.report(
        first,
        _IN_JUNE,
        figures=[posts, {"quote": "500 tin bài", "low": 500, "status": "target", **_POSTS, **_SECOND_HALF}],
        persons=[{**chair, "positions": ["Bí thư Huyện ủy"]}],
        documents=[{"quote": "Nghị quyết 35-NQ/TW", "number": "35-NQ/TW", "issuer": "Bộ Chính trị"}],
    )
    second = raw.article(
        "Nửa năm qua, huyện đăng 900 tin bài.",
        title="Đầm Hà: 900 tin bài",
        url="https://b.example/1",
        published_at="2024-06-22",
    )
    raw.report(second, _IN_JUNE, figures=[posts])
    errs = raw.article("Huyện có 90 tin bài.", url="https://c.example/1", published_at="2024-06-23")
    raw.report(errs, _IN_JUNE, figures=[{**posts, "quote": "90 tin bài", "low": 90}])
    later = raw.article("Ông Trần Văn An: 400 tin bài.", url="https://a.example/2", published_at="2025-01-11")
    raw.report(
        later,
        _IN_JANUARY,
        figures=[{"quote": "400 tin bài", "low": 400, **_POSTS, **_SECOND_HALF}],
        persons=[{**chair, "positions": ["Chủ tịch UBND huyện"]}],
    )
    other = raw.article("Theo Nghị quyết 35-NQ/TW, trồng 7 chậu hoa.", url="https://a.example/3")
    raw.report(
        other,
        _IN_DECEMBER,
        figures=[{"quote": "7 chậu hoa", "low": 7, "counted": "chậu hoa"}],
        documents=[{"quote": "Nghị quyết 35-NQ/TW", "number": "35-NQ/TW", "issuer": "Bộ Chính trị"}],
    )


_H1, _H2 = date(2024, 1, 1), date(2024, 7, 1)
_SINCE = date(2025, 7, 1)
EXPECTED: dict[int, list[tuple[Any, ...]]] = {
    1: [
        ("Quảng Ninh", "huyện Đầm Hà", "as_reported", _H1, 900, 1, "reported"),
        ("Quảng Ninh", "xã Quảng Tân", "today", _H1, 400, 1, "by_communes"),
        ("Quảng Ninh", "xã Đầm Hà", "today", _H1, 500, 1, "by_communes"),
        ("Quảng Ninh", "huyện Đầm Hà", "as_reported", _H2, 400, 1, "reported"),
        ("Quảng Ninh", "xã Quảng Tân", "today", _H2, Decimal("177.777778"), 1, "by_communes"),
        ("Quảng Ninh", "xã Đầm Hà", "today", _H2, Decimal("222.222222"), 1, "by_communes"),
    ],
    2: [("huyện Đầm Hà", "Ban Chỉ đạo 35", 1)],
    3: [("huyện Đầm Hà", "Tin, bài đã đăng", _H2, date(2024, 12, 31), 900, 400, -56)],
    4: [("Quảng Ninh", 6, 1, 3), ("Quảng Ninh", 12, 1, 1)],
    5: [
        (
            "Ban Chỉ đạo 35",
            "Trần Văn An",
            2,
            date(2024, 6, 20),
            date(2025, 1, 10),
            ["Bí thư Huyện ủy", "Chủ tịch UBND huyện"],
        )
    ],
    6: [("Nghị quyết", "35-NQ/TW", "Bộ Chính trị", 2, 2, date(2024, 6, 20), date(2024, 12, 20))],
    7: [
        ("Ban Chỉ đạo 35", date(2024, 6, 20), "figure", "900 tin bài", 2, True, "most_reports", "https://a.example/1"),
        ("Ban Chỉ đạo 35", date(2024, 6, 20), "figure", "90 tin bài", 1, False, None, "https://c.example/1"),
    ],
    8: [("huyện Đầm Hà", "Tin, bài đã đăng", _H2, date(2024, 12, 31), 500, 400, 80)],
    9: [
        ("briefing", 1, 100, 100, 100, 100, 1, 100),
        ("mid_term_review", 1, 100, 100, 100, 100, 3, 100),
        ("year_end_review", 1, 100, 100, 0, 100, 1, 0),
    ],
    11: [
        ("huyện Đầm Hà", 2, _SINCE, "xã Đầm Hà", "Quảng Ninh", True, False),
        ("huyện Đầm Hà", 2, _SINCE, "xã Quảng Tân", "Quảng Ninh", False, False),
        ("huyện Tiên Yên", 1, _SINCE, "xã Tiên Yên", "Quảng Ninh", True, False),
        *(
            ("huyện Tiên Yên", 1, _SINCE, f"xã {name}", "Quảng Ninh", False, False)
            for name in ("Ba Chẽ", "Hải Hòa", "Hải Lạng", "Điền Xá", "Đông Ngũ")
        ),
    ],
    12: [
        ("Tin, bài đã đăng", 900, "count", 2, date(2024, 6, day), "900 tin bài", title, url)
        for day, title, url in (
            (21, "Đầm Hà sơ kết", "https://a.example/1"),
            (22, "Đầm Hà: 900 tin bài", "https://b.example/1"),
        )
    ],
}


def _ask(number: int) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Columns and rows of a question, within the limits of the role."""
    with connect("bi") as connection:
        found = connection.execute(QUESTIONS[number][0])
        return [column.name for column in found.description or ()], found.fetchall()


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("number", EXPECTED)
def test_the_answer_is_the_one_of_the_reports(number: int) -> None:
    assert _ask(number)[1] == EXPECTED[number]


@pytest.mark.usefixtures("published")
def test_freshness_is_that_of_the_version_shown() -> None:
    with connect("auditor") as connection:
        (at,) = connection.execute("select published_at from audit.published_versions").fetchall()[0]
    day = at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    assert isinstance(at, datetime)
    assert _ask(10)[1] == [(1, day, "editor", 5, 3, 5, 3, date(2025, 1, 10), 0)]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("number", QUESTIONS)
def test_columns_are_named_and_explained(number: int) -> None:
    """No unnamed column; whatever the page explains is a column, a value or a table of the question."""
    columns, _ = _ask(number)
    assert "?column?" not in columns
    assert len(columns) == len(set(columns))
    _, words = QUESTIONS[number]
    assert {name for name in re.findall(r"`(\w+)`", words) if name in columns}, "no column is explained"


def test_there_are_twelve() -> None:
    assert sorted(QUESTIONS) == list(range(1, 13))
    assert set(EXPECTED) | {10} == set(QUESTIONS)


@pytest.mark.usefixtures("published")
def test_every_index_stands_and_comes_back_with_a_publication() -> None:
    with connect("publisher", autocommit=True) as connection:
        tables = read_tables(connection, MARTS)
        names = {index.name(table) for table in tables.values() for index in wanted(table)}
        declared = {index.name(tables[name]) for name, indexes in INDEXES.items() for index in indexes}
        assert declared <= names, "an index on a column that its table lacks"
        assert max(map(len, names)) <= 63, "PostgreSQL would cut the name and make it again each time"
        assert names <= _index_names(connection)
        connection.execute("drop index marts.fct_meetings_held_on_idx")
        assert publish_candidate("again", "editor", "auto")["status"] == "unchanged"
        assert names <= _index_names(connection)


def _index_names(connection: psycopg.Connection) -> set[str]:
    return {name for (name,) in connection.execute("select indexname from pg_indexes where schemaname = 'marts'")}


@pytest.fixture(scope="module")
def layer(published: Settings) -> Node:
    """dbt's manifest of the build that was published."""
    manifest = json.loads((published.home / "dbt" / "target" / "manifest.json").read_text())
    assert manifest["semantic_models"] and manifest["metrics"]
    return dict(manifest)


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connect("bi") as connection:
        return connection.execute(statement.encode()).fetchall()


def test_every_expression_is_one_of_the_published_table(layer: Node) -> None:
    for model in layer["semantic_models"].values():
        parts = [part["expr"] or part["name"] for part in model["entities"] + model["dimensions"]]
        measured = [
            _AGGREGATES[measure["agg"]].format(measure["expr"] or measure["name"]) for measure in model["measures"]
        ]
        places = ", ".join(str(place + 1) for place in range(len(parts)))
        found = _rows(f"select {', '.join(parts + measured)} from marts.{_table(model)} group by {places}")
        assert found, model["name"]


def test_primary_entities_are_keys_and_foreign_ones_are_met(layer: Node) -> None:
    models = layer["semantic_models"].values()
    keys = {
        entity["name"]: (_table(model), entity["expr"])
        for model in models
        for entity in model["entities"]
        if entity["type"] == "primary"
    }
    for model in models:
        for entity in model["entities"]:
            table, key = keys[entity["name"]]
            lost = f"select {entity['expr']} from marts.{_table(model)} except select {key} from marts.{table}"
            assert _rows(lost) == [], (model["name"], entity["name"])
            assert _rows(f"select {key} from marts.{table} group by 1 having count(*) > 1") == []


def test_everything_says_what_it_is(layer: Node) -> None:
    for model in layer["semantic_models"].values():
        assert [part["name"] for part in model["dimensions"] + model["measures"] if not part["description"]] == []
    assert [metric["name"] for metric in layer["metrics"].values() if not metric["description"]] == []


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        pytest.param("meetings", 3, id="five articles tell three meetings"),
        pytest.param("reports", 5, id="each article once"),
        pytest.param("contradicted_meetings", 1, id="two values of one thing"),
        pytest.param(
            "half_year_results", 1300, id="900 and 400; the value that was outvoted and the target are not added"
        ),
        pytest.param("half_year_results_today", 1300, id="the same on today's map"),
        pytest.param("year_targets", None, id="no target of a whole year"),
    ],
)
def test_a_metric_has_the_value_of_the_reports(layer: Node, metric: str, value: int | None) -> None:
    found = layer["metrics"][f"metric.bienban.{metric}"]
    name = found["type_params"]["measure"]["name"]
    ((model, measure),) = [
        (model, measure)
        for model in layer["semantic_models"].values()
        for measure in model["measures"]
        if measure["name"] == name
    ]
    column = {part["name"]: part["expr"] or part["name"] for part in model["dimensions"]}
    filters = [each["where_sql_template"] for each in (found["filter"] or {"where_filters": []})["where_filters"]]
    where = " and ".join(["true", *(_DIMENSION.sub(lambda match: column[match[2]], each) for each in filters)])
    asked = _AGGREGATES[measure["agg"]].format(measure["expr"] or name)
    assert _rows(f"select {asked} from marts.{_table(model)} where {where}") == [(value,)]


def test_the_time_spine_has_no_null(layer: Node) -> None:
    (spine,) = [node for node in layer["nodes"].values() if node.get("time_spine")]
    day = spine["time_spine"]["standard_granularity_column"]
    assert _rows(f"select count(*) - count({day}), count(*) - count(distinct {day}) from marts.{spine['name']}") == [
        (0, 0)
    ]


def _table(model: Node) -> str:
    return str(model["node_relation"]["alias"])
