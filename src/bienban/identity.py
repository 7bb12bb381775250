"""Durable ids: pure functions of what was read, never of run time, reading order or version.

Not here: keys of the marts (dbt makes them from the records).
"""

import hashlib
import unicodedata
import uuid
from datetime import date, datetime, timedelta, timezone

_ARTICLES = uuid.uuid5(uuid.NAMESPACE_DNS, "articles.bienban")
_SEPARATOR = "\x00"  # stands in no stored text, url or identity
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")  # no summer time since 1975


def stored_text(given: str) -> str:
    """The form that the warehouse keeps: NFC, ``\\n`` line ends, no NUL. Offsets in ``raw`` refer to it."""
    text = given.replace("\x00", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def text_sha256(text: str) -> str:
    """64 hex over the text after NFC, case folding and collapsing of white space."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return hashlib.sha256(_collapsed(folded).encode()).hexdigest()


def article_id(sha256: str) -> uuid.UUID:
    """The id of the article whose ``text_sha256`` is given."""
    return uuid.uuid5(_ARTICLES, sha256)


def dump_file_id(url: str, identity: str) -> str:
    """32 hex: the same file under the same url; a changed file is another one."""
    return _digest(url, identity)


def record_id(article: str, kind: str, span_start: int, span_end: int, ordinal: int) -> str:
    """32 hex of one extracted record. ``ordinal`` counts records of one kind on one span from 0."""
    return _digest(article, kind, str(span_start), str(span_end), str(ordinal))


def day_in_vietnam(moment: datetime | None) -> date | None:
    """The calendar day of a moment in Asia/Ho_Chi_Minh."""
    return None if moment is None else moment.astimezone(VIETNAM).date()


def _collapsed(text: str) -> str:
    """Its words, a blank between them. Most texts have but blanks and line ends, and need no list of their words."""
    line = text.replace("\n", " ")
    if not line.isprintable():  # any other white space is not
        return " ".join(text.split())
    while "  " in line:
        line = line.replace("  ", " ")
    return line.strip(" ")


def _digest(*parts: str) -> str:
    return hashlib.sha256(_SEPARATOR.join(parts).encode()).hexdigest()[:32]
