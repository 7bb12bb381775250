"""Zip archives of text files and JSON Lines. Members are read, never unpacked to disk."""

import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import cast

from bienban.io.readers.compressions import Damaged, break_of, guarded, naming_damage
from bienban.io.readers.limits import MAX_LOCATOR_BYTES, Budget
from bienban.io.readers.recognise import HEAD_BYTES
from bienban.io.readers.records import Reason, Record, Rejection, SourceError, escaped
from bienban.io.readers.streams import Part, read_part
from bienban.io.readers.text_files import META_SUFFIX

_ENCRYPTED = 0x1


def read_zip(path: Path, form: str, columns: Mapping[str, tuple[str, ...]]) -> Iterator[Record | Rejection]:
    """Yield the records of every member in the archive's order. Locator: ``member:<name>`` (+ ``#byte:<offset>``).

    Raises SourceError when the archive has no readable directory.
    """
    try:
        with naming_damage():
            archive = zipfile.ZipFile(path)
    except (Damaged, OSError) as error:
        raise SourceError(f"{path}: truncated or damaged zip ({error}): copy it again") from error
    with archive:
        budget = Budget(path.stat().st_size)
        seen: set[str] = set()
        names = set(archive.namelist())
        for member in archive.infolist():
            if member.filename.endswith("/") or _is_noise(member.filename, names):
                continue
            locator = _locator(member, seen)
            problem = _problem(member, budget)
            if problem is not None:
                excerpt = escaped(member.filename)
                yield Rejection(locator=locator, reason=problem[0], detail=problem[1], excerpt=excerpt)
                continue
            yield from _read_member(archive, member, locator, form, columns, budget, names)


def _read_member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    locator: str,
    form: str,
    columns: Mapping[str, tuple[str, ...]],
    budget: Budget,
    names: set[str],
) -> Iterator[Record | Rejection]:
    def beside(name: str) -> bytes | None:
        known = name in names and archive.getinfo(name).file_size < HEAD_BYTES
        with naming_damage():
            return archive.read(name) if known else None

    part = Part(name=member.filename, member=locator, form=form, columns=columns, beside=beside)
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
    name = member.filename
    parts = name.replace("\\", "/").split("/")
    if not PurePosixPath(name).name:
        return Reason.UNSAFE_PATH, "it has no name"
    if name.startswith(("/", "\\")) or ".." in parts or parts[0].endswith(":"):
        return Reason.UNSAFE_PATH, "its name points outside of the archive"
    if stat.S_ISLNK(member.external_attr >> 16):
        return Reason.UNSAFE_PATH, "a symbolic link"
    if len(name.encode("utf-8", "surrogatepass")) > MAX_LOCATOR_BYTES:
        return Reason.UNSAFE_PATH, f"its name has more than {MAX_LOCATOR_BYTES} bytes"
    if member.flag_bits & _ENCRYPTED:
        return Reason.ENCRYPTED, "the member wants a password"
    if budget.is_spent:
        return Reason.EXPANDS_TOO_FAR, f"the archive expanded past {budget.allowed:,} bytes before this member"
    return None


def _is_noise(name: str, names: set[str]) -> bool:
    """Hidden files, and metadata files that belong to a text."""
    if any(part.startswith(".") and part.strip(".") for part in PurePosixPath(name).parts) or name.startswith(
        "__MACOSX/"
    ):
        return True
    base = name.removesuffix(META_SUFFIX)
    return name != base and any(base + ending in names for ending in (".txt", ".txt.seg", ".seg", ""))


def _locator(member: zipfile.ZipInfo, seen: set[str]) -> str:
    """Names may repeat in a zip: the second is NAME@2, in the archive's order."""
    shown = name = escaped(member.filename)
    number = 1
    while name in seen:
        number += 1
        name = f"{shown}@{number}"
    seen.add(name)
    return f"member:{name}"
