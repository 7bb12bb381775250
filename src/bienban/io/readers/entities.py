"""Letters that a system wrote as entities of HTML outside of HTML: ``H&#7897;i ngh&#7883;``."""

import re
from html import unescape

_ENTITY = re.compile(r"&(?:#(?:\d{2,6}|[xX][0-9a-fA-F]{2,5})|[A-Za-z]{1,12});")
_ENOUGH = 3  # letters: a text about HTML may name one
_SAMPLE = 20_000


def without_entities(text: str) -> str:
    """The text with its letters as letters; as it is when it has none as entities."""
    if "&" not in text:
        return text
    letters = (unescape(found) for found in _ENTITY.findall(text[:_SAMPLE]))
    return unescape(text) if sum(each.isalpha() and not each.isascii() for each in letters) >= _ENOUGH else text
