"""Legacy charsets: what is in one is read as it was written; nothing else is taken for one."""

import random
import unicodedata
import zipfile
from pathlib import Path

import pytest

from bienban.io.readers import Dump, Reason, Record, Rejection
from bienban.io.readers.batches import read_chunks
from bienban.io.readers.charsets import CHARSETS, _chart, _vni, decode_charset, recognise_charset, repaired
from tests.unit.io.dumps_made import articles

TEXT = (
    "Sáng 14/1, Ban Chỉ đạo 35 tỉnh Quảng Ninh tổ chức hội nghị tổng kết năm 2020, triển khai nhiệm vụ năm 2021. "
    "Đồng chí Nguyễn Thị Ẩn, Phó Bí thư Thường trực, chủ trì; dự có đại diện các sở, ngành, mười ba địa phương."
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def encoded(text: str, charset: str) -> bytes:
    """The text in the charset, its tables read backwards; "?" for what it lacks."""
    if charset == "windows-1258":
        return b"".join(map(_letter_1258, text))
    if charset == "vni":
        shown = {letter: key for key, letter in _vni()[1].items() if key in (key.lower(), key.upper())}
        return "".join(shown.get(char, char) for char in text).encode("cp1252", "replace")
    bytes_of = {char: byte for byte, char in _chart(charset).items()}
    return bytes(ord(char) if char.isascii() else bytes_of.get(char, ord("?")) for char in text)


def _letter_1258(char: str) -> bytes:
    try:
        return char.encode("cp1258")
    except UnicodeEncodeError:
        tones = [mark for mark in unicodedata.normalize("NFD", char) if mark in _TONES]
        base = unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", char) if c not in _TONES))
        return (base + "".join(tones)).encode("cp1258", "replace")


@pytest.mark.parametrize("charset", CHARSETS)
def test_round_trip(charset: str) -> None:
    data = encoded(TEXT.replace("Ẩ", "ẩ"), charset)  # the fonts of TCVN3 have few capitals
    assert recognise_charset(data) == charset
    assert decode_charset(data, charset) == TEXT.replace("Ẩ", "ẩ")


@pytest.mark.parametrize(
    ("charset", "shown", "expected"),
    [
        pytest.param("tcvn3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam", id="ABC"),
        pytest.param("vni", "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam", id="VNI"),
        pytest.param("vni", "ÑAÏI HOÄI ÑÖÔÏC", "ĐẠI HỘI ĐƯỢC", id="VNI in capitals"),
    ],
)
def test_as_old_documents_show_it(charset: str, shown: str, expected: str) -> None:
    assert decode_charset(shown.encode("cp1252"), charset) == expected


@pytest.mark.parametrize("charset", CHARSETS)
def test_every_article_is_recognised(charset: str) -> None:
    data = [encoded(made.text.lower(), charset) for made in articles()[:200]]
    found = [recognise_charset(each) for each in data]
    assert set(found) <= {charset, None}
    assert found.count(charset) >= 0.97 * len(found)


_WESTERN = {
    "cp1252": [
        "Été après été, la mairie a réuni à l'hôtel de ville le comité chargé de la sécurité: où en était-on? Là-bas.",
        "Die Bürgermeisterin eröffnete die Sitzung mit großer Verspätung; für die Gäste gab es Äpfel, Öl und Käse.",
        "El señor alcalde informó que la sesión terminó después del mediodía; mañana habrá otra reunión según él.",
        "A reunião não terminou: a comissão avaliará às três da tarde as razões, a educação, o pão e os caminhões.",
        "På mødet blev der spist smørrebrød; få år før så man også kål, løg, æbler og små røde bær på gårdene i går.",
    ],
    "cp1250": ["Příliš žluťoučký kůň úpěl ďábelské ódy; větší část zástupců přišla později, než bylo včera dohodnuto."],
    "cp1251": [
        "На заседании обсудили итоги года и задачи на следующий год; решение приняли единогласно все участники."
    ],
    "gbk": ["会议总结了上半年的工作，并部署了下半年的任务。书记出席会议并讲话，要求各单位认真落实。"],
    "shift_jis": ["会議は上半期の成果をまとめ、下半期の課題を決めた。出席者は全員が賛成し、議長が閉会を告げた。"],
    "cp874": ["ที่ประชุมสรุปผลการทำงานครึ่งปีแรกและวางแผนงานครึ่งปีหลัง โดยมีผู้เข้าร่วมประชุมทั้งหมด"],
}


@pytest.mark.parametrize(("encoding", "text"), [(name, text) for name, texts in _WESTERN.items() for text in texts])
@pytest.mark.parametrize("times", [1, 20])
def test_other_languages_are_not_mistaken(encoding: str, text: str, times: int) -> None:
    assert recognise_charset((text + "\n").encode(encoding) * times) is None
    assert repaired(text * times) == text * times


def test_damaged_utf8_is_not_mistaken() -> None:
    chance = random.Random(5)
    for made in articles()[:300]:
        data = bytearray(made.text.encode())
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert recognise_charset(bytes(data)) is None


def test_bytes_at_random_are_not_mistaken() -> None:
    chance = random.Random(7)
    assert {recognise_charset(chance.randbytes(400)) for _ in range(300)} == {None}


@pytest.mark.parametrize("charset", CHARSETS)
def test_files_and_tables(tmp_path: Path, charset: str) -> None:
    (tmp_path / "a.txt").write_bytes(encoded(TEXT.lower(), charset))
    rows = f"Tiêu đề;Nội dung\r\nHọp;{TEXT.lower().replace(';', ',')}\r\n"
    (tmp_path / "a.csv").write_bytes(encoded(rows.replace("Nội dung", "Noi dung"), charset))
    [record] = Dump(tmp_path / "a.txt").read()
    assert isinstance(record, Record)
    assert record.text == TEXT.lower()
    [row] = Dump(tmp_path / "a.csv").read()
    assert isinstance(row, Record)
    assert (row.title, row.text) == ("Họp", TEXT.lower().replace(";", ","))


def test_two_charsets_in_one_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode() * 2 + encoded(TEXT, "tcvn3"))
    [found] = Dump(tmp_path / "a.txt").read()
    assert isinstance(found, Rejection)
    assert found.reason is Reason.INVALID_ENCODING


def test_a_charset_stored_as_latin_1_is_undone(tmp_path: Path) -> None:
    shown = encoded(TEXT.lower(), "tcvn3").decode("cp1252")
    (tmp_path / "a.txt").write_text(shown, encoding="utf-8")
    [record] = Dump(tmp_path / "a.txt").read()
    assert isinstance(record, Record)
    assert record.text == TEXT.lower()


NOTE = "Họp bàn về lũ."  # too few words to prove a charset


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_charset_that_is_given_needs_no_proof(charset: str, tmp_path: Path) -> None:
    data = encoded(NOTE, charset)
    (tmp_path / "a.txt").write_bytes(data)
    [refused] = Dump(tmp_path / "a.txt").read()
    assert isinstance(refused, Rejection)
    [record] = Dump(tmp_path / "a.txt", charset=charset).read()
    assert isinstance(record, Record)
    assert record.text == NOTE


def test_a_given_charset_holds_in_every_format_and_not_for_utf8(tmp_path: Path) -> None:
    note = encoded(NOTE, "tcvn3")
    files = {
        "a.jsonl": b'{"text": "' + note + b'"}\n',
        "b.csv": b"id,text\n1," + note + b"\n",
        "c.txt": note,
        "d.json": b'[{"text": "' + note + b'"}]',
        "e.html": b"<html><body><p>" + note * 12 + b"</p></body></html>",
        "f.txt": NOTE.encode(),
    }
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    (tmp_path / "all.zip.meta.json").write_text('{"charset": "tcvn3"}')  # what the loader goes by
    found = list(Dump(tmp_path / "all.zip").read())
    assert [isinstance(each, Record) and each.text[: len(NOTE)] for each in found] == [NOTE] * len(files)
    lines = [each for chunk in read_chunks(Dump(_lines(tmp_path, files), charset="tcvn3")) for each in chunk]
    assert [isinstance(each, Record) and (each.locator, each.text) for each in lines] == [("byte:0", NOTE)]


def _lines(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "a.jsonl"
    path.write_bytes(files["a.jsonl"])
    return path


@pytest.mark.parametrize(
    ("broken", "told", "is_read"),
    [
        pytest.param("Bản quyền", "", True, id="outside of the article"),
        pytest.param("Bản quyền", '<meta charset="iso-8859-1">', True, id="whatever the page says of itself"),
        pytest.param("tổng kết", "", False, id="inside the article"),
    ],
)
def test_a_page_of_which_a_letter_is_broken(tmp_path: Path, broken: str, told: str, is_read: bool) -> None:
    page = (
        f"<html><head>{told}<title>Họp</title></head><body><article><p>{TEXT}</p><p>{TEXT}</p></article>"
        '<div class="footer">Bản quyền của báo</div></body></html>'
    )
    before, found, after = page.encode().partition(broken.encode())
    (tmp_path / "a.html").write_bytes(before + found[:3] + after)
    [record] = Dump(tmp_path / "a.html").read()
    if is_read:
        assert isinstance(record, Record)
        assert record.text.split() == (TEXT + " " + TEXT).split()
    else:
        assert isinstance(record, Rejection)
        assert record.reason is Reason.INVALID_ENCODING


def test_a_page_in_latin_1_is_read_as_it_says(tmp_path: Path) -> None:
    text = "Le conseil s'est réuni dans la capitale pour une longue séance de travail. " * 6
    page = f'<html><head><meta charset="iso-8859-1"></head><body><article><p>{text}</p></article></body></html>'
    (tmp_path / "a.html").write_bytes(page.encode("latin-1"))
    [record] = Dump(tmp_path / "a.html").read()
    assert isinstance(record, Record)
    assert record.text == text.strip()
