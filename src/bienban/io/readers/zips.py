"""Zip archives. Members are read, never unpacked to disk."""

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from bienban.io.readers.columns import Columns
from bienban.io.readers.compressions import Damaged, break_of, guarded, naming_damage
from bienban.io.readers.limits import HEAD_BYTES, Budget
from bienban.io.readers.members import Places, is_noise, unsafe
from bienban.io.readers.records import Reason, Record, Rejection, SourceError, escaped
from bienban.io.readers.streams import Part, read_part

_ENCRYPTED = 0x1


def read_zip(
    path: Path, form: str, columns: Columns, charset: str | None = None, wanted: range | None = None
) -> Iterator[Record | Rejection]:
    """Yield the records of every member in the archive's order, or of the ``wanted`` ones, counted from 0.

    Locator: ``member:<name>`` (+ ``#byte:<offset>``).

    Raises SourceError when the archive has no readable directory.
    """
    try:
        with naming_damage():
            archive = zipfile.ZipFile(path)
    except (Damaged, OSError) as error:
        raise SourceError(f"{path}: truncated or damaged zip ({error}): copy it again") from error
    with archive:
        budget = Budget(path.stat().st_size)
        places = Places()
        names = set(archive.namelist())
        for number, member in enumerate(archive.infolist()):
            if member.filename.endswith("/") or is_noise(member.filename, names):
                continue
            locator = places.of(member.filename)
            if wanted is not None and number not in wanted:
                continue
            problem = _problem(member, budget)
            if problem is not None:
                excerpt = escaped(member.filename)
                yield Rejection(locator=locator, reason=problem[0], detail=problem[1], excerpt=excerpt)
                continue
            yield from _read_member(archive, member, locator, form, columns, charset, budget, names)


def _read_member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    locator: str,
    form: str,
    columns: Columns,
    charset: str | None,
    budget: Budget,
    names: set[str],
) -> Iterator[Record | Rejection]:
    def beside(name: str) -> bytes | None:
        known = name in names and archive.getinfo(name).file_size < HEAD_BYTES
        with naming_damage():
            return archive.read(name) if known else None

    part = Part(
        name=member.filename,
        source=member.filename,
        member=locator,
        form=form,
        columns=columns,
        beside=beside,
        budget=budget,
        charset=charset,
    )
    try:
        with naming_damage():
            opened = archive.open(member)
    except Damaged as error:
        yield break_of(error, locator)
        return
    with opened:
        yield from read_part(part, guarded(cast(zipfile.ZipExtFile, opened), budget))


def _problem(member: zipfile.ZipInfo, budget: Budget) -> tuple[Reason, str] | None:
    """Why a member must not be opened."""
    if told := unsafe(member.filename):
        return Reason.UNSAFE_PATH, told
    if stat.S_ISLNK(member.external_attr >> 16):
        return Reason.UNSAFE_PATH, "a symbolic link"
    if member.flag_bits & _ENCRYPTED:
        return Reason.ENCRYPTED, "the member wants a password"
    if budget.is_spent:
        return Reason.EXPANDS_TOO_FAR, f"the archive expanded past {budget.allowed:,} bytes before this member"
    return None
