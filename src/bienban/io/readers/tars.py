"""Tar archives, plain or compressed, read from front to back. Members are read, never unpacked to disk.

Archives are gone through twice: metadata files may stand behind their texts.
"""

import io
import tarfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any, Self, cast

from bienban.io.readers.columns import Columns
from bienban.io.readers.compressions import BREAKS, Damaged, break_of, guarded, naming_damage
from bienban.io.readers.limits import HEAD_BYTES, Budget
from bienban.io.readers.members import Places, is_noise, unsafe
from bienban.io.readers.records import Reason, Record, Rejection, escaped
from bienban.io.readers.streams import Part, read_part
from bienban.io.readers.text_files import META_SUFFIX

_HEADER_BYTES = 1024 * 1024  # for a long name or attributes; they are held in memory
_METADATA_BYTES = 256 * 1024 * 1024  # of all metadata files together
_IN_HEADERS = frozenset(
    {tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE}
)


def read_tar(
    opened: Callable[[], IO[bytes]], form: str, columns: Columns, budget: Budget, charset: str | None = None
) -> Iterator[Record | Rejection]:
    """Yield the records of every member in the archive's order. Locator: ``member:<name>`` (+ ``#byte:<offset>``).

    ``opened`` gives the expanded archive from its begin, each time anew. ``budget`` is for what its members expand to.
    """
    names, metadata = _gathered(opened)
    places = Places()
    found: Record | Rejection | None = None
    try:
        with opened() as stream:
            for archive, member in _members(stream):
                if member.isdir() or is_noise(member.name, names):
                    continue
                part = Part(
                    name=member.name,
                    source=member.name,
                    member=places.of(member.name),
                    form=form,
                    columns=columns,
                    beside=lambda name: metadata.get(_plain(name)),
                    budget=budget,
                    charset=charset,
                )
                for found in _read_member(archive, member, part):
                    yield found
    except BREAKS as error:
        broken = break_of(error, "end")
        if not isinstance(found, Rejection) or found.reason is not broken.reason:  # the member told it
            yield broken


def _plain(name: str) -> str:
    """The name without the ./ that some archives put before all of them."""
    return str(PurePosixPath(name))


def _gathered(opened: Callable[[], IO[bytes]]) -> tuple[set[str], dict[str, bytes]]:
    """All names, and the metadata files. What breaks here breaks again, and is told, when the members are read."""
    names: set[str] = set()
    metadata: dict[str, bytes] = {}
    held = 0
    try:
        with opened() as stream:
            for archive, member in _members(stream):
                names.add(member.name)
                if member.isreg() and member.name.endswith(META_SUFFIX) and member.size < HEAD_BYTES:
                    held += member.size
                    if held > _METADATA_BYTES:
                        break
                    with naming_damage():
                        metadata[_plain(member.name)] = cast(IO[bytes], archive.extractfile(member)).read()
    except BREAKS:
        pass
    return names, metadata


def _members(stream: IO[bytes]) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """Raises what a broken stream raises, and Damaged for a broken archive."""
    with naming_damage():
        archive = tarfile.open(fileobj=stream, mode="r|", tarinfo=_Member)  # noqa: SIM115  (the caller's stream is closed)
    while True:
        with naming_damage():
            member = archive.next()
        if member is None:
            return
        yield archive, member
        cast(Any, archive).members = []  # a hundred thousand would be kept


class _Member(tarfile.TarInfo):
    """A member whose header is no larger than headers are; an archive that ends early or is broken says so."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(archive)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            raise
        except tarfile.HeaderError as error:  # the library takes it for the end
            raise Damaged(f"at byte {archive.offset:,}: {error}") from error

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _IN_HEADERS and self.size > _HEADER_BYTES:
            raise Damaged(f"a header of {self.size:,} bytes")
        return super()._proc_member(archive)  # type: ignore[misc,no-any-return]


def _read_member(archive: tarfile.TarFile, member: tarfile.TarInfo, part: Part) -> Iterator[Record | Rejection]:
    if problem := _problem(member, part.budget):
        yield Rejection(locator=part.member, reason=problem[0], detail=problem[1], excerpt=escaped(member.name))
        return
    with naming_damage():
        file = archive.extractfile(member)
    if file is not None:
        yield from read_part(part, guarded(cast(io.BufferedIOBase, file), part.budget))


def _problem(member: tarfile.TarInfo, budget: Budget) -> tuple[Reason, str] | None:
    """Why a member must not be opened."""
    if told := unsafe(member.name):
        return Reason.UNSAFE_PATH, told
    if not member.isreg():
        return Reason.UNSAFE_PATH, "a link or a device"
    if budget.is_spent:
        return Reason.EXPANDS_TOO_FAR, f"the archive expanded past {budget.allowed:,} bytes before this member"
    return None
