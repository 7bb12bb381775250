"""The extractor's records into raw: of one article and version in one transaction with their extraction row.

Not here: what is extracted (``bienban.extract``), which version is running (``bienban.version``).
"""

import logging
import traceback
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from psycopg import Connection, DataError, IntegrityError
from psycopg.types.json import Jsonb

from bienban.extraction_rows import TABLES, rows_of
from bienban.identity import day_in_vietnam
from bienban.io.database import copy_rows, raw_transaction
from bienban.records import Article, Extraction

_LOG = logging.getLogger(__name__)
_BATCH = 500

Extractor = Callable[[Article], Extraction]

_NEW = "not exists (select from raw.extractions as e where e.article_id = a.article_id)"
_OUTDATED = """not exists (
    select from raw.extractions as e
    where e.article_id = a.article_id and e.extractor_version = %(version)s and e.is_current
)"""
_NEXT = """
select a.article_id, a.text, a.title, a.url, a.published_at, a.changed_at
from raw.articles as a
where a.article_id > %(after)s and {condition}
order by a.article_id limit %(limit)s
"""
_UNMOVED = """
select a.article_id from raw.articles as a
inner join unnest(%s::uuid[], %s::timestamptz[]) as read (article_id, changed_at)
    on read.article_id = a.article_id and read.changed_at = a.changed_at
"""
_EXTRACTION_COLUMNS = (
    "article_id",
    "extractor_version",
    "status",
    "error",
    "is_meeting_report",
    "confidence",
    "fields",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    article_id: uuid.UUID
    changed_at: datetime
    extraction: Extraction | None
    error: str | None


def extract_new(connection: Connection, extractor: Extractor, version: str, limit: int | None = None) -> dict[str, int]:
    """Extract articles that have no extraction of any version. Counts: extracted, meetings, failed."""
    return _run(connection, extractor, version, _NEW, limit)


def extract_outdated(connection: Connection, extractor: Extractor, version: str) -> dict[str, int]:
    """Extract articles whose current extraction is of another version, or missing; ``version`` becomes current."""
    return _run(connection, extractor, version, _OUTDATED, None)


def _run(
    connection: Connection, extractor: Extractor, version: str, condition: str, limit: int | None
) -> dict[str, int]:
    counts: Counter[str] = Counter(extracted=0, meetings=0, failed=0)
    after, left = uuid.UUID(int=0), limit
    query = _NEXT.format(condition=condition)
    while left is None or left > 0:
        size = _BATCH if left is None else min(_BATCH, left)
        values = {"after": after, "limit": size, "version": version}
        with connection.transaction():
            articles = connection.execute(query, values).fetchall()
        if not articles:
            break
        counts.update(_store(connection, [_extract(row, extractor) for row in articles], version))
        after = articles[-1][0]
        left = None if left is None else left - len(articles)
    return dict(counts)


def _extract(
    row: tuple[uuid.UUID, str, str | None, str | None, datetime | None, datetime], extractor: Extractor
) -> _Done:
    article_id, text, title, url, published_at, changed_at = row
    article = Article(id=str(article_id), text=text, title=title, url=url, published_on=day_in_vietnam(published_at))
    try:
        return _Done(article_id=article_id, changed_at=changed_at, extraction=extractor(article), error=None)
    except Exception as error:  # one article that breaks the extractor must not hold up the others
        place = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {error} ({place.name}, line {place.lineno})"
        _LOG.error("extraction of %s failed: %s", article_id, told)
        return _Done(article_id=article_id, changed_at=changed_at, extraction=None, error=told.replace("\x00", ""))


def _store(connection: Connection, done: list[_Done], version: str) -> Counter[str]:
    """Write the batch; a record that no column can hold fails its article alone."""
    try:
        return _write(connection, done, version)
    except (DataError, IntegrityError) as error:
        if len(done) > 1:
            return sum((_store(connection, [each], version) for each in done), Counter())
        told = f"{type(error).__name__}: {str(error).splitlines()[0]}"
        return _write(connection, [replace(done[0], extraction=None, error=told)], version)


def _write(connection: Connection, done: list[_Done], version: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    with raw_transaction(connection):
        # An article whose text moved since it was read is left to the next run: its offsets are stale.
        ids, moments = [each.article_id for each in done], [each.changed_at for each in done]
        unmoved = {row[0] for row in connection.execute(_UNMOVED, (ids, moments))}
        done = [each for each in done if each.article_id in unmoved]
        ids = [each.article_id for each in done]
        # A failed or interrupted try of the same version gives way.
        connection.execute(
            "delete from raw.extractions where article_id = any(%s) and extractor_version = %s", (ids, version)
        )
        connection.execute(
            "update raw.extractions set is_current = false where article_id = any(%s) and is_current", (ids,)
        )
        copy_rows(connection, "raw.extractions", _EXTRACTION_COLUMNS, (_extraction_row(each, version) for each in done))
        found = [(each.article_id, each.extraction) for each in done if each.extraction is not None]
        for table, columns in TABLES.items():
            rows = (
                row for article_id, extraction in found for row in rows_of(table, str(article_id), extraction, version)
            )
            counts[table] += copy_rows(connection, f"raw.{table}", columns, rows)
    counts["extracted"] = len(found)
    counts["failed"] = len(done) - len(found)
    return counts


def _extraction_row(done: _Done, version: str) -> tuple[object, ...]:
    found = done.extraction
    if found is None:
        return (done.article_id, version, "failed", done.error, None, None, Jsonb({}))
    fields = Jsonb(dict(found.fields))
    return (done.article_id, version, "extracted", None, found.is_meeting_report, round(found.confidence, 4), fields)
