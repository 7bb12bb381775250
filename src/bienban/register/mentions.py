"""Where a text names a unit: a kind word and a name, a bare province, a bare field of an address.

Matched on the normal form, in one pass over its syllables. Which of the bearers of a name is meant is
not decided here (``resolve.py``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bienban.records import Span
from bienban.register.names import GLUED_NUMBER, KIND_LETTERS, KIND_WORDS, LEVEL_OF_KIND, TOKEN, strip_marks, token_keys
from bienban.register.store import Register, load

_KINDS_PLAIN = {tuple(strip_marks(word) for word in words): kind for words, kind in KIND_WORDS.items()}
_KIND_HEADS = {words[0] for words in KIND_WORDS} | {words[0] for words in _KINDS_PLAIN}
_MAX_GAP = 3  # blanks, a full stop or a hyphen between two syllables of one name
_GAP_IN_NAME = re.compile(r"[ \n]?|[ ]{1,2}|[ ]?-[ ]?")
_GAP_AFTER_KIND = re.compile(r"[ ]{0,2}[.:]?[ ]{0,2}")
_FIELD_ENDS = frozenset(",;()|/\n")
_ADDRESS_LENGTH = 300  # characters; a longer text is prose, where a bare name may be a person or a street


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the normal text that may name a unit."""

    span: Span  # of the normal text, kind word included
    name: Span  # of the normal text, without the kind word
    kind: str | None  # None: no kind word
    accent: str  # accent key of the name as written
    plain: str
    rows: tuple[int, ...]  # rows of the register, any kind and any day


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    accent: str
    plain: str
    is_name: bool  # begins like a name: capital or digit


def find_unit_mentions(text: str, register: Register | None = None) -> Iterator[Mention]:
    """Yield the mentions of units in the normal text ``text``, in reading order, without overlaps."""
    register = register or load()
    tokens = _tokens(text)
    is_plain, is_lower = text.isascii(), text == text.lower()
    is_address = len(text) <= _ADDRESS_LENGTH
    at, count = 0, len(tokens)
    while at < count:
        mention, used = None, 1
        kind, width = _kind_at(text, tokens, at, is_plain)
        if kind is not None and at + width < count and (is_lower or tokens[at + width].is_name):
            mention, used = _named(text, tokens, at, at + width, kind, register)
        if mention is None and (is_lower or tokens[at].is_name):
            mention, used = _bare(text, tokens, at, register, is_address)
        if mention is not None:
            yield mention
        at += used


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in TOKEN.finditer(text):
        word = match.group()
        glued = GLUED_NUMBER.fullmatch(word)
        if glued:
            start = match.start()
            found.append(_Token(start, start + 1, glued[1].lower(), glued[1].lower(), True))
            number = glued[2].lstrip("0") or "0"
            found.append(_Token(start + 1, match.end(), number, number, True))
            continue
        accent, plain = token_keys(word)
        found.append(_Token(match.start(), match.end(), accent, plain, not word[0].islower()))
    return found


def _kind_at(text: str, tokens: list[_Token], at: int, is_plain: bool) -> tuple[str | None, int]:
    head = tokens[at]
    letter = KIND_LETTERS.get(head.accent)
    if letter is not None:
        following = text[head.end : head.end + 1]
        if following == "." or (at + 1 < len(tokens) and tokens[at + 1].start == head.end):
            return letter, 1
        return None, 1
    if head.accent not in _KIND_HEADS:
        return None, 1
    table = _KINDS_PLAIN if is_plain else KIND_WORDS
    if at + 1 < len(tokens):
        second = tokens[at + 1]
        if second.start - head.end <= 2 and (kind := table.get((head.accent, second.accent))):
            return kind, 2
    return table.get((head.accent,)), 1


def _named(
    text: str, tokens: list[_Token], start: int, at: int, kind: str, register: Register
) -> tuple[Mention | None, int]:
    if not _GAP_AFTER_KIND.fullmatch(text, tokens[at - 1].end, tokens[at].start):
        return None, 1
    levels = LEVEL_OF_KIND[kind]
    for width in _widths(text, tokens, at, register):
        rows = [row for row in _rows(tokens, at, width, register) if register.version(row).unit.level in levels]
        if rows:
            return _mention(tokens, start, at, width, kind, rows), at + width - start
    return None, 1


def _bare(text: str, tokens: list[_Token], at: int, register: Register, is_address: bool) -> tuple[Mention | None, int]:
    for width in _widths(text, tokens, at, register):
        rows = _rows(tokens, at, width, register)
        if not rows:
            continue
        if (
            is_address
            and _fills_field(text, tokens[at].start, tokens[at + width - 1].end)
            and not (width == 1 and tokens[at].plain.isdigit())
        ):
            return _mention(tokens, at, at, width, None, rows), width
        accent = " ".join(token.accent for token in tokens[at : at + width])
        provinces = [row for row in rows if register.version(row).unit.level == "province"]
        if provinces and any(accent in register.spellings(row) for row in provinces):
            return _mention(tokens, at, at, width, None, provinces), width
    return None, 1


def _widths(text: str, tokens: list[_Token], at: int, register: Register) -> Iterator[int]:
    """Numbers of syllables that a name at ``at`` may have, longest first."""
    most = min(register.longest_name.get(tokens[at].plain, 0), len(tokens) - at)
    reach = 1 if most else 0
    while reach < most and _GAP_IN_NAME.fullmatch(text, tokens[at + reach - 1].end, tokens[at + reach].start):
        reach += 1
    return iter(range(reach, 0, -1))


def _rows(tokens: list[_Token], at: int, width: int, register: Register) -> list[int]:
    key = " ".join(token.plain for token in tokens[at : at + width])
    aliased = register.rows_by_alias.get(key)
    rows = register.rows_by_name.get(key, [])
    return rows if aliased is None else [*rows, *(row for row in aliased if row not in rows)]


def _mention(tokens: list[_Token], start: int, at: int, width: int, kind: str | None, rows: list[int]) -> Mention:
    name = tokens[at : at + width]
    return Mention(
        span=Span(tokens[start].start, name[-1].end),
        name=Span(name[0].start, name[-1].end),
        kind=kind,
        accent=" ".join(token.accent for token in name),
        plain=" ".join(token.plain for token in name),
        rows=tuple(rows),
    )


def _fills_field(text: str, start: int, end: int) -> bool:
    while start > 0 and text[start - 1] in " .":
        start -= 1
    while end < len(text) and text[end] in " .":
        end += 1
    return (start == 0 or text[start - 1] in _FIELD_ENDS) and (end == len(text) or text[end] in _FIELD_ENDS)
