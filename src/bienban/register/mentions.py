"""Where a text names a unit: a kind word and a name, a bare province, a bare field of an address.

Matched on the normal form, in one pass over its syllables. Which of the bearers of a name is meant is
not decided here (``resolve.py``).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from bienban.records import Span
from bienban.register.names import (
    ATTRIBUTES,
    GLUED_NUMBER,
    KIND_LETTERS,
    KIND_WORDS,
    LONGER_NAMES,
    NUMBERED_KINDS,
    PERSONS,
    PLURALS,
    TOKEN,
    WIVES,
    strip_marks,
    token_keys,
)
from bienban.register.store import Register, load

_KINDS_PLAIN = {tuple(strip_marks(word) for word in words): kind for words, kind in KIND_WORDS.items()}
_KIND_HEADS = {words[0] for words in KIND_WORDS} | {words[0] for words in _KINDS_PLAIN} | set(KIND_LETTERS)
_ATTRIBUTE_HEADS = {words[0] for words in ATTRIBUTES}
_GAPS_IN_NAME = frozenset({"", " ", "  ", "\n", "-", " -", "- ", " - "})
_GAPS_AFTER_KIND = frozenset({"", " ", "  ", ".", ". ", " . ", "\n", ":", ": ", " : "})
_GAPS_IN_LIST = frozenset({", ", ",", " ,", " , ", "; "})
_FIELD_ENDS = frozenset(",;()|/\n")
# Words, each captured; the letter of a kind parts from the number glued to it ("P15").
_WORDS = re.compile(rf"({GLUED_NUMBER.pattern}|{TOKEN.pattern})")
_ADDRESS_LENGTH = 300  # characters; a longer text is prose, where a bare name may be a person or a street


class Mention(NamedTuple):
    """One place in the normal text that may name a unit."""

    span: Span  # of the normal text, kind word included
    name: Span  # of the normal text, without the kind word
    kind: str | None  # None: no kind word
    accent: str  # accent key of the name as written
    plain: str
    rows: tuple[int, ...]  # rows of the register, any kind and any day


def find_unit_mentions(text: str, register: Register | None = None) -> Iterator[Mention]:
    """Yield the mentions of units in the normal text ``text``, in reading order, without overlaps."""
    return _Scan(text, register or load()).mentions()


class _Keys(NamedTuple):
    """A word, whatever text it stands in."""

    accent: str
    plain: str
    is_name: bool  # begins like a name: capital or digit
    is_head: bool  # may begin a kind word


@lru_cache(maxsize=1 << 15)
def _keys(word: str) -> _Keys:
    accent, plain = token_keys(word)
    return _Keys(accent, plain, not word[0].islower(), accent in _KIND_HEADS)


_NO_KEYS = _Keys("", "", False, False)  # of a text without words


class _Scan:
    """The words of one text as parallel lists, and the pass over them."""

    __slots__ = (
        "accents", "ends", "gaps", "is_address", "is_head", "is_name", "kinds", "past", "plains", "register", "starts",
        "text",
    )  # fmt: skip

    def __init__(self, text: str, register: Register) -> None:
        self.text = text
        self.register = register
        pieces = _WORDS.split(text)
        self.gaps = pieces[::2]  # what stands before each word, and after the last
        words = pieces[1::2]
        borders = list(accumulate(map(len, pieces)))
        self.starts, self.ends = borders[:-1:2], borders[1::2]
        keys = [_keys(word) for word in words] or [_NO_KEYS]
        self.accents, self.plains, self.is_name, self.is_head = zip(*keys, strict=True)
        if "" in self.gaps:  # a letter and its number: "p15"
            self.is_name = tuple(is_name or not gap for is_name, gap in zip(self.is_name, self.gaps[1:], strict=False))
        self.kinds = _KINDS_PLAIN if text.isascii() else KIND_WORDS
        self.is_address = len(text) <= _ADDRESS_LENGTH
        if text.islower():
            self.is_name = (True,) * len(words)
        self.past = 0  # the first word after the last mention

    def mentions(self) -> Iterator[Mention]:
        is_head, is_name, provinces = self.is_head, self.is_name, self.register.longest_province
        at, count = 0, len(self.starts)
        listed: str | None = None  # the kind that a plural gave to the names of a list
        while at < count:
            mention = None
            if is_head[at]:
                kind, width = self._kind(at)
                if kind is not None:
                    named = at + width + self._attribute(at + width)
                    is_wife = kind == "xã" and at > 0 and self.accents[at - 1] in WIVES
                    if not is_wife and named < count and is_name[named]:
                        mention = self._named(at, named, kind)
                        if mention is not None:
                            listed = kind if at > 0 and self._is_plural(at - 1) else None
            if mention is None and listed is not None:
                at, mention, listed = self._next_in_list(at, listed)
            if mention is None and at < count and is_name[at]:
                longer = LONGER_NAMES.get(self.accents[at])
                if longer is not None and self.accents[at : at + len(longer)] == longer:
                    at += len(longer)
                    continue
                # Most names are no unit's: words that no province begins with are passed over here.
                if self.plains[at] in provinces or (self.is_address and self._begins_field(at)):
                    mention = self._bare(at)
            if mention is None:
                at += 1
            else:
                at = self.past
                yield mention

    def _is_plural(self, at: int) -> bool:
        return self.accents[at] in PLURALS or self.accents[at].isdigit()

    def _kind(self, at: int) -> tuple[str | None, int]:
        """The kind that the word at ``at`` says, and the number of its syllables."""
        accent, gap = self.accents[at], self.gaps[at + 1]
        if at + 1 < len(self.starts) and len(gap) <= 2:
            kind = self.kinds.get((accent, self.accents[at + 1]))
            if kind is not None:
                return kind, 2
        letter = KIND_LETTERS.get(accent)
        if letter is None:
            return self.kinds.get((accent,)), 1
        is_kind = gap.startswith(".") or (not gap and at + 1 < len(self.starts))
        return (letter if is_kind else None), 1

    def _attribute(self, at: int) -> int:
        """How many syllables between kind and name describe the unit ("huyện miền núi Ba Chẽ")."""
        if at >= len(self.starts) or self.accents[at] not in _ATTRIBUTE_HEADS:
            return 0
        if self.text[self.starts[at] : self.ends[at]].istitle():
            return 0  # the name itself
        return next((size for size in (3, 2, 1) if self.accents[at : at + size] in ATTRIBUTES), 0)

    def _named(self, start: int, at: int, kind: str) -> Mention | None:
        if self.gaps[at] not in _GAPS_AFTER_KIND:
            return None
        if self.plains[at].isdigit() and kind not in NUMBERED_KINDS:
            return None
        if at - start == 1 and self.accents[start] in KIND_LETTERS and self._is_initial(at):
            return None
        for width in range(self._reach(at, self.register.longest_name), 0, -1):
            plain = self._key(self.plains, at, width)
            found = self.register.bearers_at_levels(plain, kind)
            if found is None:
                continue
            rows, spellings = found
            accent = self._key(self.accents, at, width)
            if accent in spellings or self.text.isascii() or self._is_misspelt(at + width, kind, rows):
                return self._mention(start, at, width, kind, accent, plain, rows)
        return None

    def _is_initial(self, at: int) -> bool:
        """A single letter after a letter: "P. V.B." is a person."""
        return self.ends[at] - self.starts[at] == 1 and not self.plains[at].isdigit()

    def _is_misspelt(self, following: int, kind: str, rows: tuple[int, ...]) -> bool:
        """Whether other diacritics than any bearer's pass: for a whole name, one that a unit of that kind bears."""
        goes_on = following < len(self.starts) and self.is_name[following] and self.gaps[following] == " "
        return not goes_on and any(self.register.version(row).unit.kind == kind for row in rows)

    def _next_in_list(self, at: int, kind: str) -> tuple[int, Mention | None, str | None]:
        """A further name of a list ("các huyện A, B và C"): where to go on, its mention, the kind that goes on."""
        gap = self.gaps[at]
        joins = self.accents[at] == "và" and at + 1 < len(self.starts)
        if joins:
            at += 1
        if not (joins or gap in _GAPS_IN_LIST) or not self.is_name[at]:
            return at, None, None
        for width in range(self._reach(at, self.register.longest_name), 0, -1):
            plain = self._key(self.plains, at, width)
            rows = self.register.rows_by_key.get(plain, ())
            of_kind = tuple(row for row in rows if self.register.version(row).unit.kind == kind)
            if of_kind:
                return at, self._mention(at, at, width, kind, self._key(self.accents, at, width), plain, of_kind), kind
        return at, None, None

    def _bare(self, at: int) -> Mention | None:
        register = self.register
        whole = self._reach(at, register.longest_name) if self.is_address and self._begins_field(at) else 0
        province = self._reach(at, register.longest_province)
        if not (whole or province) or self._is_person(at):
            return None
        for width in range(whole, 0, -1):
            plain = self._key(self.plains, at, width)
            rows = register.rows_by_key.get(plain)
            is_number = width == 1 and plain.isdigit()
            if rows and not is_number and self._ends_field(at + width - 1):
                return self._mention(at, at, width, None, self._key(self.accents, at, width), plain, tuple(rows))
        for width in range(province, 0, -1):
            accent = self._key(self.accents, at, width)
            provinces = register.provinces_by_accent.get(accent)
            if provinces:
                return self._mention(at, at, width, None, accent, self._key(self.plains, at, width), provinces)
        return None

    def _is_person(self, at: int) -> bool:
        """Whether the name at ``at`` is a person's: after "chị", or after two capitals ("Nguyễn Văn Hà Nam")."""
        if at > self.past and self.accents[at - 1] in PERSONS and self.gaps[at] == " ":
            return True
        if at - self.past < 2 or self.text[self.ends[at - 2] : self.starts[at]].count(" ") != 2:
            return False
        return all(self.text[self.starts[i] : self.ends[i]].istitle() for i in (at - 2, at - 1))

    def _reach(self, at: int, longest: dict[str, int]) -> int:
        """How many syllables a name at ``at`` may have at most."""
        most = longest.get(self.plains[at], 0)
        if most < 2:
            return most
        most = min(most, len(self.starts) - at)
        reach = 1
        while reach < most and self.gaps[at + reach] in _GAPS_IN_NAME:
            reach += 1
        return reach

    def _key(self, words: Sequence[str], at: int, width: int) -> str:
        return " ".join(words[at : at + width]) if width > 1 else words[at]

    def _mention(
        self, start: int, at: int, width: int, kind: str | None, accent: str, plain: str, rows: tuple[int, ...]
    ) -> Mention:
        self.past = at + width
        first, last = self.starts[at], self.ends[at + width - 1]
        return Mention(Span(self.starts[start], last), Span(first, last), kind, accent, plain, rows)

    def _begins_field(self, at: int) -> bool:
        return at == 0 or (self.gaps[at] != " " and not _FIELD_ENDS.isdisjoint(self.gaps[at]))

    def _ends_field(self, at: int) -> bool:
        return at + 1 == len(self.starts) or not _FIELD_ENDS.isdisjoint(self.gaps[at + 1])
