"""JSON objects that hold records: exports, pages of interfaces, tables by columns."""

import json
from pathlib import Path

import pytest

from bienban.io.readers import Dump, Record, Rejection
from bienban.io.readers.limits import MAX_RECORD_BYTES

A, B = {"id": 1, "text": "A"}, {"url": "b", "text": "B"}


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        pytest.param({"RECORDS": [A, B]}, {"item:0/0:0": "A", "item:0/0:1": "B"}, id="a table under its name"),
        pytest.param({"total": 2, "data": {"posts": [A, B]}}, {"item:0/1/0:0": "A", "item:0/1/0:1": "B"}, id="a page"),
        pytest.param({"7": A, "8": B}, {"item:0/0": "A", "item:0/1": "B"}, id="rows by their keys"),
        pytest.param({"posts": [A, 5]}, {"item:0/0:0": "A", "item:0/0:1": "not_an_object"}, id="what is no row"),
        pytest.param(
            [{"type": "header"}, {"name": "posts", "data": [A]}],
            {"item:0": "no_text", "item:1/1:0": "A"},
            id="a database, table by table",
        ),
        pytest.param([{"title": "T", "comments": [A]}], {"item:0": "no_text"}, id="what has a title is a record"),
        pytest.param(
            [{"title": "T", "items": [{"title": "U", "text": "A"}, {"title": "V", "text": "B"}]}],
            {"item:0/1:0": "A", "item:0/1:1": "B"},
            id="a feed has a title, and its rows have",
        ),
        pytest.param(
            {"id": [1, 2], "text": ["A", "B"]}, {"item:0/1:0": "A", "item:0/1:1": "B"}, id="a table by its columns"
        ),
        pytest.param(
            {"text": {"0": "A", "1": "B"}, "title": {"0": "T", "1": None}},
            {"item:0/0:0": "A", "item:0/0:1": "B"},
            id="columns with numbered values",
        ),
        pytest.param(
            {"columns": ["id", "text"], "index": [0, 1], "data": [[1, "A"], [2, "B"]]},
            {"item:0/2:0": "A", "item:0/2:1": "B"},
            id="a table by rows under its names",
        ),
        pytest.param([{"id": 1, "text": ["A", "B"]}], {"item:0": "A\nB"}, id="paragraphs are no column"),
        pytest.param([{"host": {"body": "A", "level": "B"}}], {"item:0": "no_text"}, id="a body that is no text"),
        pytest.param([{"text": "A", "comments": [B]}], {"item:0": "A"}, id="what has a text is a record"),
        pytest.param(
            [{"title": {"rendered": "T"}, "content": {"rendered": "<p>A</p><p>B</p>"}}],
            {"item:0": "A\n\nB"},
            id="WordPress",
        ),
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_rows_inside_objects(held: object, expected: dict[str, str], indent: int | None, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(held, indent=indent))
    found = {
        each.locator: each.text if isinstance(each, Record) else each.reason
        for each in Dump(tmp_path / "a.json").read()
    }
    assert found == expected


@pytest.mark.parametrize("rows", [3, 4000])
def test_a_table_by_its_columns_of_any_length(rows: int, tmp_path: Path) -> None:
    held = {"id": [*range(rows)], "text": [f"Hội nghị tổng kết số {number}" for number in range(rows)]}
    (tmp_path / "a.json").write_text(json.dumps(held, ensure_ascii=False))
    assert [each.text for each in Dump(tmp_path / "a.json").read()] == held["text"]


@pytest.mark.parametrize("first", [{"total": 1}, {"tags": [{"id": 1}]}, {"head": {"posts": []}}])
@pytest.mark.parametrize("indent", [None, 1])
def test_rows_inside_an_object_of_any_size(first: dict[str, object], indent: int | None, tmp_path: Path) -> None:
    rows = [{"id": number, "text": f"{number} hội nghị" * 5000} for number in range(400)]
    held = {**first, "data": {"posts": rows}, "last": [1]}
    (tmp_path / "a.json").write_text(json.dumps(held, indent=indent))
    assert (tmp_path / "a.json").stat().st_size > MAX_RECORD_BYTES
    found = [each for each in Dump(tmp_path / "a.json").read() if isinstance(each, Record)]
    assert [(record.locator, record.text) for record in found] == [
        (f"item:0/{len(first)}/0:{row['id']}", row["text"]) for row in rows
    ]


def test_a_cut_export_gives_what_stands_before(tmp_path: Path) -> None:
    text = json.dumps({"posts": [{"id": 1, "text": "a" * 1_000_000}] * 20})
    (tmp_path / "a.json").write_text(text[:-2_500_000])
    *found, last = Dump(tmp_path / "a.json").read()
    assert (len(found), isinstance(last, Rejection) and last.reason) == (17, "truncated")


@pytest.mark.parametrize("deep", [100, 450, 20_000])
@pytest.mark.parametrize("before", ["", "[", '{"id": 1, "text": "A"}\n'])
def test_objects_in_one_another_without_end_are_rejected(deep: int, before: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(before + '{"a":' * deep + "1" + "}" * deep)
    assert all(isinstance(each, Rejection) or each.text == "A" for each in Dump(tmp_path / "a.json").read())


def test_objects_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("\n".join(json.dumps(each, indent=1) for each in (A, B)))
    assert [(found.locator, found.text) for found in Dump(tmp_path / "a.json").read()] == [
        ("item:0", "A"),
        ("item:1", "B"),
    ]
