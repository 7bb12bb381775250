"""Dump formats, recognised by content: one protocol, records or rejections with their place in the dump."""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import IO

from bienban.io.readers.fields import default_columns
from bienban.io.readers.json_lines import DAMAGED, read_json, read_json_lines
from bienban.io.readers.limits import MAX_RECORD_BYTES, Budget, BudgetedStream, ExpandsTooFar
from bienban.io.readers.recognise import HEAD_BYTES, recognise
from bienban.io.readers.records import Reason, Record, Rejection, SourceError
from bienban.io.readers.text_files import meta_name, read_text
from bienban.io.readers.zips import read_zip

FORMATS = ("auto", "text", "segmented_text", "json_lines", "json")

__all__ = ["FORMATS", "Dump", "Reason", "Record", "Rejection", "SourceError"]


@dataclass(slots=True)
class Dump:
    """One dump file. ``format`` and ``compression`` are known once reading began.

    ``form`` forces a format for what is no archive; ``columns`` maps our fields to the dump's names.
    """

    path: Path
    form: str = "auto"
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=default_columns)
    format: str | None = None
    compression: str | None = None

    def read(self) -> Iterator[Record | Rejection]:
        """Yield every record or rejection in the dump's order, with bounded memory.

        Raises SourceError when nothing can be read at all (missing, unreadable, no archive directory).
        """
        try:
            with self.path.open("rb") as stream:
                yield from self._read(stream)
        except FileNotFoundError:
            raise SourceError(f"{self.path}: no such file") from None
        except (PermissionError, IsADirectoryError) as error:
            raise SourceError(f"{self.path}: {error.strerror}") from error

    def _read(self, stream: BufferedReader) -> Iterator[Record | Rejection]:
        kind = recognise(stream.read(HEAD_BYTES), self.path.name)
        stream.seek(0)
        if kind == "zip":
            self.format = "zip"
            yield from read_zip(self.path, self.form, self.columns)
        elif kind == "gzip":
            self.compression = "gzip"
            budget = Budget(self.path.stat().st_size)
            with gzip.open(stream) as opened:
                expanded = BufferedReader(BudgetedStream(opened, budget), HEAD_BYTES)
                yield from self._read_plain(expanded, _kind_inside(expanded, self.path.name.removesuffix(".gz")))
        else:
            yield from self._read_plain(stream, kind)

    def _read_plain(self, stream: IO[bytes], kind: str) -> Iterator[Record | Rejection]:
        self.format = kind if self.form == "auto" else self.form
        if self.format == "json_lines":
            yield from read_json_lines(stream, "", self.columns)
            return
        locator = "byte:0"
        try:
            data = stream.read(MAX_RECORD_BYTES + 1)
        except DAMAGED as error:
            detail = f"the compressed stream ends early or is damaged: {error}"
            yield Rejection(locator=locator, reason=Reason.TRUNCATED, detail=detail, excerpt="")
            return
        except ExpandsTooFar as error:
            yield Rejection(locator=locator, reason=Reason.EXPANDS_TOO_FAR, detail=str(error), excerpt="")
            return
        if self.format == "json":
            yield from read_json(data, "", self.columns)
            return
        name = self.path.name.removesuffix(".gz")
        beside = self.path.with_name(meta_name(name))
        meta = beside.read_bytes() if beside.is_file() else None
        form = self.form if self.form == "segmented_text" else "auto"
        yield read_text(data, name, locator, meta, form)


def _kind_inside(stream: "BufferedReader[BudgetedStream]", name: str) -> str:
    """The format inside a compressed stream; damage in its first bytes is met again by the reader."""
    try:
        kind = recognise(stream.peek(HEAD_BYTES), name)
    except (*DAMAGED, ExpandsTooFar):
        return "text"
    return kind if kind in ("json_lines", "json") else "text"  # an archive inside is refused as binary
