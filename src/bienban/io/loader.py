"""Staged records into raw, each dump file in one transaction: reject, filter, exact duplicate, load.

Loading is exactly once: a file is read again as long as its transaction has not committed, and its
rows appear together with its balance. Whatever the order of files, ``raw.articles`` comes out the same.

Not here: reading (``staging.py``), which occurrence speaks for an article (``representatives.py``).
"""

import logging
from collections.abc import Iterator

from psycopg import Connection, DataError, IntegrityError
from psycopg.errors import ProgramLimitExceeded

from bienban.io import parts, representatives, staging
from bienban.io.database import raw_transaction
from bienban.io.dump_files import UNFINISHED, DumpFile
from bienban.io.readers import SourceError

_LOG = logging.getLogger(__name__)

COUNTS = ("records_read", "loaded", "duplicates", "filtered", "rejected")
_GROUP_FILES = 200
_GROUP_BYTES = 8 * 1024 * 1024

_KEEP_OPEN = "delete from staged where not dump_file_id = any(%s)"
_TAKEN_DOWN = """
update staged set reason = 'taken_down', detail = 'its text was taken down', excerpt = null
where reason is null and article_sha256 in (select article_sha256 from audit.take_downs)
"""
_REJECT = """
insert into raw.rejected_records (dump_file_id, record_locator, reason, detail, excerpt)
select dump_file_id, record_locator, reason, detail, excerpt from staged where reason is not null
"""
_TOUCHED = """
create temporary table touched on commit drop as
select s.article_id, bool_and(a.article_id is null) as is_new, count(*) = 1 as is_alone
from staged as s left join raw.articles as a on a.article_id = s.article_id
where s.reason is null group by s.article_id
"""
_INSERT_ARTICLES = """
insert into raw.articles (article_id, text, title, url, site, published_at, published_at_source)
select distinct on (s.article_id)
    s.article_id, s.text, s.title, s.url, s.site, s.published_at, s.published_at_source
from staged as s inner join touched as t on t.article_id = s.article_id and t.is_new
where s.reason is null order by
    s.article_id, s.published_at nulls last, s.url collate "C" nulls last, s.text collate "C",
    s.title collate "C" nulls last, s.published_at_source collate "C" nulls last
"""
_INSERT_OCCURRENCES = """
insert into raw.article_occurrences (
    dump_file_id, record_locator, article_id, title, url, site,
    published_at, published_at_source, crawled_at, own_text, outcome
)
select
    s.dump_file_id, s.record_locator, s.article_id, s.title, s.url, s.site,
    s.published_at, s.published_at_source, s.crawled_at,
    case when not (t.is_new and t.is_alone) then nullif(s.text, a.text) end,
    case when t.is_new and row_number() over (
        partition by s.article_id order by array_position(%s, s.dump_file_id), s.ordinal
    ) = 1 then 'loaded' else 'duplicate' end
from staged as s
inner join touched as t on t.article_id = s.article_id
inner join raw.articles as a on a.article_id = s.article_id
where s.reason is null
"""
_FINISH = """
update raw.dump_files as f
set status = 'loaded', error = null, format = %(format)s, compression = %(compression)s, sha256 = %(sha256)s,
    records_read = %(records_read)s, filtered = %(filtered)s, filtered_reasons = %(filtered_reasons)s,
    rejected = (select count(*) from raw.rejected_records as r where r.dump_file_id = f.dump_file_id),
    loaded = (
        select count(*) from raw.article_occurrences as o
        where o.dump_file_id = f.dump_file_id and o.outcome = 'loaded'
    ),
    duplicates = (
        select count(*) from raw.article_occurrences as o
        where o.dump_file_id = f.dump_file_id and o.outcome = 'duplicate'
    ),
    ended_at = clock_timestamp(), changed_at = clock_timestamp()
where f.dump_file_id = %(dump_file_id)s
returning records_read, loaded, duplicates, filtered, rejected
"""


def load_files(connection: Connection, files: list[DumpFile]) -> tuple[dict[str, int], dict[str, str]]:
    """Load the files; the counts of those loaded, and the url and error of those that failed.

    Small files share a transaction, a larger one has its own. A failing file is marked failed with its
    error and the others go on.
    """
    totals = dict.fromkeys(COUNTS, 0)
    failures: dict[str, str] = {}
    for group in _groups(files):
        for counts in _load_group(connection, group, failures):
            for name, value in counts.items():
                totals[name] += value
    return totals, failures


def load_part(connection: Connection, dump_file: DumpFile, part: int) -> dict[str, int]:
    """Read one part of a large file; who reads the last one loads the file. The counts of what was loaded.

    Raises SourceError, and marks the file failed, when it cannot be read; its parts are then planned anew.
    """
    _start(connection, [dump_file])
    try:
        parts.stage_part(connection, dump_file, part)
        if not parts.is_all_staged(connection, dump_file):
            return dict.fromkeys(COUNTS, 0)
        with dump_file.opened() as path:
            digest = staging.sha256_of(path)
    except (SourceError, OSError, DataError) as error:
        _fail(connection, dump_file, str(error))
        if isinstance(error, SourceError):  # another file by now: what was read of it is void
            with connection.transaction():
                connection.execute("delete from raw.dump_file_parts where dump_file_id = %s", (dump_file.dump_file_id,))
        raise SourceError(str(error)) from error
    staging.clear(connection)
    with connection.transaction():
        staged = parts.all_staged(connection, dump_file, digest)
        counts = _move(connection, [staged])
        connection.execute("delete from raw.staged_records where dump_file_id = %s", (dump_file.dump_file_id,))
    return counts[0] if counts else dict.fromkeys(COUNTS, 0)


def _load_group(connection: Connection, group: list[DumpFile], failures: dict[str, str]) -> list[dict[str, int]]:
    _start(connection, group)
    staging.clear(connection)
    staged: list[staging.Staged] = []
    for dump_file in group:
        try:
            staged.append(staging.stage(connection, dump_file))
        except (SourceError, OSError, DataError) as error:
            failures[dump_file.url] = str(error)
            _fail(connection, dump_file, str(error))
    try:
        return _move(connection, staged)
    except (DataError, IntegrityError, ProgramLimitExceeded) as error:
        # A value that no column can hold: it must fail its own file, not its neighbours.
        if len(group) > 1:
            return [
                counts
                for each in group
                if each.url not in failures
                for counts in _load_group(connection, [each], failures)
            ]
        failures[group[0].url] = str(error)
        _fail(connection, group[0], str(error))
        return []


def _groups(files: list[DumpFile]) -> Iterator[list[DumpFile]]:
    group: list[DumpFile] = []
    for each in files:
        if group and (len(group) >= _GROUP_FILES or sum(one.weight for one in group) + each.weight > _GROUP_BYTES):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _start(connection: Connection, group: list[DumpFile]) -> None:
    with connection.transaction():
        connection.execute(
            "update raw.dump_files"
            " set status = 'loading', error = null, ended_at = null, started_at = clock_timestamp()"
            " where dump_file_id = any(%s) and status = any(%s)",
            ([each.dump_file_id for each in group], list(UNFINISHED)),
        )


def _fail(connection: Connection, dump_file: DumpFile, error: str) -> None:
    _LOG.error("%s: %s", dump_file.url, error)
    with connection.transaction():
        connection.execute(
            "update raw.dump_files set status = 'failed', error = %s, ended_at = clock_timestamp()"
            " where dump_file_id = %s and status = any(%s)",
            (error.replace("\x00", ""), dump_file.dump_file_id, list(UNFINISHED)),
        )


def _move(connection: Connection, staged: list[staging.Staged]) -> list[dict[str, int]]:
    """Move the staged rows into raw with their balance; per file its counts."""
    ids = [each.dump_file_id for each in staged]
    if not ids:
        return []
    with raw_transaction(connection):
        rows = connection.execute(
            "select dump_file_id from raw.dump_files where dump_file_id = any(%s) and status = any(%s) for update",
            (ids, list(UNFINISHED)),
        )
        still_open = [row[0] for row in rows]  # another process may have loaded one meanwhile
        connection.execute(_KEEP_OPEN, (still_open,))
        connection.execute("set local work_mem = '128MB'")  # sorts of whole texts; one loader moves at a time
        connection.execute("analyze staged")
        for statement in (_TAKEN_DOWN, _REJECT, _TOUCHED, _INSERT_ARTICLES):
            connection.execute(statement)
        connection.execute(_INSERT_OCCURRENCES, (ids,))
        connection.execute("analyze touched")
        representatives.choose(connection)
        return [_finish(connection, each) for each in staged if each.dump_file_id in still_open]


def _finish(connection: Connection, staged: staging.Staged) -> dict[str, int]:
    values = {name: getattr(staged, name) for name in staging.Staged.__slots__}
    row = connection.execute(_FINISH, values).fetchone()
    assert row is not None
    return dict(zip(COUNTS, row, strict=True))
