"""The same thousand articles as a dump of every format, for the tests."""

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path

import bson
import pyarrow as pa
import pyarrow.parquet as pq

from tests.unit.io.pages_made import TEMPLATES, page

GOLD = Path(__file__).resolve().parents[2] / "gold" / "articles"
COUNT = 1000


@dataclass(frozen=True, slots=True)
class Made:
    """One article as every dump tells it."""

    id: str
    title: str
    text: str
    url: str
    published_at: datetime


@cache
def articles(count: int = COUNT) -> list[Made]:
    """Articles of different texts: pieces of the annotated ones, numbered."""
    texts = [_paragraphs(path) for path in sorted(GOLD.glob("*.txt"))]
    texts = [lines for lines in texts if lines and "<" not in "".join(lines)]
    made = []
    for number in range(count):
        lines = texts[number % len(texts)]
        at = number // len(texts) % len(lines)
        body = "\n".join([f"Tin số {number}. {lines[at]}", *lines[at + 1 : at + 4]])
        when = datetime(2021, 1, 14, 1, 15, tzinfo=UTC) + timedelta(hours=number)
        made.append(Made(f"a{number}", f"Bản tin số {number}", body, f"https://portal.example/{number}.html", when))
    return made


def _paragraphs(path: Path) -> list[str]:
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    return [" ".join(line.split()) for line in text.split("\n") if len(line) > 120]


def _rows(made: Sequence[Made]) -> list[dict[str, object]]:
    return [
        {"id": m.id, "title": m.title, "text": m.text, "url": m.url, "published_at": m.published_at.isoformat()}
        for m in made
    ]


def json_lines(made: Sequence[Made]) -> bytes:
    """One object a line."""
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in _rows(made))


def json_array(made: Sequence[Made]) -> bytes:
    """One array of objects."""
    return json.dumps(_rows(made), ensure_ascii=False, indent=1).encode()


def table(made: Sequence[Made], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A table with the names of a Vietnamese system; texts have several lines."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["Mã bài", "Tiêu đề", "Nội dung", "Đường dẫn", "Ngày đăng"])
    writer.writerows([m.id, m.title, m.text, m.url, m.published_at.isoformat()] for m in made)
    return file.getvalue().encode(encoding)


def feed(made: Sequence[Made]) -> bytes:
    """A feed with whole texts."""
    names = {"guid": "id", "title": "title", "link": "url", "content:encoded": "text"}
    items = (
        "".join(f"<{name}>{escape(getattr(m, held))}</{name}>" for name, held in names.items())
        + f"<pubDate>{format_datetime(m.published_at)}</pubDate>"
        for m in made
    )
    held = "".join(f"<item>{item}</item>\n" for item in items)
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0"?><rss version="2.0" {space}><channel>{held}</channel></rss>'.encode()


def parquet(made: Sequence[Made]) -> bytes:
    """Several row groups."""
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(_rows(made)), file, row_group_size=300, compression="zstd")
    return file.getvalue()


def arrow_file(made: Sequence[Made]) -> bytes:
    """Arrow IPC with a footer."""
    return _arrow(made, pa.ipc.new_file)


def arrow_stream(made: Sequence[Made]) -> bytes:
    """Arrow IPC as it is sent."""
    return _arrow(made, pa.ipc.new_stream)


def _arrow(made: Sequence[Made], opened: Callable[..., pa.ipc.RecordBatchStreamWriter]) -> bytes:
    file = io.BytesIO()
    data = pa.Table.from_pylist(_rows(made))
    with opened(file, data.schema) as writer:
        writer.write_table(data, max_chunksize=300)
    return file.getvalue()


def mongo(made: Sequence[Made]) -> bytes:
    """Documents as mongodump writes them."""
    return b"".join(
        bson.encode(
            {
                "_id": bson.ObjectId(f"{number:024x}"),
                "title": m.title,
                "body": m.text,
                "url": m.url,
                "publish": m.published_at,
            }
        )
        for number, m in enumerate(made)
    )


def member_files(made: Sequence[Made]) -> list[tuple[str, bytes]]:
    """A text and its metadata file per article."""
    files = []
    for m in made:
        told = {"title": m.title, "url": m.url, "published_at": m.published_at.isoformat()}
        files += [(f"x/{m.id}.txt", m.text.encode()), (f"x/{m.id}.meta.json", json.dumps(told).encode())]
    return files


def tar(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A tar archive."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def zipped(files: Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return file.getvalue()


def html_of(m: Made, number: int) -> bytes:
    """The article's page, in one of the templates."""
    template = list(TEMPLATES)[number % len(TEMPLATES)]
    return page(template, m.title, m.text, m.url, m.published_at.isoformat()).encode()


def warc_record(kind: str, number: int, block: bytes, media_type: str, url: str = "https://portal.example/") -> bytes:
    """One record with its header."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"WARC-Date: 2022-05-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(body: bytes, media_type: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    """What a server sent."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n".encode() + body


def warc(made: Sequence[Made]) -> list[bytes]:
    """Records: the crawler's own, then a request and a response per article."""
    records = [warc_record("warcinfo", 0, b"software: a crawler\r\n", "application/warc-fields")]
    for number, m in enumerate(made):
        asked = f"GET /{number}.html HTTP/1.1\r\n\r\n".encode()
        records.append(warc_record("request", 2 * number + 1, asked, "application/http; msgtype=request", m.url))
        block = response(html_of(m, number))
        records.append(warc_record("response", 2 * number + 2, block, "application/http; msgtype=response", m.url))
    return records


def wet(made: Sequence[Made]) -> bytes:
    """Texts that somebody else took out of pages."""
    return b"".join(
        warc_record("conversion", number, m.text.encode(), "text/plain", m.url) for number, m in enumerate(made)
    )


def zstd(data: bytes) -> bytes:
    """One frame."""
    return bytes(pa.Codec("zstd").compress(data, asbytes=True))


def in_pieces(compress: Callable[[bytes], bytes], data: bytes) -> bytes:
    """Compressed in three members, as dumps are that were put together with cat."""
    third = len(data) // 3
    return b"".join(compress(piece) for piece in (data[:third], data[third : 2 * third], data[2 * third :]))


def _text_tar(made: Sequence[Made]) -> bytes:
    return tar(member_files(made))


# Every format -> the content of a file. The first word of a key is what the reader must call it.
DUMPS: dict[str, Callable[[Sequence[Made]], bytes]] = {
    "json_lines": json_lines,
    "json_lines gzip of three members": lambda made: in_pieces(gzip.compress, json_lines(made)),
    "json_lines zstd of three frames": lambda made: in_pieces(zstd, json_lines(made)),
    "json_lines bzip2": lambda made: in_pieces(bz2.compress, json_lines(made)),
    "json_lines xz": lambda made: in_pieces(lambda data: lzma.compress(data, preset=0), json_lines(made)),
    "json_lines UTF-16": lambda made: json_lines(made).decode().encode("utf-16"),
    "json array": json_array,
    "csv": table,
    "csv semicolons, byte order mark": lambda made: table(made, ";", "utf-8-sig"),
    "csv tabs, UTF-16": lambda made: table(made, "\t", "utf-16"),
    "csv gzip": lambda made: gzip.compress(table(made)),
    "xml": feed,
    "parquet": parquet,
    "parquet zstd around it": lambda made: zstd(parquet(made)),
    "arrow file": arrow_file,
    "arrow stream": arrow_stream,
    "bson": mongo,
    "bson gzip": lambda made: gzip.compress(mongo(made)),
    "zip": lambda made: zipped(member_files(made)),
    "tar": _text_tar,
    "tar gzip": lambda made: gzip.compress(_text_tar(made)),
    "tar zstd": lambda made: zstd(_text_tar(made)),
    "tar xz": lambda made: lzma.compress(_text_tar(made), preset=0),
    "tar bzip2": lambda made: bz2.compress(_text_tar(made), 1),
    "tar of compressed lines": lambda made: tar([("a/1.jsonl.gz", gzip.compress(json_lines(made)))]),
    "tar of Parquet": lambda made: tar([("a/1.parquet", parquet(made))]),
    "zip of a table": lambda made: zipped([("a.csv", table(made))]),
    "warc of texts": wet,
}


def _pages(made: Sequence[Made]) -> list[tuple[str, bytes]]:
    return [(f"{m.id}.html", html_of(m, number)) for number, m in enumerate(made)]


PAGE_DUMPS: dict[str, Callable[[Sequence[Made]], bytes]] = {
    "warc": lambda made: b"".join(warc(made)),
    "warc gzip, a member per record": lambda made: b"".join(map(gzip.compress, warc(made))),
    "warc zstd": lambda made: zstd(b"".join(warc(made))),
    "zip of pages": lambda made: zipped(_pages(made)),
    "tar of pages": lambda made: tar(_pages(made)),
}
