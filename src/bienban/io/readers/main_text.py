"""The main text of a page: what is left without menus, side columns and footers. The library is Resiliparse.

Why this one, and what is added to it: docs/decisions/main-text.md. Not here: title and date (``pages.py``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree, NodeType

from bienban.lexicon import alternation, load_lexicon

METHOD = f"main text: resiliparse {version('resiliparse')} without blocks of links"
_LINKED_SHARE = 0.6  # of a block's letters: a list of other items, no prose
_AROUND_SHARE = 0.5  # of the page's letters: what holds more is called "has-sidebar" and holds the article
_MAIN_SHARE = 0.3  # of what is left: below, the library took the article for something else
_BLOCKS = frozenset({"ul", "ol", "li", "table", "tbody", "tr", "td", "th", "div", "section", "nav", "p", "span", "dl"})
_UNREAD = frozenset({"script", "style", "noscript", "template"})
_WORD_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")


def main_text(tree: HTMLTree) -> str:
    """The article of a page, a line per block; "" when there is none. The tree loses what is not read."""
    if tree.body is None:
        return ""
    blocks = list(_blocks(tree.body))
    page = blocks[-1]
    if page.linked and page.linked >= _LINKED_SHARE * page.letters:
        return ""  # a page of links
    letters = page.letters
    for block in blocks:  # inner ones first: nothing is taken out of what is gone
        if block.is_linked or (_is_around(block.node) and block.letters < _AROUND_SHARE * letters):
            block.node.decompose()
    left = _plain(tree, main_content=False)
    main = _plain(tree, main_content=True)
    return main if len(main) >= _MAIN_SHARE * len(left) else left


def plain_text(markup: str) -> str:
    """All words of a piece of HTML, a line per block: the body of an article without a page around it."""
    return _plain(HTMLTree.parse(markup), main_content=False)


def _plain(tree: HTMLTree, *, main_content: bool) -> str:
    text = extract_plain_text(
        tree, preserve_formatting=True, main_content=main_content, list_bullets=False, alt_texts=False
    )
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


@dataclass(slots=True)
class _Block:
    """An element with its letters, those in blocks of links left out, and how many of them stand in links."""

    node: Any  # what the library's types call a node has no class and no id
    inside_link: bool
    letters: int = 0
    linked: int = 0

    @property
    def is_linked(self) -> bool:
        return self.linked > 0 and self.linked >= _LINKED_SHARE * self.letters and self.node.tag in _BLOCKS


def _blocks(body: Any) -> Iterator[_Block]:
    """Every element below the body and the body itself, inner ones first. No recursion: pages nest as they like."""
    stack = [_Block(body, False)]
    node = body.first_child
    while stack:
        top = stack[-1]
        if node is None:
            yield stack.pop()
            if stack and not top.is_linked:  # a list of items says nothing of the article beside it
                stack[-1].letters += top.letters
                stack[-1].linked += top.linked
            node = top.node.next_sibling
            continue
        if node.type == NodeType.TEXT:
            size = len((node.value or "").strip())
            top.letters += size
            top.linked += size if top.inside_link else 0
        elif node.type == NodeType.ELEMENT and node.tag not in _UNREAD:
            stack.append(_Block(node, top.inside_link or node.tag == "a"))
            node = node.first_child
            continue
        node = node.next_sibling


def _is_around(node: Any) -> bool:
    named = f"{node.class_name} {node.id}"
    return bool(named.strip()) and _around().search(" ".join(_WORD_BORDER.split(named)).lower()) is not None


@cache
def _around() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:{alternation(load_lexicon('pages')['around'].forms)})(?![a-z0-9])")
