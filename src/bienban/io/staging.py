"""A dump file's records into the session's temporary table: read, told apart, filtered, hashed.

Nothing is locked here and raw is not touched: reading may take its time while a build runs.

Not here: what becomes of the staged rows (``loader.py``).
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from psycopg import Connection
from psycopg.types.json import Jsonb

from bienban.identity import article_id, stored_text, text_sha256
from bienban.io.database import copy_rows
from bienban.io.dump_files import DumpFile
from bienban.io.readers import Dump, Record, Rejection
from bienban.io.readers.batches import read_chunks
from bienban.io.sifting import sift

_COLUMNS = (
    "dump_file_id",
    "record_locator",
    "ordinal",
    "reason",
    "detail",
    "excerpt",
    "article_id",
    "article_sha256",
    "text",
    "title",
    "url",
    "site",
    "published_at",
    "published_at_source",
    "crawled_at",
)
_TABLE = """
create temporary table if not exists staged (
    dump_file_id text, record_locator text, ordinal bigint,
    reason text, detail text, excerpt text,
    article_id uuid, article_sha256 text, text text, title text, url text, site text,
    published_at timestamptz, published_at_source text, crawled_at timestamptz
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What reading one file told."""

    dump_file_id: str
    format: str | None
    compression: str | None
    sha256: str
    records_read: int
    filtered: int
    filtered_reasons: Jsonb  # reason -> records


def clear(connection: Connection) -> None:
    """An empty staging table in this session."""
    with connection.transaction():
        connection.execute(_TABLE)
        connection.execute("truncate staged")


def stage(connection: Connection, dump_file: DumpFile) -> Staged:
    """Read the file and add its rejected records and candidates to the staging table.

    Raises SourceError, and adds nothing, when the file cannot be read or changes meanwhile.
    """
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    with connection.transaction(), dump_file.opened() as path:
        dump = Dump(path)
        copy_rows(connection, "staged", _COLUMNS, _rows(dump_file.dump_file_id, dump, counts, reasons))
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Staged(
        dump_file_id=dump_file.dump_file_id,
        format=dump.format,
        compression=dump.compression,
        sha256=digest,
        records_read=counts["read"],
        filtered=reasons.total(),
        filtered_reasons=Jsonb({reason: number for reason, number in reasons.items() if number}),
    )


def _rows(dump_file_id: str, dump: Dump, counts: Counter[str], reasons: Counter[str]) -> Iterator[tuple[object, ...]]:
    ordinals = count()
    for sifted in sift(read_chunks(dump)):
        counts["read"] += sifted.read
        reasons.update(sifted.dropped)
        for found, _ in sifted.found:
            head = (dump_file_id, found.locator, next(ordinals))
            if isinstance(found, Rejection):
                words = (found.reason.value, found.detail.replace("\x00", ""), found.excerpt)
                yield (*head, *words, *(None,) * 9)
            else:
                yield (*head, None, None, None, *_article(found))


def _article(record: Record) -> tuple[object, ...]:
    text, title = stored_text(record.text), _stored_line(record.title)
    sha256 = text_sha256(text)
    url = _stored_line(record.url)
    source = _stored_line(record.published_at_source)
    return (article_id(sha256), sha256, text, title, url, _site(url), record.published_at, source, record.crawled_at)


def _stored_line(value: str | None) -> str | None:
    return (" ".join(stored_text(value).split()) or None) if value is not None else None


def _site(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:  # brackets that hold no IPv6 address
        return None
    return host.removeprefix("www.") if host else None
