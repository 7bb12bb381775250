"""A text file or a page is one article; ``NAME.meta.json`` beside it tells its publication and address."""

import codecs
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, TypeVar

import orjson

from bienban.io.readers import segmented
from bienban.io.readers.decode import Undecodable, decode
from bienban.io.readers.entities import without_entities
from bienban.io.readers.fields import as_written, checked
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.moments import parse_moment
from bienban.io.readers.pages import page_of
from bienban.io.readers.records import Reason, Record, Rejection, escaped

META_SUFFIX = ".meta.json"
_T = TypeVar("_T")
# What begins so is written for programs: as an article it would be markup between words.
_FOREIGN = {
    "XML that is no page": re.compile(r"<(?:urlset|sitemapindex|\w+:\w+)\b"),
    "a database's dump": re.compile(
        r"(?:--(?: [^\n]*)?\n\s*|/\*(?:[^*]|\*(?!/))*\*/;?\s*)*"
        r"(?:INSERT INTO|CREATE (?:TABLE|DATABASE|SCHEMA)|DROP TABLE|SET NAMES|SET [\w@.]+ ?=|USE `|"
        r"START TRANSACTION|BEGIN TRANSACTION|PRAGMA \w|COPY [\w.]+ \()",
    ),
    "a document of a word processor": re.compile(r"\{\\rtf"),
    "a document of pages": re.compile(r"%PDF-"),
    "a mail, or a page stored as one": re.compile(
        r"(?:[A-Za-z-]+: [^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE
    ),
}
_BEGIN = 4096  # letters
_ENDINGS = (".txt.seg", ".txt", ".seg", ".html", ".htm", ".xhtml")


def stem(name: str) -> str:
    """The name without its folder and without ``.txt``, ``.txt.seg`` or ``.html``."""
    base = PurePosixPath(name).name
    for ending in _ENDINGS:
        if base.lower().endswith(ending) and len(base) > len(ending):
            return base[: -len(ending)]
    return base


def printable_name(name: str) -> str:
    """A name of the file system that can be written out: bytes of an old charset are escaped."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def meta_name(name: str) -> str:
    """The metadata file beside the text file ``name``."""
    path = PurePosixPath(name)
    return str(path.with_name(stem(name) + META_SUFFIX)) if path.name else ""


def read_text(data: bytes, name: str, locator: str, meta: bytes | None, form: str) -> Record | Rejection:
    """The record of one text file. ``form``: text, segmented_text, or auto (decided by the text)."""

    def rejected(reason: Reason, detail: str) -> Rejection:
        return Rejection(locator=locator, reason=reason, detail=detail, excerpt=escaped(data[:500]))

    try:
        text, told = without_entities(_decoded(data, decode)), _meta(meta, name)
    except Undecodable as error:
        return rejected(error.reason, error.detail)
    if kind := _foreign(text):
        return rejected(Reason.NOT_A_PAGE, kind)
    title = told.get("title")
    if form == "segmented_text" or (form == "auto" and (name.endswith(".seg") or segmented.is_segmented(text))):
        text = segmented.join_words(text)
        title = title or segmented.headline(text)
    record = Record(locator=locator, id=printable_name(stem(name)), text=text, title=title)
    return checked(_with_meta(record, told))


def read_html(data: bytes, name: str, locator: str, meta: bytes | None) -> Record | Rejection:
    """The record of one page: its main text, and what its tags tell where the metadata file does not."""
    try:
        page = _decoded(data, page_of)
        told = _meta(meta, name)
    except Undecodable as error:
        return Rejection(locator=locator, reason=error.reason, detail=error.detail, excerpt=escaped(data[:500]))
    record = Record(
        locator=locator,
        id=printable_name(stem(name)),
        text=page.text,
        title=page.title,
        url=page.url,
        published_at=page.published_at,
        published_at_source=page.published_at_source,
    )
    return checked(as_written(_with_meta(record, told)))


def _foreign(text: str) -> str | None:
    """What a text is that no person wrote as an article."""
    begin = text[:_BEGIN].lstrip()
    return next((kind for kind, opens in _FOREIGN.items() if opens.match(begin)), None)


def _decoded(data: bytes, decode: Callable[[bytes], _T]) -> _T:
    if len(data) > MAX_RECORD_BYTES:
        raise Undecodable(Reason.TOO_LARGE, f"more than {MAX_RECORD_BYTES:,} bytes")
    return decode(data)


def _with_meta(record: Record, told: dict[str, Any]) -> Record:
    """The record with what the metadata file tells."""
    record = replace(record, title=told.get("title") or record.title, url=told.get("url") or record.url)
    moment = parse_moment(told.get("published_at") or told.get("published_on"))
    return replace(record, published_at=moment, published_at_source="metadata file") if moment else record


def _meta(data: bytes | None, name: str) -> dict[str, Any]:
    """Raises Undecodable for metadata that cannot be trusted: a wrong date would be worse than none."""
    if data is None:
        return {}
    try:
        value = orjson.loads(data.removeprefix(codecs.BOM_UTF8))
        if not isinstance(value, dict):
            raise ValueError("no JSON object")
        for key in ("title", "url"):
            if not isinstance(value.get(key), (str, type(None))):
                raise ValueError(f"{key} is no string")
    except ValueError as error:
        raise Undecodable(Reason.INVALID_JSON, f"{meta_name(name)}: {error}") from error
    return value
