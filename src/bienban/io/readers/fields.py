"""One object of a dump to a record: which of its fields is the text, the title, the publication.

Not here: the names that dumps use (``lexicon/columns.yml``).
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from bienban.io.readers.moments import parse_moment
from bienban.io.readers.records import Reason, Record, Rejection, escaped
from bienban.lexicon import load_lexicon


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


def record_of(value: Mapping[str, Any], locator: str, columns: Mapping[str, tuple[str, ...]]) -> Record | Rejection:
    """The record that ``value`` holds; a rejection when it has no usable text."""
    _, text = _find(value, columns["text"])
    if text is None or not isinstance(text, str):
        held = ", ".join(str(key) for key in list(value)[:20])
        return Rejection(locator=locator, reason=Reason.NO_TEXT, detail=f"no text among the fields {held}", excerpt="")
    published_name, published = _find(value, columns["published_at"])
    moment = parse_moment(published)
    _, record_id = _find(value, columns["id"])
    record = Record(
        locator=locator,
        id=str(record_id) if isinstance(record_id, (str, int)) else locator,
        text=text,
        title=_string(value, columns["title"]),
        url=_string(value, columns["url"]),
        published_at=moment,
        published_at_source=published_name if moment else None,
        crawled_at=parse_moment(_find(value, columns["crawled_at"])[1]),
    )
    return checked(record)


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


def _string(value: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    _, found = _find(value, names)
    return found if isinstance(found, str) and found.strip() else None


def _find(value: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, Any]:
    for name in names:
        found = _get(value, name)
        if found is not None:
            return name, found
    return "", None


def _get(value: Mapping[str, Any], name: str) -> Any:
    """The field called ``name`` in any case; after a dot, the field of an inner object."""
    if name in value:
        return value[name]
    for key, found in value.items():
        if isinstance(key, str) and key.casefold() == name.casefold():
            return found
    outer, dot, inner = name.partition(".")
    nested = _get(value, outer) if dot else None
    return _get(nested, inner) if isinstance(nested, Mapping) else None
