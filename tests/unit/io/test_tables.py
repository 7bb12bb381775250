"""Tables as programs write them: dividers, quotes, what stands above the names."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from bienban.io.readers import Dump, Record, SourceError
from bienban.io.readers.batches import read_chunks

TITLES = [f'Tin {n}, "đặc biệt"; số' for n in range(5)]
TEXTS = [f"Sáng 14/1, tỉnh họp tổng kết lần {n}; có 35 xã.\nNăm 2020 đạt 5%." for n in range(5)]


def _table(above: str = "", names: tuple[str, ...] = ("id", "title", "text"), **how: Any) -> str:
    file = io.StringIO()
    writer = csv.writer(file, **how)
    writer.writerow(names)
    writer.writerows([f"a{n}", TITLES[n], text] for n, text in enumerate(TEXTS))
    return above + file.getvalue()


def _escaped(title: str) -> str:
    lines = (f"a{n}\t{title}\t" + text.replace("\n", "\\n") + "\n" for n, text in enumerate(TEXTS))
    return "id\ttitle\ttext\n" + "".join(lines)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a", _table(delimiter="^"), id="another divider"),
        pytest.param("a", _table(delimiter="\x01"), id="a divider of databases"),
        pytest.param("a.csv", _table("sep=;\r\n", delimiter=";"), id="a spreadsheet's first line"),
        pytest.param("a", _table("\ufeffsep=;\r\n", delimiter=";"), id="behind a byte order mark"),
        pytest.param("a.csv", _table("\r\n\r\n"), id="blank lines above"),
        pytest.param("a.csv", _table("Danh sách tin bài,,\r\n"), id="a title above"),
        pytest.param("a", _table("# xuất ngày 1/1/2021\r\n"), id="a remark above"),
        pytest.param("a", _table(names=("STT", "Tên bài", "Nội dung (toàn văn)")), id="names with brackets"),
        pytest.param("a", _table(doublequote=False, escapechar="\\"), id="backslashes before quotes"),
        pytest.param("a", _table(doublequote=False, escapechar="\\", quoting=csv.QUOTE_ALL), id="and all is quoted"),
        pytest.param("a", _table(quotechar="'"), id="single quotes"),
        pytest.param("a", _table(quotechar="'", quoting=csv.QUOTE_ALL), id="single quotes around names, too"),
        pytest.param("a", _escaped("Tin"), id="line ends as letters"),
        pytest.param("a", _escaped("\\N"), id="nothing as a letter"),
    ],
)
def test_rows_are_read_as_they_were_written(tmp_path: Path, name: str, data: str) -> None:
    (tmp_path / name).write_text(data, newline="")
    found = list(Dump(tmp_path / name).read())
    assert all(isinstance(each, Record) for each in found), found
    assert [each.text for each in found] == TEXTS
    assert {each.title for each in found} <= {*TITLES, "Tin", None}
    encoded = data.encode()
    for each in found:
        at = int(each.locator.removeprefix("byte:"))
        assert encoded[at : at + 6].decode(errors="ignore").lstrip("\"'").startswith(("a", *map(str, range(5))))
    assert [each for chunk in read_chunks(Dump(tmp_path / name)) for each in chunk] == found


def test_a_table_of_one_column(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\r\n" + "".join(f'"{text}"\r\n' for text in TEXTS) + "Họp, tổng kết\r\n", newline="")
    assert [each.text for each in Dump(path).read()] == [*TEXTS, "Họp, tổng kết"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("ma\n1\n2\n", id="a column without a text"),
        pytest.param("Hội nghị tổng kết\n\nSáng 14/1, tỉnh họp.\n", id="no table at all"),
        pytest.param("id,text\ra,Họp\r", id="line ends of another time"),
    ],
)
def test_what_is_called_a_table_is_never_one_text(tmp_path: Path, data: str) -> None:
    (tmp_path / "a.csv").write_text(data, newline="")
    with pytest.raises(SourceError, match="no text among the columns"):
        list(Dump(tmp_path / "a.csv").read())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Hội nghị tổng kết, text, nội dung\n\nSáng 14/1, tỉnh họp.\n", id="commas in a headline"),
        pytest.param("text\nmột\nhai\nba\n", id="a word alone on a line"),
    ],
)
def test_prose_is_no_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "a").write_text(text)
    [record] = Dump(tmp_path / "a").read()
    assert record.text == text
