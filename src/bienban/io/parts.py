"""A large dump file in parts: each is read by a task of its own, the file is loaded when all are read.

A part's candidates wait in ``raw.staged_records``, written in one transaction with its counts: a part that is killed
leaves nothing, one that is done is not read again. Locators, outcomes and balance are those of the file read whole.

Not here: loading what was staged (``loader.py``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow.parquet as pq
from psycopg import Connection, sql
from psycopg.types.json import Jsonb

from bienban.io.database import copy_rows
from bienban.io.dump_files import DumpFile, local_path
from bienban.io.readers import Dump, SourceError
from bienban.io.readers.batches import format_of, parquet_groups
from bienban.io.readers.chunks import Chunk
from bienban.io.readers.fields import default_columns
from bienban.io.readers.json_lines import json_lines_chunks
from bienban.io.remote import is_remote
from bienban.io.staging import COLUMNS, Staged, Tally, candidate_rows

_BLOCK = 1024 * 1024

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


@dataclass(frozen=True, slots=True)
class _Part:
    """A range of row groups or of bytes, the end excluded."""

    unit: str  # groups | bytes
    first: int
    end: int

    @property
    def place(self) -> str:
        return f"{self.unit}:{self.first}-{self.end}"


def plan(connection: Connection, dump_file: DumpFile, part_bytes: int) -> list[int]:
    """The parts of the file that are still to be done; empty when it is read whole.

    A plan is made once: killed and run again, a file keeps its parts whatever the setting says by then. Of a file
    whose parts are all read the last one is named, whose task loads it.
    """
    query = "select part, staged_at is not null from raw.dump_file_parts where dump_file_id = %s order by part"
    with connection.transaction():
        known = connection.execute(query, (dump_file.dump_file_id,)).fetchall()
        if not known:
            places = [each.place for each in _divided(dump_file, part_bytes)]
            known = [(part, False) for part in range(len(places))]
            with connection.cursor() as cursor:
                cursor.executemany(
                    "insert into raw.dump_file_parts (dump_file_id, part, place) values (%s, %s, %s)"
                    " on conflict do nothing",
                    [(dump_file.dump_file_id, part, place) for part, place in enumerate(places)],
                )
    return [part for part, is_staged in known if not is_staged] or [part for part, _ in known[-1:]]


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
        tally = Tally()
        with dump_file.opened() as path:
            head = (dump_file.dump_file_id, part)
            rows = ((*head, *each) for each in candidate_rows(_chunks(path, row[0]), tally))
            written = copy_rows(connection, "raw.staged_records", ("dump_file_id", "part", *COLUMNS), rows)
        counts = {
            "read": tally.read,
            "candidates": written - tally.rejected,
            "filtered": tally.reasons.total(),
            "reasons": tally.told_reasons(),
            "rejected": tally.rejected,
            "format": "parquet" if row[0].startswith("groups") else "json_lines",
        }
        connection.execute(_STAGED, {**counts, "dump_file_id": dump_file.dump_file_id, "part": part})
    with connection.transaction():
        connection.execute(_PROGRESS, {"id": dump_file.dump_file_id})


def all_staged(connection: Connection, dump_file: DumpFile, sha256: str) -> Staged:
    """Put the staged rows of all parts into the session's staging table; what reading the file told."""
    reasons: dict[str, int] = {}
    rows = connection.execute(
        "select records_read, filtered, filtered_reasons, format from raw.dump_file_parts where dump_file_id = %s",
        (dump_file.dump_file_id,),
    ).fetchall()
    for row in rows:
        for reason, number in row[2].items():
            reasons[reason] = reasons.get(reason, 0) + number
    connection.execute(_COPY, {"id": dump_file.dump_file_id})
    return Staged(
        dump_file_id=dump_file.dump_file_id,
        format=rows[0][3],
        compression=None,
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


def _divided(dump_file: DumpFile, part_bytes: int) -> list[_Part]:
    """The parts of a file that can be read in parts and is larger than one."""
    if is_remote(dump_file.url) or dump_file.weight <= part_bytes:
        return []
    path = local_path(dump_file.url)
    form, compression = format_of(Dump(path))
    if compression is not None or form not in ("parquet", "json_lines"):
        return []
    parts = _of_groups(path, part_bytes) if form == "parquet" else _of_bytes(dump_file.weight, part_bytes)
    return parts if len(parts) > 1 else []


def _of_bytes(size: int, part_bytes: int) -> list[_Part]:
    return [_Part("bytes", first, min(first + part_bytes, size)) for first in range(0, size, part_bytes)]


def _of_groups(path: Path, part_bytes: int) -> list[_Part]:
    parts: list[_Part] = []
    first = held = 0
    with pq.ParquetFile(path) as file:
        groups = file.num_row_groups
        for group in range(groups):
            told = file.metadata.row_group(group)
            held += sum(told.column(at).total_compressed_size for at in range(told.num_columns))
            if held >= part_bytes or group == groups - 1:
                parts.append(_Part("groups", first, group + 1))
                first, held = group + 1, 0
    return parts


def _chunks(path: Path, place: str) -> Iterator[Chunk]:
    unit, _, span = place.partition(":")
    first, end = map(int, span.split("-"))
    if unit == "groups":
        yield from parquet_groups(Dump(path), range(first, end))
        return
    with path.open("rb") as stream:
        yield from json_lines_chunks(stream, "", default_columns(), _next_line(stream, first), end)


def _next_line(stream: IO[bytes], first: int) -> int:
    """Where the first line begins that begins at ``first`` or later; the stream stands there."""
    if first == 0:
        return 0
    stream.seek(first - 1)
    while block := stream.readline(_BLOCK):
        if block.endswith(b"\n"):
            break
    return stream.tell()
