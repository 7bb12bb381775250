"""One object of a dump to a record: which of its fields is the text, the title, the publication.

Not here: the names that dumps use (``lexicon/columns.yml``).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from bienban.io.readers import segmented
from bienban.io.readers.charsets import repaired
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.main_text import plain_text
from bienban.io.readers.moments import parse_moment
from bienban.io.readers.records import Reason, Record, Rejection, escaped
from bienban.lexicon import load_lexicon

Columns = Mapping[str, tuple[str, ...]]
Places = tuple[tuple[str, Any, str], ...]  # name, key, and what is left of the name for an inner object
_DIVIDERS = re.compile(r"[\s_/-]+")
_PLAIN = re.compile(r"(?:.*_)?text(?:_raw)?")  # a field of that name holds words; what looks like a tag is one of them
_OPENED = re.compile(r"<(?:p|div|br|span|table|ul|ol|h[1-6]|figure|section|article)\b[^<>]*>", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:p|div|span|table|ul|ol|h[1-6]|figure|section|article)\s*>|<br\s*/?>", re.IGNORECASE)


@cache
def default_columns() -> dict[str, tuple[str, ...]]:
    """Our field -> names that dumps give it, best first."""
    return {key: tuple(entry.forms) for key, entry in load_lexicon("columns").items()}


def parse_columns(mapping: str) -> dict[str, tuple[str, ...]]:
    """``text=content,title=headline`` over the defaults. Raises ValueError naming the wrong part."""
    columns = dict(default_columns())
    for part in filter(None, (part.strip() for part in mapping.split(","))):
        ours, _, theirs = part.partition("=")
        if ours.strip() not in columns or not theirs.strip():
            raise ValueError(f"{part!r} is no FIELD=NAME with a field of {', '.join(columns)}")
        columns[ours.strip()] = (theirs.strip(),)
    return columns


def record_of(value: Mapping[str, Any], locator: str, columns: Columns) -> Record | Rejection:
    """The record that ``value`` holds; a rejection when it has no usable text.

    A body in HTML becomes its words, unless its field is called a text; a lead that is kept apart comes before it.
    """
    held = _plan(tuple(value), tuple(columns.items()))
    name, text = _find(value, held["text"])
    if text is None or not isinstance(text, str):
        told = ", ".join(str(key) for key in list(value)[:20])
        return Rejection(locator=locator, reason=Reason.NO_TEXT, detail=f"no text among the fields {told}", excerpt="")
    if len(text) * 4 > MAX_RECORD_BYTES and (size := len(text.encode("utf-8", "surrogatepass"))) > MAX_RECORD_BYTES:
        detail = f"{size:,} bytes; a record may have {MAX_RECORD_BYTES:,}"
        return Rejection(locator=locator, reason=Reason.TOO_LARGE, detail=detail, excerpt=escaped(text[:500]))
    source, moment = _moment(value, held["published_at"])
    _, record_id = _find(value, held["id"])
    record = Record(
        locator=locator,
        id=str(record_id) if isinstance(record_id, (str, int)) else locator,
        text=_with_lead(_words(text, name), _string(value, held["lead"])),
        title=_string(value, held["title"]),
        url=_string(value, held["url"]),
        published_at=moment,
        published_at_source=source,
        crawled_at=_moment(value, held["crawled_at"])[1],
    )
    return checked(as_written(record))


def is_column(held: str, names: Iterable[str]) -> bool:
    """Whether the column is one of the names, or the outer object of one ("publish" of "publish.$date")."""
    folded = _folded(held)
    return any(_folded(name) == folded or _folded(name).startswith(f"{folded}.") for name in names)


@lru_cache(1024)
def is_plain(name: str) -> bool:
    """Whether a field of that name holds words, whatever they look like."""
    return bool(_PLAIN.fullmatch(_folded(name)))


def as_written(record: Record) -> Record:
    """The record with its text as its author wrote it: joined words parted, a charset taken for Latin-1 undone."""
    text, title = repaired(record.text), record.title
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


def _words(text: str, name: str) -> str:
    """The text of the field ``name``; of HTML, as bodies come out of content management systems, its words."""
    if "<" not in text or is_plain(name) or not (_OPENED.search(text) and _CLOSED.search(text)):
        return text
    return plain_text(text)


def _with_lead(text: str, lead: str | None) -> str:
    lead = _words(lead, "lead").strip() if lead else ""
    return (
        text if not lead or " ".join(lead.split()) in " ".join(text[: 4 * len(lead)].split()) else f"{lead}\n\n{text}"
    )


def _string(value: Mapping[str, Any], found: Places) -> str | None:
    _, told = _find(value, found)
    return told if isinstance(told, str) and told.strip() else None


def _find(value: Mapping[str, Any], found: Places) -> tuple[str, Any]:
    """Name and content of the first field that holds something and no object, else of the first that is there."""
    empty: tuple[str, Any] = ("", None)
    for name, key, inner in found:
        told = _inner(value, key, inner) if inner else value[key]
        if told is not None and told != "" and not isinstance(told, Mapping):
            return name, told
        if told == "" and not empty[0]:
            empty = (name, "")
    return empty


def _moment(value: Mapping[str, Any], found: Places) -> tuple[str | None, datetime | None]:
    """The first field that names a moment, and the moment."""
    for name, key, inner in found:
        told = _inner(value, key, inner) if inner else value[key]
        if told is not None and (moment := parse_moment(told)):
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


@lru_cache(4096)
def places(keys: tuple[Any, ...], names: tuple[str, ...]) -> Places:
    """Where the names stand among the keys: name, key, and what is left of the name for an inner object."""
    held: dict[str, Any] = {}
    for key in keys:
        if isinstance(key, str):
            held.setdefault(_folded(key), key)
    places = []
    for name in names:
        folded = _folded(name)
        outer, _, inner = folded.partition(".")
        if name in keys:
            places.append((name, name, ""))
        elif folded in held:
            places.append((name, held[folded], ""))
        elif inner and outer in held:
            places.append((name, held[outer], inner))
    return tuple(places)


@lru_cache(4096)
def _folded(name: str) -> str:
    """ "Nội dung", "noi-dung" and "NOI_DUNG" are one name."""
    marks_off = "".join(
        char for char in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(char)
    )
    return _DIVIDERS.sub("_", marks_off.replace("đ", "d").strip().lstrip("\ufeff")).removesuffix(".$numberlong")
