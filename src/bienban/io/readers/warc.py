"""WARC and WET: pages as a crawler stored them, and the texts that others made of them.

Not here: how a page's text is found (``pages.py``).
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from bienban.io.readers.compressions import BREAKS, break_of
from bienban.io.readers.decode import Undecodable, decode
from bienban.io.readers.fields import as_written, checked
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.moments import parse_moment
from bienban.io.readers.pages import page_of
from bienban.io.readers.records import Reason, Record, Rejection, escaped

_MAGIC = (b"WARC/1.", b"WARC/0.")
_READ = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
_PAGES = ("text/html", "application/xhtml+xml")
_HEADER_BYTES = 1024 * 1024


def is_warc(head: bytes) -> bool:
    """Whether an expanded stream that begins with ``head`` holds WARC records."""
    return head.startswith(_MAGIC)


def read_warc(stream: io.BufferedReader, prefix: str, first: int = 0) -> Iterator[Record | Rejection]:
    """Yield the record or rejection of each response, resource and conversion.

    Locator: ``<prefix>byte:<offset>`` in the expanded stream, which begins with byte ``first``. Requests, metadata and
    what a crawler met again unchanged are no records.
    """
    counted = _Counted(stream, first)
    try:
        with _naming_damage():
            records = iter(
                ArchiveIterator(
                    cast(BinaryIO, counted), record_types=_READ, parse_http=False, max_header_len=_HEADER_BYTES
                )
            )
        while True:
            with _naming_damage():
                record = next(records, None)
                if record is None:
                    return
                at, size = record.stream_pos, record.content_length
                block = record.reader.read(min(size, MAX_RECORD_BYTES + 1)) if size else b""
            yield _read(record, block, size, f"{prefix}byte:{at}")
    except BREAKS as error:
        yield break_of(error, f"{prefix}byte:{counted.tell()}")
    except _Broken as error:
        detail = f"no WARC record, and what follows cannot be found: {error}"
        locator = f"{prefix}byte:{counted.tell()}"
        yield Rejection(locator=locator, reason=Reason.INVALID_RECORD, detail=detail, excerpt="")


class _Refused(ValueError):
    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class _Broken(Exception):
    """The archive is not what it claims to be."""


@contextmanager
def _naming_damage() -> Iterator[None]:
    """_Broken for what the library raises, its panics included; breaks of the stream pass as they are."""
    try:
        yield
    except (*BREAKS, _Refused, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library is no Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise _Broken(str(error)) from error
        raise


class _Counted(io.RawIOBase):
    """A stream that knows where it stands: the library asks for it and takes it for the records' places."""

    def __init__(self, stream: io.BufferedReader, first: int) -> None:
        self._stream = stream
        self._offset = first

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read1(size)
        self._offset += len(data)
        return data

    def tell(self) -> int:
        return self._offset


def _read(record: WarcRecord, block: bytes, size: int, locator: str) -> Record | Rejection:
    """The record of one block of ``size`` bytes, of which at most 16 MiB were read."""
    if size > MAX_RECORD_BYTES:
        detail = f"{size:,} bytes; a record may have {MAX_RECORD_BYTES:,}"
        return Rejection(locator=locator, reason=Reason.TOO_LARGE, detail=detail, excerpt=escaped(block[:500]))
    if len(block) < size:
        detail = f"{len(block):,} of {size:,} bytes are there"
        return Rejection(locator=locator, reason=Reason.TRUNCATED, detail=detail, excerpt=escaped(block[:500]))
    try:
        with _naming_damage():
            return checked(as_written(_record(record, block, locator)))
    except _Refused as error:
        return Rejection(locator=locator, reason=error.reason, detail=error.detail, excerpt=escaped(block[:500]))
    except _Broken as error:
        detail = f"no response of HTTP: {error}"
        return Rejection(locator=locator, reason=Reason.INVALID_RECORD, detail=detail, excerpt=escaped(block[:500]))


def _record(record: WarcRecord, block: bytes, locator: str) -> Record:
    """Raises _Refused, and _Broken for what is no HTTP."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    crawled_at = parse_moment(record.headers.get("WARC-Date"))
    media_type, charset, data = _payload(record, block)
    try:
        if media_type in _PAGES:
            page = page_of(data, charset, url)
            return Record(
                locator=locator,
                id=record.record_id or locator,
                text=page.text,
                title=page.title,
                url=page.url,
                published_at=page.published_at,
                published_at_source=page.published_at_source,
                crawled_at=crawled_at,
            )
        if media_type == "text/plain":
            return Record(
                locator=locator, id=record.record_id or locator, text=decode(data), url=url, crawled_at=crawled_at
            )
    except Undecodable as error:
        raise _Refused(error.reason, error.detail) from error
    raise _Refused(Reason.NOT_A_PAGE, f"{media_type or 'no media type'} is neither HTML nor plain text")


def _payload(record: WarcRecord, block: bytes) -> tuple[str | None, str | None, bytes]:
    """Media type, charset that the server told, and the bytes of the page, transfer and content encoding undone."""
    if record.record_type != WarcRecordType.response:
        return (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower() or None, None, block
    response = WarcRecord()
    response.init_headers(WarcRecordType.response)
    response.is_http = True
    response.set_bytes_content(block)
    response.parse_http(auto_decode="all", max_header_len=_HEADER_BYTES)
    status = response.http_headers.status_code if response.http_headers else None
    if status is None:
        raise _Refused(Reason.INVALID_RECORD, "no response of HTTP")
    if not 200 <= status < 300:
        raise _Refused(Reason.HTTP_ERROR, f"the server answered {status}")
    data = response.reader.read(MAX_RECORD_BYTES + 1)
    if len(data) > MAX_RECORD_BYTES:
        raise _Refused(Reason.TOO_LARGE, f"expands past {MAX_RECORD_BYTES:,} bytes")
    return response.http_content_type, response.http_charset, data
