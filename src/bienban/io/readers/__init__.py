"""Dump formats, recognised by content: one protocol, records or rejections with their place in the dump."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any

from bienban.io.readers.compressions import compression_of, expand
from bienban.io.readers.fields import default_columns
from bienban.io.readers.limits import Budget
from bienban.io.readers.parquet import read_parquet
from bienban.io.readers.recognise import HEAD_BYTES, is_parquet, is_zip
from bienban.io.readers.records import Reason, Record, Rejection, SourceError
from bienban.io.readers.streams import Part, read_part
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
            with BufferedReader(FileIO(self.path), HEAD_BYTES) as stream:
                yield from self._read(stream)
        except FileNotFoundError:
            raise SourceError(f"{self.path}: no such file") from None
        except (PermissionError, IsADirectoryError) as error:
            raise SourceError(f"{self.path}: {error.strerror}") from error

    def _read(self, stream: "BufferedReader[Any]") -> Iterator[Record | Rejection]:
        head = stream.peek(HEAD_BYTES)
        if is_zip(head):
            self.format = "zip"
            yield from read_zip(self.path, self.form, self.columns)
            return
        if is_parquet(head):
            self.format = "parquet"
            yield from read_parquet(self.path, self.columns)
            return
        self.compression = compression_of(head)
        if self.compression is not None:
            stream = expand(stream, self.compression, Budget(self.path.stat().st_size))
        part = Part(name=self.path.name, form=self.form, columns=self.columns, beside=self._beside)
        for found in read_part(part, stream):
            self.format = part.format
            yield found
        self.format = part.format

    def _beside(self, name: str) -> bytes | None:
        path = self.path.with_name(name)
        return path.read_bytes() if path.is_file() else None
