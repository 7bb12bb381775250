"""Where a text names a unit: a kind word and a name, a bare province, a bare field of an address.

Matched on the normal form, in one pass over its syllables that stops only where a mention may begin. Which of
the bearers of a name is meant is not decided here (``resolve.py``).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from bienban.register.name_tree import NameTree
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
from bienban.register.store import Bearers, Register, load

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

    start: int  # in the normal text, kind word included
    end: int
    kind: str | None  # None: no kind word
    accent: str  # accent key of the name as written
    plain: str
    bearers: Bearers  # any kind and any day


def find_mentions(text: str) -> Iterator[Mention]:
    """Yield the mentions of units in the normal text ``text``, in reading order, without overlaps."""
    return _Scan(text, load()).mentions()


class _Word(NamedTuple):
    """A word, whatever text it stands in."""

    accent: str
    plain: str
    is_name: bool  # begins like a name: capital or digit
    is_head: bool  # may begin a kind word
    begins_province: bool  # may begin a province's name
    is_anchor: bool  # one of the two


# The columns of a word by which names are looked up.
_ACCENT: Literal[0] = 0
_PLAIN: Literal[1] = 1


@lru_cache(maxsize=1 << 15)
def _word(word: str) -> _Word:
    accent, plain = token_keys(word)
    is_head, begins_province = accent in _KIND_HEADS, accent in load().provinces.branches
    return _Word(accent, plain, not word[0].islower(), is_head, begins_province, is_head or begins_province)


class _Scan:
    """The words of one text and what stands between them, and the pass over them."""

    __slots__ = ("borders", "gaps", "is_address", "is_ascii", "is_lower", "past", "register", "text", "words")

    def __init__(self, text: str, register: Register) -> None:
        self.text = text
        self.register = register
        pieces = _WORDS.split(text)
        self.gaps = pieces[::2]  # what stands before each word, and after the last
        self.words = [*map(_word, pieces[1::2])]
        self.borders = [*accumulate(map(len, pieces))]  # word i stands from 2 i to 2 i + 1
        self.is_address = len(text) <= _ADDRESS_LENGTH
        self.is_ascii = text.isascii()
        self.is_lower = text.islower()
        self.past = 0  # the first word after the last mention

    def mentions(self) -> Iterator[Mention]:
        is_address = self.is_address
        for at, (word, gap) in enumerate(zip(self.words, self.gaps, strict=False)):
            begins_field = is_address and gap != " "
            # Most words begin no unit's name and are passed over here.
            if not (word.is_anchor or begins_field) or at < self.past:
                continue
            mention = self._with_kind(at) if word.is_head else None
            if mention is not None:
                yield mention
                if at and self._is_plural(at - 1):
                    yield from self._list(mention)
            elif word.begins_province or begins_field:
                mention = self._without_kind(at)
                if mention is not None:
                    yield mention

    def _is_plural(self, at: int) -> bool:
        return self.words[at].accent in PLURALS or self.words[at].accent.isdigit()

    def _with_kind(self, at: int) -> Mention | None:
        """The mention whose kind word begins at ``at``."""
        kind, width = self._kind(at)
        if kind is None or (kind == "xã" and at and self.words[at - 1].accent in WIVES):
            return None
        named = at + width
        if named < len(self.words) and self.words[named].accent in _ATTRIBUTE_HEADS:
            named += self._attribute(named)
        if named >= len(self.words) or not self._is_name(named):
            return None
        return self._named(at, named, kind)

    def _kind(self, at: int) -> tuple[str | None, int]:
        """The kind that the word at ``at`` says, and the number of its syllables."""
        kinds = _KINDS_PLAIN if self.is_ascii else KIND_WORDS
        accent, gap = self.words[at].accent, self.gaps[at + 1]
        is_last = at + 1 == len(self.words)
        if not is_last and len(gap) <= 2:
            kind = kinds.get((accent, self.words[at + 1].accent))
            if kind is not None:
                return kind, 2
        letter = KIND_LETTERS.get(accent)
        if letter is None:
            return kinds.get((accent,)), 1
        is_kind = gap.startswith(".") or (not gap and not is_last)
        return (letter if is_kind else None), 1

    def _is_name(self, at: int) -> bool:
        """Whether the word is written like a name: large, or a letter glued to a number ("p15")."""
        return self.words[at].is_name or self.is_lower or (not self.gaps[at + 1] and at + 1 < len(self.words))

    def _attribute(self, at: int) -> int:
        """How many syllables between kind and name describe the unit ("huyện miền núi Ba Chẽ")."""
        if self._written(at).istitle():
            return 0  # the name itself
        accents = tuple(word.accent for word in self.words[at : at + 3])
        return next((size for size in (3, 2, 1) if accents[:size] in ATTRIBUTES), 0)

    def _named(self, start: int, at: int, kind: str) -> Mention | None:
        if self.gaps[at] not in _GAPS_AFTER_KIND:
            return None
        plain = self.words[at].plain
        if plain.isdigit() and kind not in NUMBERED_KINDS:
            return None
        if at - start == 1 and self.words[start].accent in KIND_LETTERS and self._is_initial(at):
            return None
        for plain, width in self._names(at, self.register.names, _PLAIN):
            bearers = self.register.bearers_at_levels(plain, kind)
            if not bearers.rows:
                continue
            accent = self._accent(at, width)
            if accent in bearers.spellings or self.is_ascii or self._is_misspelt(at + width, kind, bearers):
                return self._mention(start, at, width, kind, accent, plain, bearers)
        return None

    def _is_initial(self, at: int) -> bool:
        """A single letter after a letter: "P. V.B." is a person."""
        return self.borders[2 * at + 1] - self.borders[2 * at] == 1 and not self.words[at].plain.isdigit()

    def _is_misspelt(self, following: int, kind: str, bearers: Bearers) -> bool:
        """Whether other diacritics than any bearer's pass: for a whole name, one that a unit of that kind bears."""
        goes_on = following < len(self.words) and self.gaps[following] == " " and self._is_name(following)
        return not goes_on and any(self.register.version(row).unit.kind == kind for row in bearers.rows)

    def _list(self, first: Mention) -> Iterator[Mention]:
        """The further names of a list of one kind: "các huyện A, B và C" after A."""
        kind = first.kind or ""
        while self.past < len(self.words):
            at = self.past
            joins = self.words[at].accent == "và" and at + 1 < len(self.words)
            if not joins and self.gaps[at] not in _GAPS_IN_LIST:
                return
            at += joins
            if self.words[at].is_head and self._kind(at)[0]:
                return  # it has its own kind: "các huyện A, B và thị xã C"
            mention = self._listed(at, kind) if self._is_name(at) else None
            if mention is None:
                return
            yield mention

    def _listed(self, at: int, kind: str) -> Mention | None:
        for plain, width in self._names(at, self.register.names, _PLAIN):
            bearers = self.register.bearers_of_kind(plain, kind)
            if bearers.rows:
                return self._mention(at, at, width, kind, self._accent(at, width), plain, bearers)
        return None

    def _without_kind(self, at: int) -> Mention | None:
        """A bare name at ``at``: a field of an address that it fills, or a province."""
        if not self._is_name(at):
            return None
        register, head = self.register, self.words[at]
        longer = LONGER_NAMES.get(head.accent)
        if longer is not None and tuple(word.accent for word in self.words[at : at + len(longer)]) == longer:
            self.past = at + len(longer)
            return None
        names = self._names(at, self.register.names, _PLAIN) if self.is_address and self._begins_field(at) else ()
        provinces = self._names(at, self.register.provinces, _ACCENT) if head.begins_province else ()
        if not (names or provinces) or self._is_person(at):
            return None
        for plain, width in names:
            if self._ends_field(at + width - 1) and not (width == 1 and plain.isdigit()):
                return self._mention(
                    at, at, width, None, self._accent(at, width), plain, register.bearers_of_any(plain)
                )
        for accent, width in provinces[:1]:
            return self._mention(at, at, width, None, accent, strip_marks(accent), register.provinces_by_accent[accent])
        return None

    def _is_person(self, at: int) -> bool:
        """Whether the name at ``at`` is a person's: after "chị", or after two capitals ("Nguyễn Văn Hà Nam")."""
        if self.gaps[at] != " " or at == self.past:
            return False
        if self.words[at - 1].accent in PERSONS:
            return True
        if at - self.past < 2 or self.gaps[at - 1] != " ":
            return False
        return self._written(at - 2).istitle() and self._written(at - 1).istitle()

    def _names(self, at: int, tree: NameTree, column: Literal[0, 1]) -> list[tuple[str, int]]:
        """The names of ``tree`` that begin at ``at``, with their numbers of syllables, the longest first."""
        words, gaps = self.words, self.gaps
        found: list[tuple[str, int]] = []
        following = at
        branch = tree.branches.get(words[at][column])
        while branch is not None:
            following += 1
            if branch.name is not None:
                found.insert(0, (branch.name, following - at))
            if following == len(words) or gaps[following] not in _GAPS_IN_NAME:
                break
            branch = branch.branches.get(words[following][column])
        return found

    def _accent(self, at: int, width: int) -> str:
        return " ".join([word.accent for word in self.words[at : at + width]])

    def _written(self, at: int) -> str:
        return self.text[self.borders[2 * at] : self.borders[2 * at + 1]]

    def _mention(
        self, start: int, at: int, width: int, kind: str | None, accent: str, plain: str, bearers: Bearers
    ) -> Mention:
        self.past = at + width
        return Mention(self.borders[2 * start], self.borders[2 * self.past - 1], kind, accent, plain, bearers)

    def _begins_field(self, at: int) -> bool:
        return at == 0 or (self.gaps[at] != " " and not _FIELD_ENDS.isdisjoint(self.gaps[at]))

    def _ends_field(self, at: int) -> bool:
        return at + 1 == len(self.words) or not _FIELD_ENDS.isdisjoint(self.gaps[at + 1])
