"""One object of a dump to a record: its text, its title, its publication.

Not here: which field is which (``columns.py``).
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from html import unescape
from typing import Any

from bienban.identity import VIETNAM
from bienban.io.readers import segmented
from bienban.io.readers.charsets import repaired
from bienban.io.readers.columns import Columns, Places, is_plain, is_universal, needs_address, places
from bienban.io.readers.decode import Undecodable, decode
from bienban.io.readers.entities import without_entities
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.main_text import plain_text
from bienban.io.readers.moments import parse_moment
from bienban.io.readers.pages import Page, opens_page, read_page
from bienban.io.readers.records import Reason, Record, Rejection, escaped

_OPENED = re.compile(r"<(?:p|div|br|span|table|ul|ol|h[1-6]|figure|section|article)\b[^<>]*>", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:p|div|span|table|ul|ol|h[1-6]|figure|section|article)\s*>|<br\s*/?>", re.IGNORECASE)


def record_of(value: Mapping[str, Any], locator: str, columns: Columns) -> Record | Rejection:
    """The record that ``value`` holds; a rejection when it has no usable text.

    A body in HTML becomes its words, a whole page its main text, unless its field is called a text; a lead that is kept
    apart comes before it.
    """
    held = _plan(tuple(value), tuple(columns.items()))
    try:
        name, told = _find(value, held["text"])
        text = _characters(told)
        lead, title, url = (_string(value, held[field]) for field in ("lead", "title", "url"))
    except Undecodable as error:
        return Rejection(locator=locator, reason=error.reason, detail=error.detail, excerpt="")
    if text is None:
        shown = ", ".join(str(key) for key in list(value)[:20])
        return Rejection(locator=locator, reason=Reason.NO_TEXT, detail=f"no text among the fields {shown}", excerpt="")
    if len(text) * 4 > MAX_RECORD_BYTES and (size := len(text.encode("utf-8", "surrogatepass"))) > MAX_RECORD_BYTES:
        detail = f"{size:,} bytes; a record may have {MAX_RECORD_BYTES:,}"
        return Rejection(locator=locator, reason=Reason.TOO_LARGE, detail=detail, excerpt=escaped(text[:500]))
    page = _page(text, name, url)
    source, moment = _moment(value, held["published_at"])
    if moment is None and page:
        source, moment = page.published_at_source, page.published_at
    crawled_at = _moment(value, held["crawled_at"])[1]
    _, record_id = _find(value, held["id"])
    record = Record(
        locator=locator,
        id=str(record_id) if isinstance(record_id, (str, int)) else locator,
        text=page.text if page else _with_lead(_words(text, name), lead),
        title=_headline(title) if title else page.title if page else None,
        url=page.url if page and not url else url,
        published_at=moment,
        published_at_source=source,
        crawled_at=None if crawled_at == moment else crawled_at,  # a publication that is told twice
    )
    return checked(as_written(record))


def as_written(record: Record) -> Record:
    """The record with its text as its author wrote it: joined words parted, entities and a charset taken for Latin-1
    undone."""
    text, title = without_entities(repaired(record.text)), record.title
    if "_" in text and segmented.is_segmented(text):
        text = segmented.join_words(text)
        title = segmented.join_words(title) if title else segmented.headline(text)
    if title and text is not record.text:
        title = repaired(title)
    return record if text == record.text and title == record.title else replace(record, text=text, title=title)


def checked(record: Record) -> Record | Rejection:
    """The record, or its rejection: nothing but white space, or half a surrogate pair in its words."""
    if not record.text.replace("\x00", "").strip():
        return Rejection(locator=record.locator, reason=Reason.EMPTY_TEXT, detail="the text is empty", excerpt="")
    for name, value in (("text", record.text), ("title", record.title), ("url", record.url), ("id", record.id)):
        try:
            (value or "").encode()
        except UnicodeEncodeError as error:
            detail = f"{name}: half a surrogate pair at character {error.start}"
            excerpt = escaped(record.text[:500])
            return Rejection(locator=record.locator, reason=Reason.LONE_SURROGATE, detail=detail, excerpt=excerpt)
    return record


def _characters(told: Any) -> str | None:
    """What a field says in words: a string, its bytes, or its paragraphs, a line each. Raises Undecodable."""
    if isinstance(told, bytes):
        return decode(told)
    if isinstance(told, list) and all(isinstance(each, (str, bytes, type(None))) for each in told):
        return "\n".join(words for each in told if (words := _characters(each)) is not None)
    return told if isinstance(told, str) else None


def _page(text: str, name: str, url: str | None) -> Page | None:
    """What the field ``name`` tells when it holds a whole page."""
    return read_page(text, url) if "<" in text[:1024] and not is_plain(name) and opens_page(text) else None


def _words(text: str, name: str) -> str:
    """The text of the field ``name``; of HTML, as bodies come out of content management systems, its words."""
    if "<" not in text or is_plain(name) or not (_OPENED.search(text) and _CLOSED.search(text)):
        return text
    return plain_text(text)


def _headline(title: str) -> str:
    """The title in words: systems hand it over as HTML ("Họp &#8211; tổng kết")."""
    return unescape(_words(title, "title")) if "&" in title or "<" in title else title


def _with_lead(text: str, lead: str | None) -> str:
    lead = _words(lead, "lead").strip() if lead else ""
    return (
        text if not lead or " ".join(lead.split()) in " ".join(text[: 4 * len(lead)].split()) else f"{lead}\n\n{text}"
    )


def _string(value: Mapping[str, Any], found: Places) -> str | None:
    """The first field that holds words; of those that may hold other things only an address. Raises Undecodable."""
    for place in found:
        words = _characters(_find(value, (place,))[1])
        if words and words.strip() and ("://" in words or not needs_address(place[0])):
            return words
    return None


def _find(value: Mapping[str, Any], found: Places) -> tuple[str, Any]:
    """Name and content of the first field that holds something and no object, else of the first that is there."""
    empty: tuple[str, Any] = ("", None)
    for name, key, inner in found:
        told = _inner(value, key, inner) if inner else value[key]
        if told in (None, "", b"", []):
            empty = empty if told is None or empty[0] else (name, "")
        elif not isinstance(told, Mapping):
            return name, told
    return empty


def _moment(value: Mapping[str, Any], found: Places) -> tuple[str | None, datetime | None]:
    """The first field that names a moment, and the moment."""
    for name, key, inner in found:
        told = _inner(value, key, inner) if inner else value[key]
        if told is not None and (moment := parse_moment(told, UTC if is_universal(name) else VIETNAM)):
            return name, moment
    return None, None


def _inner(value: Mapping[str, Any], key: Any, name: str) -> Any:
    """What the object under ``key`` holds under that name; None: nothing."""
    outer = value[key]
    found = places(tuple(outer), (name,)) if isinstance(outer, Mapping) else ()
    told = (_inner(outer, at, rest) if rest else outer[at] for _, at, rest in found)
    return next((each for each in told if each is not None), None)


@lru_cache(1024)
def _plan(keys: tuple[Any, ...], columns: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, Places]:
    """Our fields and where they stand among the keys: asked once per record, for all of them."""
    return {field: places(keys, names) for field, names in columns}
