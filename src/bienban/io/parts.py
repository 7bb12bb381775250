"""A large dump file in parts: each is read by a task of its own, the file is loaded when all are read.

A part's candidates wait in ``raw.staged_records``, written in one transaction with its counts: a part that is killed
leaves nothing, one that is done is not read again. Locators, outcomes and balance are those of the file read whole.

Not here: where files are cut (``part_plans.py``); loading what was staged (``loader.py``).
"""

from psycopg import Connection, sql
from psycopg.types.json import Jsonb

from bienban.io.database import copy_rows
from bienban.io.dump_files import DumpFile
from bienban.io.part_plans import KINDS, Place, chunks_of, divided
from bienban.io.readers import SourceError
from bienban.io.staging import COLUMNS, Staged, Tally, candidate_rows

_STAGED = """
update raw.dump_file_parts set records_read = %(read)s, candidates = %(candidates)s, filtered = %(filtered)s,
    filtered_reasons = %(reasons)s, rejected = %(rejected)s, format = %(format)s, staged_at = clock_timestamp()
where dump_file_id = %(dump_file_id)s and part = %(part)s
"""
_PROGRESS = """
update raw.dump_files as f set records_read = p.records_read, filtered = p.filtered, rejected = p.rejected
from (
    select sum(records_read) as records_read, sum(filtered) as filtered, sum(rejected) as rejected
    from raw.dump_file_parts where dump_file_id = %(id)s and staged_at is not null
) as p where f.dump_file_id = %(id)s and f.status = 'loading'
"""


def plan(connection: Connection, files: list[DumpFile], part_bytes: int) -> dict[str, list[int]]:
    """By dump file the parts that are still to be done, of those that are not read whole.

    A plan is made once: killed and run again, a file keeps its parts whatever the setting says by then. Of a file
    whose parts are all read the last one is named, whose task loads it.
    """
    query = (
        "select dump_file_id, part, staged_at is not null from raw.dump_file_parts"
        " where dump_file_id = any(%s) order by dump_file_id, part"
    )
    known: dict[str, list[tuple[int, bool]]] = {}
    for dump_file_id, part, is_staged in connection.execute(query, ([each.dump_file_id for each in files],)):
        known.setdefault(dump_file_id, []).append((part, is_staged))
    for each in files:
        if each.dump_file_id not in known and (places := divided(each, part_bytes)):
            _write_down(connection, each, places)
            known[each.dump_file_id] = [(part, False) for part in range(len(places))]
    return {
        name: [part for part, is_staged in found if not is_staged] or [part for part, _ in found[-1:]]
        for name, found in known.items()
    }


def _write_down(connection: Connection, dump_file: DumpFile, places: list[Place]) -> None:
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(
            "insert into raw.dump_file_parts (dump_file_id, part, place) values (%s, %s, %s) on conflict do nothing",
            [(dump_file.dump_file_id, part, str(place)) for part, place in enumerate(places)],
        )


def stage_part(connection: Connection, dump_file: DumpFile, part: int) -> None:
    """Read the part, unless it was read before. Raises SourceError when the file is damaged or another by now."""
    with connection.transaction():
        row = connection.execute(
            "select place, staged_at is not null from raw.dump_file_parts where dump_file_id = %s and part = %s"
            " for update",
            (dump_file.dump_file_id, part),
        ).fetchone()
        if row is None:
            raise SourceError(f"{dump_file.url} has no part {part}: discover it again")
        if row[1]:
            return
        tally, place = Tally(), Place.of(row[0])
        with dump_file.opened() as path:
            head = (dump_file.dump_file_id, part)
            rows = ((*head, *each) for each in candidate_rows(chunks_of(path, place), tally))
            written = copy_rows(connection, "raw.staged_records", ("dump_file_id", "part", *COLUMNS), rows)
        counts = {
            "read": tally.read,
            "candidates": written - tally.rejected,
            "filtered": tally.reasons.total(),
            "reasons": tally.told_reasons(),
            "rejected": tally.rejected,
            "format": KINDS[place.unit][0],
        }
        connection.execute(_STAGED, {**counts, "dump_file_id": dump_file.dump_file_id, "part": part})
    with connection.transaction():
        connection.execute(_PROGRESS, {"id": dump_file.dump_file_id})


def all_staged(connection: Connection, dump_file: DumpFile, sha256: str) -> Staged:
    """Put the staged rows of all parts into the session's staging table; what reading the file told."""
    reasons: dict[str, int] = {}
    rows = connection.execute(
        "select records_read, filtered, filtered_reasons, format, place from raw.dump_file_parts"
        " where dump_file_id = %s",
        (dump_file.dump_file_id,),
    ).fetchall()
    for row in rows:
        for reason, number in row[2].items():
            reasons[reason] = reasons.get(reason, 0) + number
    connection.execute(_COPY, {"id": dump_file.dump_file_id})
    return Staged(
        dump_file_id=dump_file.dump_file_id,
        format=rows[0][3],
        compression=KINDS[Place.of(rows[0][4]).unit][1],
        sha256=sha256,
        records_read=sum(row[0] for row in rows),
        filtered=sum(row[1] for row in rows),
        filtered_reasons=Jsonb(reasons),
    )


_COPY = sql.SQL(
    "insert into staged (dump_file_id, ordinal, {others})"
    " select dump_file_id, row_number() over (order by part, ordinal), {others}"
    " from raw.staged_records where dump_file_id = %(id)s"
).format(others=sql.SQL(", ").join(sql.Identifier(name) for name in COLUMNS if name != "ordinal"))


def is_all_staged(connection: Connection, dump_file: DumpFile) -> bool:
    """Whether every part of the file was read."""
    query = "select bool_and(staged_at is not null) from raw.dump_file_parts where dump_file_id = %s"
    row = connection.execute(query, (dump_file.dump_file_id,)).fetchone()
    return row is not None and bool(row[0])
