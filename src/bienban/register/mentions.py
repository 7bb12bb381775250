"""Where a text names a unit: a kind word and a name, a bare province, a bare field of an address.

Matched on the normal form, in one pass over its syllables. Which of the bearers of a name is meant is
not decided here (``resolve.py``).
"""

from collections.abc import Iterator
from functools import lru_cache
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


@lru_cache(maxsize=1 << 15)
def _syllables(word: str) -> tuple[tuple[int, str, str, bool], ...]:
    """The word, or the kind and the number glued in it ("P15"): length, accent key, plain key, is it a name."""
    glued = GLUED_NUMBER.fullmatch(word)
    if glued:
        return tuple((len(part), *token_keys(part), True) for part in glued.groups())
    return ((len(word), *token_keys(word), not word[0].islower()),)


class _Scan:
    """The syllables of one text as parallel lists, and the pass over them."""

    def __init__(self, text: str, register: Register) -> None:
        self.text = text
        self.register = register
        tokens = []
        for match in TOKEN.finditer(text):
            at = match.start()
            for size, accent, plain, is_name in _syllables(match.group()):
                tokens.append((at, at + size, accent, plain, is_name))
                at += size
        self.starts = [token[0] for token in tokens]
        self.ends = [token[1] for token in tokens]
        self.accents = [token[2] for token in tokens]
        self.plains = [token[3] for token in tokens]
        self.is_name = [token[4] for token in tokens]  # begins like a name: capital or digit
        self.kinds = _KINDS_PLAIN if text.isascii() else KIND_WORDS
        self.is_address = len(text) <= _ADDRESS_LENGTH
        if text.islower():
            self.is_name = [True] * len(self.starts)

    def mentions(self) -> Iterator[Mention]:
        at, count, past = 0, len(self.starts), 0  # past: the first syllable after the last mention
        listed: str | None = None  # the kind that a plural gave to the names of a list
        while at < count:
            mention = None
            if self.accents[at] in _KIND_HEADS:
                kind, width = self._kind(at)
                width += self._attribute(at + width) if kind is not None else 0
                is_wife = kind == "xã" and at > 0 and self.accents[at - 1] in WIVES
                if kind is not None and not is_wife and at + width < count and self.is_name[at + width]:
                    mention = self._named(at, at + width, kind)
                    if mention is not None:
                        listed = kind if at > 0 and self._is_plural(at - 1) else None
            if mention is None and listed is not None:
                at, mention, listed = self._next_in_list(at, listed)
            if mention is None and at < count and self.is_name[at]:
                longer = LONGER_NAMES.get(self.accents[at])
                if longer is not None and tuple(self.accents[at : at + len(longer)]) == longer:
                    at += len(longer)
                    continue
                mention = None if self._is_person(at, past) else self._bare(at)
            if mention is None:
                at += 1
                continue
            yield mention
            while at < count and self.starts[at] < mention.span.end:
                at += 1
            past = at

    def _is_plural(self, at: int) -> bool:
        return self.accents[at] in PLURALS or self.accents[at].isdigit()

    def _kind(self, at: int) -> tuple[str | None, int]:
        """The kind that the word at ``at`` says, and the number of its syllables."""
        accent, end = self.accents[at], self.ends[at]
        if at + 1 < len(self.starts) and self.starts[at + 1] - end <= 2:
            kind = self.kinds.get((accent, self.accents[at + 1]))
            if kind is not None:
                return kind, 2
        letter = KIND_LETTERS.get(accent)
        if letter is None:
            return self.kinds.get((accent,)), 1
        is_kind = self.text[end : end + 1] == "." or (at + 1 < len(self.starts) and self.starts[at + 1] == end)
        return (letter if is_kind else None), 1

    def _attribute(self, at: int) -> int:
        """How many syllables between kind and name describe the unit ("huyện miền núi Ba Chẽ")."""
        if at >= len(self.starts) or self.accents[at] not in _ATTRIBUTE_HEADS:
            return 0
        if self.text[self.starts[at] : self.ends[at]].istitle():
            return 0  # the name itself
        return next((size for size in (3, 2, 1) if tuple(self.accents[at : at + size]) in ATTRIBUTES), 0)

    def _named(self, start: int, at: int, kind: str) -> Mention | None:
        if self.text[self.ends[at - 1] : self.starts[at]] not in _GAPS_AFTER_KIND:
            return None
        if self.plains[at].isdigit() and kind not in NUMBERED_KINDS:
            return None
        if at - start == 1 and self.accents[start] in KIND_LETTERS and self._is_initial(at):
            return None
        for width in range(self._reach(at, self.register.longest_name), 0, -1):
            rows = self.register.rows_at_levels(" ".join(self.plains[at : at + width]), kind)
            if rows and self._is_written(at, width, kind, rows):
                return self._mention(start, at, width, kind, rows)
        return None

    def _is_initial(self, at: int) -> bool:
        """A single letter after a letter: "P. V.B." is a person."""
        return self.ends[at] - self.starts[at] == 1 and not self.plains[at].isdigit()

    def _is_written(self, at: int, width: int, kind: str, rows: tuple[int, ...]) -> bool:
        """Whether the text spells the name of one of ``rows``; other diacritics pass for a whole name of that kind."""
        if self.text.isascii():
            return True
        accent = " ".join(self.accents[at : at + width])
        if any(accent in self.register.spellings(row) for row in rows):
            return True
        following = at + width
        goes_on = (
            following < len(self.starts)
            and self.is_name[following]
            and self.text[self.ends[following - 1] : self.starts[following]] == " "
        )
        return not goes_on and any(self.register.version(row).unit.kind == kind for row in rows)

    def _next_in_list(self, at: int, kind: str) -> tuple[int, Mention | None, str | None]:
        """A further name of a list ("các huyện A, B và C"): where to go on, its mention, the kind that goes on."""
        gap = self.text[self.ends[at - 1] : self.starts[at]]
        joins = self.accents[at] == "và" and at + 1 < len(self.starts)
        if joins:
            at += 1
        if not (joins or gap in _GAPS_IN_LIST) or not self.is_name[at]:
            return at, None, None
        for width in range(self._reach(at, self.register.longest_name), 0, -1):
            rows = [row for row in self._rows(at, width) if self.register.version(row).unit.kind == kind]
            if rows:
                return at, self._mention(at, at, width, kind, tuple(rows)), kind
        return at, None, None

    def _bare(self, at: int) -> Mention | None:
        register = self.register
        if self.is_address and self._begins_field(at):
            for width in range(self._reach(at, register.longest_name), 0, -1):
                rows = self._rows(at, width)
                is_number = width == 1 and self.plains[at].isdigit()
                if rows and not is_number and self._ends_field(at + width - 1):
                    return self._mention(at, at, width, None, tuple(rows))
        for width in range(self._reach(at, register.longest_province), 0, -1):
            accent = " ".join(self.accents[at : at + width])
            provinces = register.provinces_by_accent.get(accent)
            if provinces:
                return self._mention(at, at, width, None, provinces)
        return None

    def _is_person(self, at: int, past: int) -> bool:
        """Whether the name at ``at`` is a person's: after "chị", or after two capitals ("Nguyễn Văn Hà Nam")."""
        if at > past and self.accents[at - 1] in PERSONS and self.text[self.ends[at - 1] : self.starts[at]] == " ":
            return True
        if at - past < 2 or self.text[self.ends[at - 2] : self.starts[at]].count(" ") != 2:
            return False
        return all(self.text[self.starts[i] : self.ends[i]].istitle() for i in (at - 2, at - 1))

    def _reach(self, at: int, longest: dict[str, int]) -> int:
        """How many syllables a name at ``at`` may have at most."""
        most = min(longest.get(self.plains[at], 0), len(self.starts) - at)
        if most < 2:
            return most
        reach = 1
        while reach < most and self.text[self.ends[at + reach - 1] : self.starts[at + reach]] in _GAPS_IN_NAME:
            reach += 1
        return reach

    def _rows(self, at: int, width: int) -> list[int]:
        key = " ".join(self.plains[at : at + width]) if width > 1 else self.plains[at]
        return self.register.rows_by_key.get(key, [])

    def _mention(self, start: int, at: int, width: int, kind: str | None, rows: tuple[int, ...]) -> Mention:
        last = self.ends[at + width - 1]
        return Mention(
            span=Span(self.starts[start], last),
            name=Span(self.starts[at], last),
            kind=kind,
            accent=" ".join(self.accents[at : at + width]),
            plain=" ".join(self.plains[at : at + width]),
            rows=rows,
        )

    def _begins_field(self, at: int) -> bool:
        before = self.text[self.ends[at - 1] : self.starts[at]] if at else ","
        return any(char in _FIELD_ENDS for char in before)

    def _ends_field(self, at: int) -> bool:
        following = self.starts[at + 1] if at + 1 < len(self.starts) else len(self.text)
        return at + 1 == len(self.starts) or any(c in _FIELD_ENDS for c in self.text[self.ends[at] : following])
