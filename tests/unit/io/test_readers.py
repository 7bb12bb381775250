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
        pytest.param("<w:document><w:p>Hội nghị</w:p></w:document>", "XML", id="a piece of a .docx"),
        pytest.param('<rss version="2.0"><title>Hội nghị</title></rss>', "XML", id="a feed without articles"),
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
