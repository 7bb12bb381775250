"""A text file is one article; ``NAME.meta.json`` beside ``NAME.txt`` tells its publication and address."""

from pathlib import PurePosixPath
from typing import Any

import orjson

from bienban.io.readers import segmented
from bienban.io.readers.decode import Undecodable, decode
from bienban.io.readers.fields import checked
from bienban.io.readers.limits import MAX_RECORD_BYTES
from bienban.io.readers.moments import parse_moment
from bienban.io.readers.records import Reason, Record, Rejection, escaped

META_SUFFIX = ".meta.json"
_ENDINGS = (".txt.seg", ".txt", ".seg")


def stem(name: str) -> str:
    """The name without its folder and without ``.txt`` or ``.txt.seg``."""
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

    if len(data) > MAX_RECORD_BYTES:
        return rejected(Reason.TOO_LARGE, f"more than {MAX_RECORD_BYTES:,} bytes")
    try:
        text = decode(data)
    except Undecodable as error:
        return rejected(error.reason, error.detail)
    try:
        told = {} if meta is None else _meta(meta)
    except ValueError as error:
        return rejected(Reason.INVALID_JSON, f"{meta_name(name)}: {error}")
    title = told.get("title")
    if form == "segmented_text" or (form == "auto" and (name.endswith(".seg") or segmented.is_segmented(text))):
        text = segmented.join_words(text)
        title = title or segmented.headline(text)
    moment = parse_moment(told.get("published_at") or told.get("published_on"))
    return checked(
        Record(
            locator=locator,
            id=printable_name(stem(name)),
            text=text,
            title=title,
            url=told.get("url"),
            published_at=moment,
            published_at_source="metadata file" if moment else None,
        )
    )


def _meta(data: bytes) -> dict[str, Any]:
    value = orjson.loads(data)
    if not isinstance(value, dict):
        raise ValueError("no JSON object")
    for name in ("title", "url"):
        if not isinstance(value.get(name), (str, type(None))):
            raise ValueError(f"{name} is no string")
    return value
