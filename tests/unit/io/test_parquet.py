"""Parquet: the wanted columns, row by row, and what becomes of a broken file."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bienban.io.readers import Dump, Reason, Record, Rejection, SourceError
from bienban.io.readers.columns import parse_columns


def _dump(path: Path, rows: list[dict[str, object]], **options: object) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path, **options)
    return path


def test_rows_are_records_with_their_place(tmp_path: Path) -> None:
    rows = [{"id": f"r{n}", "content": f"Hội nghị {n}", "other": n} for n in range(1200)]
    reading = Dump(_dump(tmp_path / "a.txt", rows, row_group_size=700))
    records = list(reading.read())
    assert [record.text for record in records] == [row["content"] for row in rows]
    assert [records[at].locator for at in (0, 699, 700)] == ["group:0#row:0", "group:0#row:699", "group:1#row:0"]
    assert (reading.format, reading.compression) == ("parquet", None)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        pytest.param("publish", {"$date": "2021-01-14T03:00:00Z"}, "2021-01-14T03:00:00+00:00", id="inside an object"),
        pytest.param("published_at", datetime(2021, 1, 14, 3, tzinfo=UTC), "2021-01-14T03:00:00+00:00", id="a moment"),
        pytest.param("published_on", date(2021, 1, 14), "2021-01-14T00:00:00+07:00", id="a day"),
        pytest.param("timestamp", datetime(2021, 1, 14, tzinfo=UTC), None, id="a crawl date is no publication"),
    ],
)
def test_publication(tmp_path: Path, field: str, value: object, expected: str | None) -> None:
    [record] = Dump(_dump(tmp_path / "a.parquet", [{"text": "Hội nghị", field: value}])).read()
    assert (record.published_at.isoformat() if record.published_at else None) == expected


def test_rows_without_a_text_are_rejected(tmp_path: Path) -> None:
    found = list(Dump(_dump(tmp_path / "a.parquet", [{"text": None}, {"text": " "}, {"text": "Hội nghị"}])).read())
    assert [each.reason for each in found[:2]] == [Reason.NO_TEXT, Reason.EMPTY_TEXT]
    assert isinstance(found[2], Record)


def test_a_file_without_a_text_column_lists_its_columns(tmp_path: Path) -> None:
    dump = _dump(tmp_path / "a.parquet", [{"bai": "Hội nghị", "n": 1}])
    with pytest.raises(SourceError, match="no text among the columns bai, n"):
        list(Dump(dump).read())
    [record] = Dump(dump, columns=parse_columns("text=bai")).read()
    assert record.text == "Hội nghị"


def test_a_truncated_file_has_no_footer(tmp_path: Path) -> None:
    dump = _dump(tmp_path / "a.parquet", [{"text": "Hội nghị"}])
    dump.write_bytes(dump.read_bytes()[:-20])
    with pytest.raises(SourceError, match="truncated or damaged Parquet"):
        list(Dump(dump).read())


def test_a_damaged_row_group_does_not_stop_the_next(tmp_path: Path) -> None:
    dump = _dump(tmp_path / "a.parquet", [{"text": "Hội nghị " * n} for n in range(1, 400)], row_group_size=200)
    data = bytearray(dump.read_bytes())
    first = pq.ParquetFile(dump).metadata.row_group(0).column(0)
    start = first.dictionary_page_offset or first.data_page_offset
    data[start : start + 40] = b"\xff" * 40
    dump.write_bytes(data)
    found = list(Dump(dump).read())
    assert isinstance(found[0], Rejection)
    assert found[0].reason is Reason.TRUNCATED
    assert sum(isinstance(each, Record) for each in found) == 199


def test_a_record_over_16_mib_is_too_large(tmp_path: Path) -> None:
    [found] = Dump(_dump(tmp_path / "a.parquet", [{"text": "hội nghị " * 2_000_000}])).read()
    assert found.reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(pa.scalar(2**62, pa.timestamp("us")), id="a moment in the year 148,000"),
        pytest.param(pa.scalar(-(2**61), pa.timestamp("ms")), id="a moment before all years"),
        pytest.param(pa.scalar(10**7, pa.int32()).cast(pa.date32()), id="a day in the year 29,000"),
        pytest.param(pa.scalar(0, pa.timestamp("us", "Mars/Olympus")), id="a zone that nobody knows"),
    ],
)
def test_a_moment_that_python_cannot_tell_costs_itself(tmp_path: Path, value: pa.Scalar) -> None:
    texts = [f"Hội nghị {n}" for n in range(3)]
    days = pa.array([value, value, None], value.type)
    pq.write_table(pa.table({"text": texts, "published_at": days, "url": ["https://a.example"] * 3}), tmp_path / "a")
    found = list(Dump(tmp_path / "a").read())
    assert [each.text for each in found] == texts
    assert {(each.published_at, each.published_at_source, each.url) for each in found} == {
        (None, None, "https://a.example")
    }


@pytest.mark.parametrize("kind", ["string_view", "binary", "large_binary", "binary_view"])
def test_words_of_any_type(tmp_path: Path, kind: str) -> None:
    texts = [f"Hội nghị {n}" for n in range(3)]
    column = pa.array([text.encode() for text in texts], pa.binary()).cast(getattr(pa, kind)())
    pq.write_table(pa.table({"title": column, "text": column, "url": ["https://a.example"] * 3}), tmp_path / "a")
    found = list(Dump(tmp_path / "a").read())
    assert [(each.title, each.text, each.url) for each in found] == [(t, t, "https://a.example") for t in texts]


def test_a_text_in_paragraphs(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [["Hội nghị", None, "tổng kết"], ["Một đoạn"], []]}), tmp_path / "a")
    found = list(Dump(tmp_path / "a").read())
    assert [each.text for each in found[:2]] == ["Hội nghị\ntổng kết", "Một đoạn"]
    assert found[2].reason is Reason.EMPTY_TEXT


def test_of_two_columns_of_one_name_the_first_one_counts(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_arrays([pa.array(["Một"]), pa.array(["Hai"])], ["text", "text"]), tmp_path / "a")
    [record] = Dump(tmp_path / "a").read()
    assert record.text == "Một"
