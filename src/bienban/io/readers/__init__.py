"""Dump formats, recognised by content: one protocol, records or rejections with their place in the dump."""

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any

import orjson

from bienban.io.readers.charsets import CHARSETS
from bienban.io.readers.columns import default_columns, named_columns
from bienban.io.readers.compressions import BREAKS, expand
from bienban.io.readers.limits import HEAD_BYTES, Budget
from bienban.io.readers.recognise import is_tar, is_zip
from bienban.io.readers.records import NoText, Reason, Record, Rejection, SourceError
from bienban.io.readers.streams import Part, expanded, read_part
from bienban.io.readers.tars import read_tar
from bienban.io.readers.text_files import meta_name
from bienban.io.readers.zips import read_zip

FORMATS = (
    "auto",
    "text",
    "segmented_text",
    "json_lines",
    "json",
    "csv",
    "html",
    "warc",
    "bson",
    "parquet",
    "arrow",
    "xml",
)

__all__ = ["CHARSETS", "FORMATS", "Dump", "Reason", "Record", "Rejection", "SourceError"]


@dataclass(slots=True)
class Dump:
    """One dump file. ``format`` and ``compression`` are known once reading began.

    ``form`` forces a format for what is no archive; ``columns`` maps our fields to the dump's names. ``charset`` is
    that of text that is no UTF-8; None: text must prove its own. What is not given ``NAME.meta.json`` may tell
    (``charset``, ``map``); a map there that names no field of ours raises SourceError.
    """

    path: Path
    form: str = "auto"
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=default_columns)
    charset: str | None = None
    format: str | None = None
    compression: str | None = None

    def __post_init__(self) -> None:
        told = self._told()
        named = told.get("charset")
        self.charset = self.charset or (named if named in CHARSETS else None)  # anything else is no charset's name
        if "map" in told and self.columns == default_columns():
            try:
                self.columns = named_columns(told["map"])
            except ValueError as error:
                raise SourceError(f"{self.path.with_name(meta_name(self.path.name))}: map: {error}") from error

    def read(self) -> Iterator[Record | Rejection]:
        """Yield every record or rejection in the dump's order, with bounded memory.

        Raises SourceError when nothing can be read at all (missing, unreadable, no archive directory).
        """
        try:
            with BufferedReader(FileIO(self.path), HEAD_BYTES) as stream:
                yield from self._read(stream)
        except FileNotFoundError:
            raise SourceError(f"{self.path}: no such file") from None
        except (PermissionError, IsADirectoryError) as error:
            raise SourceError(f"{self.path}: {error.strerror}") from error

    def _read(self, stream: "BufferedReader[Any]") -> Iterator[Record | Rejection]:
        if is_zip(stream.peek(HEAD_BYTES)):
            self.format = "zip"
            yield from read_zip(self.path, self.form, self.columns, self.charset)
            return
        part = Part(
            name=self.path.name,
            source=str(self.path),
            form=self.form,
            columns=self.columns,
            beside=self._beside,
            budget=self._budget(),
            path=self.path,
            charset=self.charset,
        )
        plain = expanded(part, stream)
        self.compression = part.compression
        if self._is_tar(plain):
            self.format = "tar"
            yield from read_tar(self._expanded, self.form, self.columns, self._budget(), self.charset)
            return
        try:
            for found in read_part(part, plain):
                self.format = part.told_format
                yield found
        except NoText as error:
            raise SourceError(f"{self.path}: {error}") from error
        self.format = part.told_format

    def _budget(self) -> Budget:
        return Budget(self.path.stat().st_size)

    def _is_tar(self, stream: "BufferedReader[Any]") -> bool:
        try:
            return is_tar(stream.peek(HEAD_BYTES))
        except BREAKS:
            return False  # told when it is read

    def _expanded(self) -> "BufferedReader[Any]":
        """The file from its begin, without its compression."""
        stream = BufferedReader(FileIO(self.path), HEAD_BYTES)
        return expand(stream, self.compression, self._budget()) if self.compression else stream

    def _told(self) -> dict[str, Any]:
        """What the metadata file says; nothing when it is none."""
        try:
            told = orjson.loads((self._beside(meta_name(self.path.name)) or b"{}").removeprefix(BOM_UTF8))
        except (OSError, orjson.JSONDecodeError):
            return {}
        return told if isinstance(told, dict) else {}

    def _beside(self, name: str) -> bytes | None:
        path = self.path.with_name(name)
        return path.read_bytes() if path.is_file() else None
