"""Bad input that only some formats know: tables, tar, WARC, BSON, Arrow, charsets. More cases for the same test."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
from collections.abc import Callable
from pathlib import Path

import bson
import pyarrow as pa
import pyarrow.parquet as pq

from tests.unit.io.dumps_made import response, tar, warc_record, zstd
from tests.warehouse.bad_inputs import MIB, BadInput, article, line

_NOISE = random.Random(1)  # does not compress
_REST = "The {0} is rejected; the rest is loaded."
_MANY_LINES = b"".join(line(number, other=_NOISE.randbytes(900).hex()) for number in range(400))


def _file(name: str, data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _page(number: int) -> bytes:
    return response(f"<html><body><h1>Tin</h1><p>{article(number)}</p></body></html>".encode())


def _web(*blocks: bytes) -> bytes:
    return b"".join(
        warc_record("response", number, block, "application/http; msgtype=response", f"https://a.example/{number}")
        for number, block in enumerate(blocks)
    )


def _table(*rows: str) -> bytes:
    return "".join(["id,text\r\n", *rows]).encode()


def _row(number: int) -> str:
    return f'{number},"{article(number).strip()}"\r\n'


def _documents(*numbers: int) -> bytes:
    return b"".join(bson.encode({"text": article(number)}) for number in numbers)


def _arrow(rows: int) -> bytes:
    data = pa.table({"text": [article(number) * 20 for number in range(rows)]})
    file = io.BytesIO()
    with pa.ipc.new_stream(file, data.schema) as writer:
        writer.write_table(data, max_chunksize=1)
    return file.getvalue()


def _arrow_file() -> bytes:
    data = pa.table({"text": [article(1)]})
    file = io.BytesIO()
    with pa.ipc.new_file(file, data.schema) as writer:
        writer.write_table(data)
    return file.getvalue()


def _far_moment() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"text": [article(1)], "published_at": pa.array([2**62], pa.timestamp("us"))}), file)
    return file.getvalue()


def _hostile_tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for number, name in enumerate(("../a.txt", "/etc/a.txt", "good.txt")):
            info = tarfile.TarInfo(name)
            data = article(number).encode()
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for kind, name in ((tarfile.SYMTYPE, "soft"), (tarfile.LNKTYPE, "hard"), (tarfile.CHRTYPE, "device")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    return file.getvalue()


FORMAT_CASES = (
    *(
        BadInput(
            what=f"A truncated {name} file",
            make=_file("a.jsonl", _half(compress(_MANY_LINES))),
            loaded=-1,
            reasons=("truncated",),
            outcome="The records before the break are loaded, the break is one rejected record.",
        )
        for name, compress in (("bzip2", lambda data: bz2.compress(data, 1)), ("xz", lzma.compress), ("zstd", zstd))
    ),
    BadInput(
        what="JSON objects in one another, 450 levels deep",
        make=_file("a.jsonl", line(1) + b'{"a":' * 450 + b"1" + b"}" * 450 + b"\n" + line(2)),
        loaded=2,
        reasons=("no_text",),
        outcome="Rows are looked for six levels down: the line is rejected; the rest is loaded.",
    ),
    BadInput(
        what="A row with too few fields, or too many",
        make=_file("a.csv", _table(_row(1), "2\r\n", "3,a,b\r\n", _row(4))),
        loaded=2,
        reasons=("invalid_record", "invalid_record"),
        outcome=_REST.format("row"),
    ),
    BadInput(
        what="A quote that is never closed",
        make=_file("a.csv", _table(_row(1), '2,"Hội nghị\r\n', *map(_row, range(3, 30)))),
        loaded=28,
        reasons=("invalid_record",),
        outcome="The line that opens it is rejected; the rest is loaded.",
    ),
    BadInput(
        what="A table that ends inside a quote",
        make=_file("a.csv", _table(_row(1), _row(2)[:-20])),
        loaded=1,
        reasons=("invalid_record",),
        outcome=_REST.format("row"),
    ),
    BadInput(
        what="Invalid UTF-8 in a row",
        make=_file("a.csv", _table(_row(1), _row(2), _row(3)).replace(b"2,", b"2\xff,")),
        loaded=2,
        reasons=("invalid_encoding",),
        outcome=_REST.format("row"),
    ),
    BadInput(
        what="A row over 16 MiB",
        make=_file("a.csv", _table(_row(1), f"2,{'a' * (17 * MIB)}\r\n", _row(3))),
        loaded=2,
        reasons=("too_large",),
        outcome="The row is skipped and rejected; the rest is loaded.",
    ),
    BadInput(
        what="A table without a text column",
        make=_file("a.csv", f"ma,bai\r\n1,{article(1)}".encode()),
        status="failed",
        error="no text among the columns ma, bai",
        outcome="The file is failed; the message lists its columns.",
    ),
    BadInput(
        what="../, absolute names, links and devices in a tar",
        make=_file("a.tar", _hostile_tar()),
        loaded=1,
        reasons=("unsafe_path",) * 5,
        outcome="These members are rejected unread; the rest is loaded. Nothing is ever unpacked to disk.",
    ),
    BadInput(
        what="A truncated tar archive",
        make=_file("a.tar.gz", gzip.compress(tar([("a.txt", article(1).encode()), ("b.txt", b"b" * 2000)])[:2000])),
        loaded=1,
        reasons=("truncated",),
        outcome="The members before the break are loaded, the break is one rejected record.",
    ),
    BadInput(
        what="A tar bomb",
        make=_file("a.tar.gz", gzip.compress(tar([(f"{n}.txt", b"a" * (15 * MIB)) for n in range(6)]), 1)),
        loaded=0,
        reasons=("expands_too_far",),
        outcome="Given up at 200 times its size (never before 64 MiB).",
    ),
    BadInput(
        what="A truncated WARC file",
        make=_file("a.warc.gz", b"".join(map(gzip.compress, [_web(_page(1)), _web(_page(2), _page(3))]))[:-60]),
        loaded=-1,
        reasons=("truncated",),
        outcome="The records before the break are loaded, the break is one rejected record.",
    ),
    BadInput(
        what="Responses that are no page: an image, an error, no HTTP at all",
        make=_file(
            "a.warc",
            _web(
                _page(1), response(b"GIF89a", "image/gif"), response(b"<p>no</p>", status="404 Not Found"), b"\x00\x01"
            ),
        ),
        loaded=1,
        reasons=("http_error", "invalid_record", "not_a_page"),
        outcome="Rejected, each for its reason; the rest is loaded.",
    ),
    BadInput(
        what="A page without an article",
        make=_file("a.warc", _web(_page(1), response(b"<html><body><a href='/'>Trang</a></body></html>"))),
        loaded=1,
        reasons=("empty_text",),
        outcome=_REST.format("page"),
    ),
    BadInput(
        what="A truncated BSON file",
        make=_file("a.bson", _documents(1, 2, 3)[:-30]),
        loaded=2,
        reasons=("truncated",),
        outcome="The documents before the break are loaded, the break is one rejected record.",
    ),
    BadInput(
        what="A BSON document that is damaged inside",
        make=_file("a.bson", _documents(1) + _documents(2).replace(b"\x02text", b"\x42text") + _documents(3)),
        loaded=2,
        reasons=("invalid_record",),
        outcome=_REST.format("document"),
    ),
    BadInput(
        what="A BSON document with a nonsensical length",
        make=_file("a.bson", _documents(1) + b"\xff\xff\xff\x7f" + _documents(2)),
        loaded=1,
        reasons=("invalid_record",),
        outcome="What stands before it is loaded; what follows cannot be found: one rejected record.",
    ),
    BadInput(
        what="A truncated Arrow stream",
        make=_file("a.arrows", _arrow(9)[:-2000]),
        loaded=-1,
        reasons=("truncated",),
        outcome="The batches before the break are loaded, the break is one rejected record.",
    ),
    BadInput(
        what="A truncated Arrow file",
        make=_file("a.arrow", _arrow_file()[:-9]),
        status="failed",
        error="truncated or damaged Arrow IPC",
        outcome="The file is failed: without its footer nothing in it can be found.",
    ),
    BadInput(
        what="A dump of SQL, RTF or a mail that is called a text",
        make=_file("a.txt", b"INSERT INTO `a` VALUES (1, '" + article(1).encode() + b"');\n"),
        reasons=("not_a_page",),
        outcome="Rejected: it was written for programs.",
    ),
    BadInput(
        what="XML that ends early",
        make=_file("a.xml", f"<rss><item><id>1</id><noi_dung>{article(1)}</noi_dung></item><item><id>".encode()),
        loaded=1,
        reasons=("truncated",),
        outcome="The articles before the break are loaded, the break is one rejected record.",
    ),
    BadInput(
        what="XML with entities of its own, nested without end, or without an article",
        make=_file("a.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'),
        reasons=("not_a_page",),
        outcome="Rejected.",
    ),
    BadInput(
        what="A moment in the year 10,000 in a Parquet column",
        make=_file("a.parquet", _far_moment()),
        loaded=1,
        outcome="Loaded without it.",
    ),
    BadInput(
        what="Two charsets in one text",
        make=_file("a.txt", (article(1) * 3).encode() + "Céng hoµ x· héi chñ nghÜa ViÖt Nam".encode("cp1252")),
        reasons=("invalid_encoding",),
        outcome="Rejected: no reading of it would be right.",
    ),
)
