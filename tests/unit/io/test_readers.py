"""Formats are recognised by content, and every record comes with its place."""

import bz2
import gzip
import io
import json
import lzma
import secrets
import zipfile
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bienban.identity import VIETNAM
from bienban.io.readers import Dump, Reason, Record, Rejection
from bienban.io.readers.columns import parse_columns
from bienban.io.readers.json_lines import json_lines_chunks, read_json_lines
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.moments import parse_moment
from bienban.io.readers.recognise import recognise
from bienban.io.readers.records import escaped
from bienban.io.readers.segmented import is_segmented, join_words
from tests.unit.io.dumps_made import tar


def _zstd(data: bytes) -> bytes:
    return pa.Codec("zstd").compress(data, asbytes=True)


LINE = '{"id": "a", "text": "Hội nghị sơ kết"}\n'


def _read(path: Path, **options: object) -> list[Record | Rejection]:
    return list(Dump(path, **options).read())


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        pytest.param(LINE.encode(), "a.txt", "json_lines", id="content wins over the name"),
        pytest.param(b"\xef\xbb\xbf" + LINE.encode(), "a", "json_lines", id="a byte order mark is no content"),
        pytest.param(
            b"broken\n" + LINE.encode(), "a.jsonl", "json_lines", id="the name decides what content leaves open"
        ),
        pytest.param(b"{broken\n" + LINE.encode() * 3, "a", "text", id="a brace alone opens no object"),
        pytest.param(b'{"broken\n' + LINE.encode() * 3, "a", "json_lines", id="one broken line is no prose"),
        pytest.param(b'{"text": "' + b"a" * 70_000, "a", "json_lines", id="one long line"),
        pytest.param(b'{\n "text": "a"\n}', "a", "json", id="one object over several lines"),
        pytest.param(b'[{"text": "a"}]', "a", "json", id="an array of objects"),
        pytest.param(b'{"posts": [{"text": "' + b"a" * 70_000, "a", "json", id="one long line of rows"),
        pytest.param(b'{"tags": [{"id": 1}], "text": "' + b"a" * 70_000, "a", "json_lines", id="one long record"),
        pytest.param("[Ảnh] Hội nghị sơ kết".encode(), "a", "text", id="a bracket opens a headline"),
        pytest.param("Nội dung, chương trình\nSáng nay, tỉnh họp.\n".encode(), "a", "text", id="prose has commas, too"),
        pytest.param(b"id,text\n1,Hop\n", "a", "csv", id="a table by its names"),
        pytest.param(b"ma;noi_dung\n1;a\n2;b\n3;c\n", "a", "csv", id="a table by its rows"),
        pytest.param(b"ma\tbai\n1\ta\n", "a.tsv.gz", "text", id="names of compressed files come without the ending"),
        pytest.param(b"ma\tbai\n1\ta\n", "a.tsv", "csv", id="a table by its name"),
        pytest.param(b"<p>Hop</p>", "a.txt", "text", id="a piece of HTML is a text with tags"),
        pytest.param(b"<p>Hop</p>", "a.html", "html", id="a piece of HTML by its name"),
        pytest.param(b"\n<!DOCTYPE html><html>", "a.txt", "html", id="a page, whatever its name"),
        pytest.param(b"WARC/1.0\r\n", "a.txt", "warc", id="WARC"),
        pytest.param(b'["Hop", "Hop"]', "a.json", "json", id="JSON without an object is no text"),
        pytest.param(b"id,text\n1,Hop\n", "a.json", "csv", id="a table that is called something else"),
        pytest.param(b"", "a.jsonl", "text", id="an empty file is an empty text"),
    ],
)
def test_recognise(head: bytes, name: str, expected: str) -> None:
    assert recognise(head, name, parse_columns("")) == expected


@pytest.mark.parametrize(
    ("segmented", "expected"),
    [
        pytest.param("Hội_nghị tổng_kết năm 2020 .", "Hội nghị tổng kết năm 2020.", id="full stop"),
        pytest.param("đồng_chí A , B ; C : D", "đồng chí A, B; C: D", id="marks inside"),
        pytest.param("( PC 02 - Công_an tỉnh )", "(PC 02 - Công an tỉnh)", id="brackets; dashes keep their blanks"),
        pytest.param("“ Hội_nghị ” , ông nói", "“Hội nghị”, ông nói", id="curly quotes"),
        pytest.param('về " bảo_vệ nền_tảng " .', 'về "bảo vệ nền tảng".', id="straight quotes"),
        pytest.param("đạt 100 % kế_hoạch", "đạt 100% kế hoạch", id="percent"),
        pytest.param("5 tấn / năm", "5 tấn/năm", id="rates"),
        pytest.param("sinh_viên ... Gần đây", "sinh viên... Gần đây", id="dots"),
        pytest.param("tên_tệp a__b _c_", "tên tệp a__b _c_", id="underscores that join nothing stay"),
        pytest.param("Đầu_đề\n\nMở bài .\n\nThân bài .", "Đầu đề\n\nMở bài.\n\nThân bài.", id="lines stay"),
    ],
)
def test_join_words(segmented: str, expected: str) -> None:
    assert join_words(segmented) == expected


def test_plain_text_with_a_file_name_is_not_segmented() -> None:
    assert not is_segmented("Tải tệp ke_hoach_nam_2020.pdf tại trang của sở. " + "Hội nghị tổng kết năm. " * 10)


def test_segmented_file_has_its_headline(tmp_path: Path) -> None:
    (tmp_path / "1.txt.seg").write_text("Sơ_kết sáu tháng\n\nHội_nghị sơ_kết .\n\nNội_dung khác .")
    [record] = _read(tmp_path / "1.txt.seg")
    assert (record.id, record.title, record.text) == (
        "1",
        "Sơ kết sáu tháng",
        "Sơ kết sáu tháng\n\nHội nghị sơ kết.\n\nNội dung khác.",
    )


def test_text_is_handed_over_as_decoded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfA\r\nB\r\n")
    [record] = _read(tmp_path / "a.txt")
    assert (record.text, record.locator) == ("A\r\nB\r\n", "byte:0")


def test_metadata_beside_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hội nghị")
    (tmp_path / "a.meta.json").write_text('\ufeff{"published_on": "2022-11-28", "url": "https://a.example/1"}')
    [record] = _read(tmp_path / "a.txt")
    assert record.url == "https://a.example/1"
    assert record.published_at == datetime(2022, 11, 28, tzinfo=VIETNAM)
    assert record.published_at_source == "metadata file"


def test_zip_members_of_all_kinds(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x/a.txt", "Một")
        archive.writestr("x/a.meta.json", '{"published_on": "2022-11-28"}')
        archive.writestr("x/b.jsonl", LINE * 2)
        archive.writestr("x/.hidden", "no")
        archive.writestr("__MACOSX/x/a.txt", "no")
    found = _read(tmp_path / "a.zip")
    assert [record.locator for record in found] == [
        "member:x/a.txt",
        "member:x/b.jsonl#byte:0",
        f"member:x/b.jsonl#byte:{len(LINE.encode())}",
    ]
    assert found[0].published_at is not None


def test_a_tar_of_a_folder_has_its_metadata(tmp_path: Path) -> None:
    told = ("./a.txt", "Hội nghị".encode()), ("./a.meta.json", b'{"published_on": "2022-11-28"}')
    (tmp_path / "a.tgz").write_bytes(gzip.compress(tar(told)))
    [record] = _read(tmp_path / "a.tgz")
    assert record.published_at_source == "metadata file"


def test_two_members_of_one_name_have_two_places(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("a.txt", "Một")
        archive.writestr("a.txt", "Hai")
    found = _read(tmp_path / "a.zip")
    assert [record.text for record in found] == ["Một", "Hai"]
    assert len({record.locator for record in found}) == 2


@pytest.mark.parametrize(
    ("compression", "compress"),
    [("gzip", gzip.compress), ("bzip2", bz2.compress), ("xz", lzma.compress), ("zstd", _zstd)],
)
def test_compressions_are_recognised_by_content(tmp_path: Path, compression: str, compress) -> None:
    lines = [json.dumps({"id": number, "text": f"Hội nghị {number} " * 9_000}) + "\n" for number in range(4)]
    dump = tmp_path / "a.zip"  # whatever it is called
    # Two members: dumps are put together with cat.
    dump.write_bytes(compress("".join(lines[:2]).encode()) + compress("".join(lines[2:]).encode()))
    reading = Dump(dump)
    assert [record.id for record in reading.read()] == ["0", "1", "2", "3"]
    assert (reading.format, reading.compression) == ("json_lines", compression)


def test_a_zstd_frame_that_is_skipped_comes_first(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc" + _zstd(b'{"text": "H\xe1\xbb\x8dp"}\n'))
    dump = Dump(tmp_path / "a")
    assert [(each.text, dump.compression) for each in dump.read()] == [("Họp", "zstd")]


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress, _zstd])
def test_a_broken_stream_gives_what_stands_before_the_break(tmp_path: Path, compress) -> None:
    lines = "".join(json.dumps({"text": secrets.token_hex(200)}) + "\n" for _ in range(5_000)).encode()
    data = compress(lines)
    (tmp_path / "a.jsonl").write_bytes(data[: len(data) // 2])
    *records, last = _read(tmp_path / "a.jsonl")
    assert len(records) > 1000
    assert isinstance(last, Rejection)
    assert last.reason is Reason.TRUNCATED


def test_utf16_json_lines(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(LINE * 3, encoding="utf-16")
    assert [record.text for record in _read(tmp_path / "a.jsonl")] == ["Hội nghị sơ kết"] * 3


def test_utf16_headline_in_brackets_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("[Ảnh] Hội nghị sơ kết", encoding="utf-16")
    assert [record.text for record in _read(tmp_path / "a.txt")] == ["[Ảnh] Hội nghị sơ kết"]


def test_gzip_of_several_members_is_one_stream(tmp_path: Path) -> None:
    dump = tmp_path / "a.jsonl.gz"
    dump.write_bytes(gzip.compress(LINE.encode()) + gzip.compress(LINE.encode()))
    reading = Dump(dump)
    assert len(list(reading.read())) == 2
    assert (reading.format, reading.compression) == ("json_lines", "gzip")


def test_an_array_of_any_length(tmp_path: Path) -> None:
    rows = [{"text": f"Hội nghị {number} " + "dài " * 5_000} for number in range(1000)]  # 25 MB
    (tmp_path / "a.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    assert [record.text for record in _read(tmp_path / "a.json")] == [row["text"] for row in rows]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        pytest.param('[{"text": "Một"}, {"text": "Ha', ["truncated"], id="ends inside a string"),
        pytest.param('[{"text": "Một"}, {"text": ', ["truncated"], id="ends before a value"),
        pytest.param('[{"text": "Một"}', ["truncated"], id="is never closed"),
        pytest.param('[{"text": "Một"}, {text: "Hai và sau đó"}, {"text": "Ba"}]', ["invalid_json"], id="is no JSON"),
        pytest.param('[{"text": "Một"}, {"text": "\\ud800"}, {"text": "Ba"}]', ["lone_surrogate"], id="half a pair"),
    ],
)
def test_a_broken_array_gives_what_stands_before(tmp_path: Path, text: str, reasons: list[str]) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    first, *rest = _read(tmp_path / "a.json")
    assert first.text == "Một"
    assert [each.reason for each in rest if isinstance(each, Rejection)] == reasons


def test_array_of_objects(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"text": "Một"}, 5, {"text": "Hai"}]')
    assert [found.locator for found in _read(tmp_path / "a.json")] == ["item:0", "item:1", "item:2"]


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
        each.locator: each.text if isinstance(each, Record) else each.reason for each in _read(tmp_path / "a.json")
    }
    assert found == expected


@pytest.mark.parametrize("rows", [3, 4000])
def test_a_table_by_its_columns_of_any_length(rows: int, tmp_path: Path) -> None:
    held = {"id": [*range(rows)], "text": [f"Hội nghị tổng kết số {number}" for number in range(rows)]}
    (tmp_path / "a.json").write_text(json.dumps(held, ensure_ascii=False))
    assert [each.text for each in _read(tmp_path / "a.json")] == held["text"]


@pytest.mark.parametrize("first", [{"total": 1}, {"tags": [{"id": 1}]}, {"head": {"posts": []}}])
@pytest.mark.parametrize("indent", [None, 1])
def test_rows_inside_an_object_of_any_size(first: dict[str, object], indent: int | None, tmp_path: Path) -> None:
    rows = [{"id": number, "text": f"{number} hội nghị" * 5000} for number in range(400)]
    held = {**first, "data": {"posts": rows}, "last": [1]}
    (tmp_path / "a.json").write_text(json.dumps(held, indent=indent))
    assert (tmp_path / "a.json").stat().st_size > MAX_RECORD_BYTES
    found = [each for each in _read(tmp_path / "a.json") if isinstance(each, Record)]
    assert [(record.locator, record.text) for record in found] == [
        (f"item:0/{len(first)}/0:{row['id']}", row["text"]) for row in rows
    ]


def test_a_cut_export_gives_what_stands_before(tmp_path: Path) -> None:
    text = json.dumps({"posts": [{"id": 1, "text": "a" * 1_000_000}] * 20})
    (tmp_path / "a.json").write_text(text[:-2_500_000])
    *found, last = _read(tmp_path / "a.json")
    assert (len(found), isinstance(last, Rejection) and last.reason) == (17, "truncated")


@pytest.mark.parametrize("deep", [100, 450, 20_000])
@pytest.mark.parametrize("before", ["", "[", '{"id": 1, "text": "A"}\n'])
def test_objects_in_one_another_without_end_are_rejected(deep: int, before: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(before + '{"a":' * deep + "1" + "}" * deep)
    assert all(isinstance(each, Rejection) or each.text == "A" for each in _read(tmp_path / "a.json"))


def test_objects_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("\n".join(json.dumps(each, indent=1) for each in (A, B)))
    assert [(found.locator, found.text) for found in _read(tmp_path / "a.json")] == [("item:0", "A"), ("item:1", "B")]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"content": "A", "headline": "B", "link": "C"}, ("A", "B", "C"), id="other names"),
        pytest.param({"Text": "A", "TITLE": "B"}, ("A", "B", None), id="any case"),
        pytest.param({"text": "A", "warc_headers": {"WARC-Target-URI": "C"}}, ("A", None, "C"), id="inside an object"),
        pytest.param({"text": "A", "title": "  "}, ("A", None, None), id="a blank title is none"),
    ],
)
def test_columns_are_mapped(fields: dict[str, object], expected: tuple[str | None, ...], tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(fields))
    [record] = _read(tmp_path / "a.jsonl")
    assert (record.text, record.title, record.url) == expected


def test_given_columns_win(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "no", "bai": "Một"}')
    [record] = _read(tmp_path / "a.jsonl", columns=parse_columns("text=bai"))
    assert record.text == "Một"


def test_crawl_date_is_no_publication(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Một", "crawl_date": "2022-01-01", "timestamp": "2022-01-01"}')
    [record] = _read(tmp_path / "a.jsonl")
    assert record.published_at is None
    assert record.crawled_at is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param('<?xml version="1.0"?>\n<w:document><w:p>Hội nghị</w:p></w:document>', "XML", id="inside a .docx"),
        pytest.param('<rss version="2.0"><channel><title>Hội nghị</title></channel></rss>', "XML", id="a feed"),
        pytest.param(
            "-- MySQL dump 10.13\n--\n/*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `a`;", "database", id="MySQL"
        ),
        pytest.param("--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;", "database", id="PostgreSQL"),
        pytest.param("INSERT INTO `tin` VALUES (1, 'Hội nghị');", "database", id="rows"),
        pytest.param("{\\rtf1\\ansi H\\u7897?i ngh\\u7883?}", "word processor", id="RTF"),
        pytest.param(
            "From: <Saved by Blink>\nSubject: A\n b\nMIME-Version: 1.0\n\nHội nghị", "mail", id="a page as a mail"
        ),
        pytest.param("/**/" * 1000 + "Hội nghị", None, id="marks without end"),
        pytest.param("Chủ trì: ông A\nDự: bà B\n\nHội nghị", None, id="lines with a colon"),
        pytest.param("INSERT là một lệnh. Hội nghị", None, id="a word of a language"),
    ],
)
def test_what_is_written_for_programs_is_no_article(text: str, kind: str | None, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text)
    [found] = _read(tmp_path / "a.txt")
    assert isinstance(found, Record) == (kind is None)
    assert kind is None or (found.reason == "not_a_page" and kind in found.detail)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("2021-04-13", "2021-04-13T00:00:00+07:00", id="a day is its midnight in Vietnam"),
        pytest.param("2021-04-13T02:00:00Z", "2021-04-13T02:00:00+00:00", id="a zone is kept"),
        pytest.param("13/04/2021", "2021-04-13T00:00:00+07:00", id="day first"),
        pytest.param("Thứ ba, 13/4/2021 | 08:15 (GMT+7)", "2021-04-13T08:15:00+07:00", id="as papers print it"),
        pytest.param("Tue, 13 Apr 2021 08:15:00 +0700", "2021-04-13T08:15:00+07:00", id="RFC 2822"),
        pytest.param(1618273800, "2021-04-13T00:30:00+00:00", id="seconds"),
        pytest.param(1618273800000, "2021-04-13T00:30:00+00:00", id="milliseconds"),
        pytest.param({"$date": "2021-04-13T00:30:00Z"}, "2021-04-13T00:30:00+00:00", id="as Mongo writes it"),
        pytest.param("31/02/2021", None, id="no such day"),
        pytest.param("0000-00-00", None, id="the empty date of MySQL"),
        pytest.param("9999-12-31T23:59:59-12:00", None, id="past the calendar"),
        pytest.param(0, None, id="the epoch is a default"),
        pytest.param("1970-01-01", None, id="and so is its day"),
        pytest.param(1618273800000000, "2021-04-13T00:30:00+00:00", id="microseconds"),
        pytest.param(1618273800000000000, "2021-04-13T00:30:00+00:00", id="nanoseconds"),
        pytest.param("1618273800.0", "2021-04-13T00:30:00+00:00", id="seconds of a table"),
        pytest.param(20210413, "2021-04-13T00:00:00+07:00", id="a day as a number"),
        pytest.param(2021, None, id="a year is no second of 1970"),
        pytest.param('{"$date": "2021-04-13T00:30:00Z"}', "2021-04-13T00:30:00+00:00", id="Mongo's in a table"),
        pytest.param("{'$date': '2021-04-13T00:30:00Z'}", "2021-04-13T00:30:00+00:00", id="and as Python shows it"),
        pytest.param('ISODate("2021-04-13T00:30:00Z")', "2021-04-13T00:30:00+00:00", id="as Mongo's shell shows it"),
        pytest.param("/Date(1618273800000+0700)/", "2021-04-13T00:30:00+00:00", id="as .NET writes it"),
        pytest.param("2021-04-13 00:30:00 UTC", "2021-04-13T00:30:00+00:00", id="a zone's name"),
        pytest.param("2021/04/13 08:15", "2021-04-13T08:15:00+07:00", id="year first"),
        pytest.param("08:15 13/04/2021", "2021-04-13T08:15:00+07:00", id="the hour first"),
        pytest.param("8h15 ngày 13/4/2021", "2021-04-13T08:15:00+07:00", id="the hour first, in words"),
        pytest.param("13/4/2021 8:15:00 CH", "2021-04-13T20:15:00+07:00", id="the second half of the day"),
        pytest.param("Thứ Ba, ngày 13 tháng 4 năm 2021", "2021-04-13T00:00:00+07:00", id="in words"),
        pytest.param("Hà Nội, 13/4/2021", "2021-04-13T00:00:00+07:00", id="a place before"),
        pytest.param("April 13, 2021 8:15 pm", "2021-04-13T20:15:00+07:00", id="in English"),
        pytest.param("Hội nghị họp ngày 13/4/2021", None, id="a sentence says something else"),
        pytest.param("Cập nhật: 13/4/2021", None, id="a change is no publication"),
        pytest.param(10**30, None, id="no moment"),
        pytest.param(True, None, id="a truth is no moment"),
        pytest.param("hôm qua", None, id="no clock here"),
    ],
)
def test_parse_moment(value: object, expected: str | None) -> None:
    moment = parse_moment(value)
    assert (moment.isoformat() if moment else None) == expected


@given(st.binary(max_size=400))
def test_any_bytes_give_records_or_rejections(data: bytes) -> None:
    for found in read_json_lines(io.BytesIO(data), "", parse_columns("")):
        assert isinstance(found, (Record, Rejection))


@given(st.binary(max_size=600))
def test_excerpts_are_printable(data: bytes) -> None:
    assert all(char.isprintable() for char in escaped(data))


@given(st.lists(st.text(max_size=30), max_size=6))
def test_offsets_lead_to_the_lines(texts: list[str]) -> None:
    lines = [json.dumps({"text": text}).encode() for text in texts]
    data = b"\n".join(lines)
    for found in read_json_lines(io.BytesIO(data), "", parse_columns("")):
        at = int(found.locator.removeprefix("byte:"))
        assert data[at:].split(b"\n", 1)[0] in lines


def test_plain_rows_need_no_record_before_the_filter() -> None:
    text = "Sáng nay, tỉnh ủy tổ chức hội nghị sơ kết công tác sáu tháng đầu năm và nhiệm vụ cuối năm. " * 3
    line = json.dumps({"id": 1, "title": "Hội nghị", "content": text, "url": "a"}, ensure_ascii=False)
    [chunk] = json_lines_chunks(io.BytesIO(f"{line}\n{line}\n".encode()), "", parse_columns(""))
    assert not chunk.unsettled.any()
