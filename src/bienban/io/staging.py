"""A dump file's records into the session's temporary table: read, told apart, filtered, hashed.

Nothing is locked here and raw is not touched: reading may take its time while a build runs.

Not here: what becomes of the staged rows (``loader.py``).
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from psycopg import Connection
from psycopg.types.json import Jsonb

from bienban.identity import article_id, stored_text, text_sha256
from bienban.io.database import copy_rows
from bienban.io.dump_files import DumpFile
from bienban.io.readers import Dump, Record, Rejection
from bienban.io.readers.batches import read_chunks
from bienban.io.readers.chunks import Chunk
from bienban.io.sifting import sift

COLUMNS = (
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
_PLACE = re.compile("[^/?#]*//[^/?#]*")  # of a url what tells its host
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


@dataclass(slots=True)
class Tally:
    """What reading has met so far."""

    read: int = 0
    rejected: int = 0
    reasons: Counter[str] = field(default_factory=Counter)  # of the filtered ones

    def told_reasons(self) -> Jsonb:
        """Reason -> records, without those that did not occur."""
        return Jsonb({reason: number for reason, number in self.reasons.items() if number})


def clear(connection: Connection) -> None:
    """An empty staging table in this session."""
    with connection.transaction():
        connection.execute(_TABLE)
        connection.execute("truncate staged")


def stage(connection: Connection, dump_file: DumpFile) -> Staged:
    """Read the file and add its rejected records and candidates to the staging table.

    Raises SourceError, and adds nothing, when the file cannot be read or changes meanwhile.
    """
    tally = Tally()
    with connection.transaction(), dump_file.opened() as path:
        dump = Dump(path)
        rows = ((dump_file.dump_file_id, *row) for row in candidate_rows(read_chunks(dump), tally))
        copy_rows(connection, "staged", ("dump_file_id", *COLUMNS), rows)
        digest = sha256_of(path)
    return Staged(
        dump_file_id=dump_file.dump_file_id,
        format=dump.format,
        compression=dump.compression,
        sha256=digest,
        records_read=tally.read,
        filtered=tally.reasons.total(),
        filtered_reasons=tally.told_reasons(),
    )


def sha256_of(path: Path) -> str:
    """64 hex of the file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def candidate_rows(chunks: Iterable[Chunk], tally: Tally) -> Iterator[tuple[object, ...]]:
    """A row of COLUMNS for every rejected record and every candidate; ``tally`` counts along."""
    ordinals = count()
    for sifted in sift(chunks):
        tally.read += sifted.read
        tally.reasons.update(sifted.dropped)
        for found, _ in sifted.found:
            head = (found.locator, next(ordinals))
            if isinstance(found, Rejection):
                tally.rejected += 1
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
    place = _PLACE.match(url or "")
    return _host(place[0]) if place else None


@lru_cache(4096)
def _host(place: str) -> str | None:
    try:
        host = urlsplit(place).hostname
    except ValueError:  # brackets that hold no IPv6 address
        return None
    return host.removeprefix("www.") if host else None
