"""XML in which articles stand: feeds, WordPress' export, tables of a database. An element at a time, bounded memory.

An article is an element whose children are called as the fields of one are. Entities of a document's own are refused.
"""

import io
import re
from collections.abc import Iterator
from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from bienban.io.readers.columns import Columns
from bienban.io.readers.compressions import BREAKS, break_of
from bienban.io.readers.fields import record_of
from bienban.io.readers.json_rows import is_record
from bienban.io.readers.limits import HEAD_BYTES, MAX_RECORD_BYTES
from bienban.io.readers.records import Reason, Record, Rejection

_BLOCK = 256 * 1024
_DEEPEST = 64  # elements in one another; markup inside an article has some twenty
_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b|<(?:rss|feed|rdf:RDF)\b)")
_OWN_ENTITY = b"<!ENTITY"
_TRUNCATED = ("no element found", "unclosed token", "unclosed CDATA section")


def is_xml(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is XML; pages are told before."""
    return _OPENS.match(head) is not None


def read_xml(stream: io.BufferedReader, prefix: str, columns: Columns) -> Iterator[Record | Rejection]:
    """Yield the record or rejection of each article. Locator: ``<prefix>item:<index>``, counting articles from 0.

    What is broken ends with one rejection, and so does a document without an article.
    """
    index = 0

    def rejected(reason: Reason, detail: str) -> Rejection:
        return Rejection(locator=f"{prefix}item:{index}", reason=reason, detail=detail, excerpt="")

    if _OWN_ENTITY in stream.peek(HEAD_BYTES):
        yield rejected(Reason.NOT_A_PAGE, "XML with entities of its own")
        return
    try:
        for value in _articles(stream, columns):
            yield record_of(value, f"{prefix}item:{index}", columns)
            index += 1
    except ParseError as error:
        is_cut = str(error).startswith(_TRUNCATED)
        yield rejected(Reason.TRUNCATED if is_cut else Reason.INVALID_RECORD, f"no XML from here on: {error}")
    except _TooLarge:
        yield rejected(Reason.TOO_LARGE, f"a record may have {MAX_RECORD_BYTES:,} bytes")
    except BREAKS as error:
        yield break_of(error, f"{prefix}item:{index}")
    else:
        if not index:
            yield rejected(Reason.NOT_A_PAGE, "XML without an article")


class _TooLarge(Exception):
    pass


def _articles(stream: io.BufferedReader, columns: Columns) -> Iterator[dict[str, Any]]:
    """Raises ParseError, _TooLarge and what a broken stream raises."""
    parser = XMLPullParser(("start-ns", "start", "end"))
    spaces: dict[str, str] = {}  # name -> how the document calls it
    opened: list[Element] = []
    held = 0  # bytes since an article ended
    while data := stream.read1(_BLOCK):
        held += len(data)
        if held > 2 * MAX_RECORD_BYTES:
            raise _TooLarge
        parser.feed(data)
        for event, told in cast(Iterator[tuple[str, Any]], parser.read_events()):
            if event == "start-ns":
                spaces[told[1]] = told[0]
            elif event == "start":
                opened.append(told)
                if len(opened) > _DEEPEST:
                    raise ParseError(f"more than {_DEEPEST} elements in one another")
            else:
                element = opened.pop()
                value = _fields(element, spaces)
                if is_record(value, columns):
                    yield value
                    held = 0
                    if opened:
                        del opened[-1][-1]
    parser.close()


def _fields(element: Element, spaces: dict[str, str]) -> dict[str, Any]:
    """The element's children as fields: name -> words. Of several of a name the first one that says something."""
    fields: dict[str, Any] = {}
    for child in element:
        name = child.get("name") if child.tag in ("column", "field") else _name(child, spaces)
        words = "".join(child.itertext()).strip() or child.get("href")  # Atom's links say where in an attribute
        if name and words:
            fields.setdefault(name, words)
    return fields


def _name(element: Element, spaces: dict[str, str]) -> str:
    """``content:encoded``, as the document writes it."""
    space, _, local = element.tag.rpartition("}")
    prefix = spaces.get(space.removeprefix("{"), "")
    return f"{prefix}:{local}" if prefix else local
