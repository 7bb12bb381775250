"""HTML to what a record holds: main text, title, canonical address, and the publication that the page itself tells.

Not here: which part of the page is its text (``main_text.py``); how tags are called (``lexicon/pages.yml``).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import orjson
from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5
from resiliparse.parse.html import HTMLTree

from bienban.io.readers.decode import Undecodable, decode, decode_as
from bienban.io.readers.main_text import main_text
from bienban.io.readers.moments import parse_moment
from bienban.io.readers.records import Reason
from bienban.lexicon import load_lexicon

PAGE_OPENS = r"\s*(?:(?:<!--.*?-->|<\?xml[^>]*\?>)\s*)*<(?:!doctype\s+html|html|head|body|meta|title|link)\b"
_OPENS = re.compile(PAGE_OPENS, re.IGNORECASE | re.DOTALL)
_BROKEN = "\ufffd"
_BROKEN_SHARE = 0.05  # of a page's letters beyond ASCII
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_JSON_DEPTH = 6
_HEAD_LINES = 8  # title, date, and blank lines between


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one page tells. ``published_at_source`` names the tag, or the key of its JSON-LD."""

    text: str
    title: str | None
    url: str | None
    published_at: datetime | None
    published_at_source: str | None


def opens_page(markup: str) -> bool:
    """Whether a whole page begins there, not a piece of HTML."""
    return _OPENS.match(markup.removeprefix("\ufeff")) is not None


def page_of(data: bytes, http_charset: str | None = None, address: str | None = None) -> Page:
    """What a page tells that is UTF-8 whatever is said, else as the server or the page says, else by content.

    UTF-8 that is broken in few places, and nowhere in the article, costs nothing: portals cut words of other items in
    their middle. Raises Undecodable when the bytes are none of that.
    """
    told = http_charset or _charset_in(data)
    try:
        return read_page(decode(data), address)  # many portals send UTF-8 and call it something else
    except Undecodable as error:
        if error.reason is not Reason.INVALID_ENCODING:
            raise
        markup = data.decode("utf-8", "replace")
        broken = markup.count(_BROKEN) - data.count(_BROKEN.encode())
        if broken > _BROKEN_SHARE * len(_BEYOND_ASCII.findall(markup)):  # it is not UTF-8 at all
            if told is None:
                raise
            return read_page(decode_as(data, map_encoding_to_html5(told) or told), address)
        page = read_page(markup, address)
        if _BROKEN in f"{page.text}{page.title}":
            raise
        return page


def read_page(markup: str, address: str | None = None) -> Page:
    """The page's text and what its tags tell. ``address``: where it was fetched from."""
    tree = HTMLTree.parse(markup)
    tags = dict(_tags(tree))
    data = dict(_linked_data(tree))
    source, moment = _publication(tree, tags, data)
    title = " ".join((_first(tags, "title") or _first(data, "title") or _heading(tree) or "").split()) or None
    url = _canonical(tree, tags, address)
    text, shown = _without_head(main_text(tree), title)
    if moment is None and shown is not None:
        source, moment = "line above the text", shown
    return Page(title=title, url=url, published_at=moment, published_at_source=source, text=text)


def _without_head(text: str, title: str | None) -> tuple[str, datetime | None]:
    """The text without the title and the date that stand above it, and that date."""
    lines = text.split("\n")
    shown = None
    for at, line in enumerate(lines[:_HEAD_LINES]):
        moment = parse_moment(line)
        if line and line != title and moment is None:
            return "\n".join(lines[at:]), shown
        shown = shown or moment
    return text, None


def _document(tree: HTMLTree) -> Any:
    return tree.document


def _charset_in(data: bytes) -> str | None:
    """What a meta tag in the first 1,024 bytes says; None: nothing."""
    if b"charset" not in data[:1024].lower():
        return None
    return detect_encoding(data[:1024], from_html_meta=True)


def _tags(tree: HTMLTree) -> Iterator[tuple[str, str]]:
    """Meta tags by name, the last of a name first overwritten by the first."""
    for tag in reversed(_document(tree).get_elements_by_tag_name("meta")):
        name = tag.getattr("property") or tag.getattr("name") or tag.getattr("itemprop")
        value = tag.getattr("content")
        if name and value:
            yield name.strip().lower(), value.strip()


def _linked_data(tree: HTMLTree) -> Iterator[tuple[str, str]]:
    """Keys and strings of the objects in JSON-LD, those of the first object last."""
    for script in reversed(_document(tree).query_selector_all('script[type="application/ld+json"]')):
        try:
            value = orjson.loads(script.text)
        except orjson.JSONDecodeError:
            continue
        yield from _strings(value, _JSON_DEPTH)


def _strings(value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth and isinstance(value, list):
        for each in value:
            yield from _strings(each, depth - 1)
    elif depth and isinstance(value, Mapping):
        for each in value.values():
            if not isinstance(each, str):
                yield from _strings(each, depth - 1)
        yield from ((key.lower(), each) for key, each in value.items() if isinstance(each, str))


def _publication(
    tree: HTMLTree, tags: Mapping[str, str], data: Mapping[str, str]
) -> tuple[str | None, datetime | None]:
    for name in load_lexicon("pages")["published_at"].forms:
        if moment := parse_moment(tags.get(name)):
            return f"meta {name}", moment
        if moment := parse_moment(data.get(name)):
            return f"JSON-LD {name}", moment
    for tag in _document(tree).query_selector_all("time[itemprop=datePublished], time[pubdate]"):
        if moment := parse_moment(tag.getattr("datetime")):
            return "time datetime", moment
    return None, None


def _first(values: Mapping[str, str], field: str) -> str | None:
    return next((values[name] for name in load_lexicon("pages")[field].forms if values.get(name)), None)


def _heading(tree: HTMLTree) -> str | None:
    heading = _document(tree).query_selector("h1")
    title: str = (heading.text if heading else "").strip() or (tree.title or "").strip()
    return title or None


def _canonical(tree: HTMLTree, tags: Mapping[str, str], address: str | None) -> str | None:
    """The address that the page gives itself; where it was fetched from, when it gives none."""
    link = _document(tree).query_selector("link[rel=canonical]")
    for told in (link.getattr("href") if link else None, _first(tags, "url")):
        try:
            url: str = urljoin(address or "", (told or "").strip())
            if told and urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname:
                return url
        except ValueError:  # brackets that hold no IPv6 address
            continue
    return address
