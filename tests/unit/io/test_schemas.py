"""The schemas of the dumps that the world has: which field is what. A crawl date is never a publication."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bienban.io.part_plans import Place, chunks_of
from bienban.io.readers import Dump, Record, SourceError
from bienban.io.readers.batches import read_chunks
from bienban.io.readers.columns import parse_columns

TEXT = "Sáng 14/1, Ban Chỉ đạo 35 tỉnh tổ chức hội nghị tổng kết."
URL = "https://baotinh.example/1.html"
DAY = "2021-01-14T03:00:00+00:00"

SCHEMAS: list[Any] = [
    pytest.param(
        {
            "text": TEXT,
            "id": "<urn:uuid:1>",
            "dump": "CC-MAIN-2021-04",
            "url": URL,
            "date": "2021-01-20T00:00:00Z",
            "file_path": "s3://commoncrawl/x.warc.gz",
            "language": "vie",
            "language_script": "Latn",
            "minhash_cluster_size": 3,
        },
        (URL, None, None),
        id="FineWeb-2",
    ),
    pytest.param(
        {"text": TEXT, "timestamp": "2021-01-20T00:00:00Z", "url": URL, "source": "mC4"},
        (URL, None, None),
        id="CulturaX",
    ),
    pytest.param({"text": TEXT, "timestamp": "2019-04-25T12:57:54Z", "url": URL}, (URL, None, None), id="C4"),
    pytest.param(
        {
            "content": TEXT,
            "warc_headers": {
                "warc-record-id": "<urn:uuid:1>",
                "warc-target-uri": URL,
                "warc-date": "2021-01-20T00:00:00Z",
            },
            "metadata": {"identification": {"label": "vi", "prob": 0.99}, "annotation": None},
        },
        (URL, None, None),
        id="OSCAR",
    ),
    pytest.param(
        {"title": "Họp", "text": TEXT, "publish": {"$date": "2021-01-14T03:00:00Z"}, "link": URL, "source": "baotinh"},
        (URL, DAY, "publish.$date"),
        id="BKAINewsCorpus",
    ),
    pytest.param(
        {
            "_id": {"$oid": "5f" * 12},
            "content": TEXT,
            "publish": {"$date": {"$numberLong": "1610593200000"}},
            "url": URL,
        },
        (URL, DAY, "publish.$date"),
        id="extended JSON",
    ),
    pytest.param(
        {
            "title": "Họp",
            "maintext": TEXT,
            "url": URL,
            "date_publish": "2021-01-14 10:00:00",
            "date_download": "2021-01-20 00:00:00",
            "date_modify": None,
        },
        (URL, DAY, "date_publish"),
        id="CC-News as JSON",
    ),
    pytest.param(
        {
            "id": 0,
            "text": TEXT,
            "meta": {"headers": {"warc-target-uri": URL, "warc-date": "2021-01-20T00:00:00Z"}, "nb_sentences": 2},
        },
        (URL, None, None),
        id="OSCAR of 2021",
    ),
    pytest.param(
        {"f": "x.warc", "u": URL, "c": "text/html", "ts": "2021-01-20T00:00:00Z", "text": TEXT, "id": "ab"},
        (URL, None, None),
        id="HPLT",
    ),
    pytest.param(
        {
            "id": 5,
            "date": "2021-01-14T10:00:00",
            "date_gmt": "2021-01-14T03:00:00",
            "guid": {"rendered": "https://baotinh.example/?p=5"},
            "modified_gmt": "2021-02-01T00:00:00",
            "link": URL,
            "title": {"rendered": "Họp &#8211; tổng kết"},
            "content": {"rendered": TEXT, "protected": False},
        },
        (URL, DAY, "date_gmt"),
        id="WordPress by its interface",
    ),
    pytest.param(
        {
            "ID": 5,
            "post_date": "2021-01-14 10:00:00",
            "post_date_gmt": "2021-01-14 03:00:00",
            "post_content": TEXT,
            "post_title": "Họp",
            "post_modified": "2021-02-01 00:00:00",
            "guid": URL,
        },
        (URL, DAY, "post_date_gmt"),
        id="WordPress by its database",
    ),
    pytest.param(
        {"id": 1, "title": "Họp", "hometext": "", "bodyhtml": TEXT, "publtime": 1610593200, "addtime": 1, "link": URL},
        (URL, DAY, "publtime"),
        id="NukeViet",
    ),
    pytest.param(
        {"source": "X", "title": "Họp", "url": URL, "publishedAt": "2021-01-14T03:00:00Z", "content": TEXT},
        (URL, DAY, "published_at"),
        id="names without dividers",
    ),
    pytest.param(
        {"MaTin": 1, "TieuDe": "Họp", "NoiDung": TEXT, "NgayDang": "14/01/2021 10:00:00", "LienKet": URL},
        (URL, DAY, "ngay_dang"),
        id="a Vietnamese system without dividers",
    ),
    pytest.param(
        {
            "news_id": 1,
            "news_title": "Họp",
            "news_content": TEXT,
            "news_url": URL,
            "news_published_date": "14-01-2021 10:00",
        },
        (URL, DAY, "published_date"),
        id="the table's name before those of its columns",
    ),
    pytest.param(
        {"tieu_de": "Họp", "noi_dung": TEXT, "ngay_dang": "14/01/2021 10:00", "tac_gia": "A", "duong_dan": URL},
        (URL, DAY, "ngay_dang"),
        id="a content management system, without marks",
    ),
    pytest.param(
        {"Tiêu đề": "Họp", "Nội dung": TEXT, "Ngày đăng": "14/01/2021 10:00", "Tác giả": "A", "Đường dẫn": URL},
        (URL, DAY, "ngay_dang"),
        id="a content management system, with marks",
    ),
]


@pytest.mark.parametrize(("row", "expected"), SCHEMAS)
def test_schema_as_json_lines(tmp_path: Path, row: dict[str, Any], expected: tuple[str | None, ...]) -> None:
    (tmp_path / "dump").write_text(json.dumps(row) + "\n")
    _check(tmp_path / "dump", expected)


@pytest.mark.parametrize(("row", "expected"), SCHEMAS)
def test_schema_as_parquet(tmp_path: Path, row: dict[str, Any], expected: tuple[str | None, ...]) -> None:
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "dump")
    _check(tmp_path / "dump", expected)


@pytest.mark.parametrize(("row", "expected"), SCHEMAS)
def test_schema_as_table(tmp_path: Path, row: dict[str, Any], expected: tuple[str | None, ...]) -> None:
    file = io.StringIO()
    csv.writer(file).writerows(zip(*_flat(row), strict=True))
    (tmp_path / "dump").write_text(file.getvalue())
    _check(tmp_path / "dump", expected)


def _check(path: Path, expected: tuple[str | None, ...]) -> None:
    [record] = Dump(path).read()
    assert isinstance(record, Record), record
    moment = record.published_at.astimezone(UTC).isoformat() if record.published_at else None
    assert (record.text, record.url, moment, record.published_at_source) == (TEXT, *expected)
    assert record.crawled_at is None or record.published_at is None or record.crawled_at > record.published_at
    assert "&" not in (record.title or "")
    assert (record.published_at is None) == (expected[1] is None)


def _flat(row: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """Inner fields under dotted names, as tables have them."""
    flat: list[tuple[str, Any]] = []
    for key, value in row.items():
        flat += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return flat


def test_bodies_in_html_and_a_lead_that_is_kept_apart(tmp_path: Path) -> None:
    document = {
        "_id": bson.ObjectId("5f" * 12),
        "title": "Họp",
        "sapo": "(BT) - Ngày 14/1, tỉnh họp tổng kết.",
        "body": f'<div class="x"><p>{TEXT}</p><p>Dự có 35 đại biểu &amp; khách mời.<br/>Hết.</p></div>',
        "publish": datetime(2021, 1, 14, 3, tzinfo=UTC),
        "url": URL,
    }
    (tmp_path / "news").write_bytes(bson.encode(document))
    [record] = Dump(tmp_path / "news").read()
    assert isinstance(record, Record)
    assert [line for line in record.text.split("\n") if line] == [
        "(BT) - Ngày 14/1, tỉnh họp tổng kết.",
        TEXT,
        "Dự có 35 đại biểu & khách mời.",
        "Hết.",
    ]
    assert (record.id, record.published_at_source) == ("5f" * 12, "publish")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("<p>Dòng một</p>", "it is called a text", id="tags in a plain text are words of it"),
    ],
)
def test_a_plain_text_is_handed_over_as_it_is(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "a").write_text(json.dumps({"text": text}) + "\n")
    [record] = Dump(tmp_path / "a").read()
    assert isinstance(record, Record)
    assert record.text == text, why


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.parquet"])
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(TEXT.encode("ascii", "xmlcharrefreplace").decode(), TEXT, id="letters as numbers"),
        pytest.param("Hội nghị c&ocirc;ng t&aacute;c v&agrave;", "Hội nghị công tác và", id="letters by their names"),
        pytest.param("Hội nghị Đ&T &amp; cả &lt;1&gt;", "Hội nghị Đ&T &amp; cả &lt;1&gt;", id="no letters"),
    ],
)
def test_letters_as_entities(tmp_path: Path, name: str, written: str, expected: str) -> None:
    path = tmp_path / name
    if name == "a.parquet":
        pq.write_table(pa.table({"text": [written]}), path)
    else:
        path.write_text(written if name == "a.txt" else json.dumps({"text": written}) + "\n")
    [record] = Dump(path).read()
    assert isinstance(record, Record)
    assert record.text == expected
    [[kept]] = list(read_chunks(Dump(path)))
    assert kept == record


def test_segmented_columns_are_joined(tmp_path: Path) -> None:
    row = {"title": "Hội_nghị tổng_kết", "content": "Ban_Chỉ_đạo tổ_chức hội_nghị tổng_kết công_tác năm 2020 ."}
    (tmp_path / "a").write_text(json.dumps(row) + "\n")
    [record] = Dump(tmp_path / "a").read()
    assert isinstance(record, Record)
    assert (record.title, record.text) == (
        "Hội nghị tổng kết",
        "Ban Chỉ đạo tổ chức hội nghị tổng kết công tác năm 2020.",
    )


def test_a_text_in_paragraphs_and_one_that_is_a_whole_page(tmp_path: Path) -> None:
    page = (
        f'<!DOCTYPE html><html><head><title>Họp</title><meta property="article:published_time" content="{DAY}"></head>'
        f"<body><ul><li><a href='/'>Trang chủ</a></li></ul><article><h1>Họp</h1><p>{TEXT}</p></article></body></html>"
    )
    rows = [{"url": URL, "paragraphs": [TEXT, "Hết."]}, {"url": URL, "html": page}, {"url": "?", "text": page}]
    (tmp_path / "a").write_text("".join(json.dumps(row) + "\n" for row in rows))
    in_pieces, whole, plain = Dump(tmp_path / "a").read()
    assert all(isinstance(each, Record) for each in (in_pieces, whole, plain))
    assert (in_pieces.text, plain.text) == (f"{TEXT}\nHết.", page)
    assert (whole.text, whole.title, whole.url) == (TEXT, "Họp", URL)
    assert (whole.published_at, whole.published_at_source) == (
        datetime.fromisoformat(DAY),
        "meta article:published_time",
    )


def test_a_table_s_name_before_others_is_no_field_of_ours(tmp_path: Path) -> None:
    row = {"page_title": "Trang", "title": "Họp", "text": TEXT, "post_date": "2021-01-14", "source": "mC4"}
    (tmp_path / "a").write_text(json.dumps(row) + "\n")
    [record] = Dump(tmp_path / "a").read()
    assert isinstance(record, Record)
    assert (record.title, record.url, record.crawled_at) == ("Họp", None, None)


def test_the_file_beside_a_dump_names_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"bai": TEXT, "ten": "Họp", "text": "?"}) + "\n")
    (tmp_path / "a.jsonl.meta.json").write_text('{"map": {"text": "bai", "title": "ten"}}')
    [record] = Dump(path).read()
    assert isinstance(record, Record)
    assert (record.text, record.title) == (TEXT, "Họp")
    [[part]] = chunks_of(path, Place("bytes", 0, path.stat().st_size))
    assert part == record
    [given] = Dump(path, columns=parse_columns("title=ten")).read()
    assert isinstance(given, Record)
    assert given.text == "?"


@pytest.mark.parametrize("wrong", ['{"bai": "text"}', '"text=bai"', '{"text": 5}'])
def test_a_map_that_names_no_field_fails(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT}) + "\n")
    (tmp_path / "a.jsonl.meta.json").write_text(f'{{"map": {wrong}}}')
    with pytest.raises(SourceError, match=r"a\.jsonl\.meta\.json: map: .* is no FIELD=NAME with a field of id, text"):
        list(Dump(tmp_path / "a.jsonl").read())


@pytest.mark.parametrize("suffix", ["csv", "arrow"])
def test_without_a_text_column_the_columns_are_listed(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    if suffix == "csv":
        path.write_text(f"ma,bai\n1,{TEXT.replace(',', '')}\n")
    else:
        data = pa.table({"ma": [1], "bai": [TEXT]})
        with pa.ipc.new_file(path, data.schema) as writer:
            writer.write_table(data)
    with pytest.raises(SourceError, match="no text among the columns ma, bai: name it with --map"):
        list(Dump(path).read())
    [record] = Dump(path, columns=parse_columns("text=bai")).read()
    assert isinstance(record, Record)
