"""One normal form for matching, with an exact map back to the text as it was given.

Every finder matches on ``NormalText.text`` and reports offsets through ``original_span``. The normal
form has: NFC, Đ for the Icelandic Ð, modern tone placement (hòa, thúy), plain hyphens and quotes, single
blanks, no zero-width characters, HTML character references decoded, HTML tags taken out (a block's tag
becomes a line end). Case is kept: names need it. Line ends are kept: paragraphs need them.

Not here: what is boilerplate (``boilerplate.py``), any meaning.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from bienban.tones import TONE_PLACEMENT

# One decomposed letter with its marks, or a character reference, or a single character.
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
# Crawled text keeps stray markup. Known names only and bounded, so that "a < b" and a lone "<" stay text.
_BLOCK_TAGS = (
    "address|article|blockquote|br|center|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|"
    "header|hr|img|li|ol|p|section|table|tbody|td|th|tr|ul"
)
_INLINE_TAGS = "a|abbr|b|big|em|font|i|mark|s|small|span|strong|sub|sup|u"
_TAG = re.compile(rf"</?(?:(?P<block>{_BLOCK_TAGS})|(?:{_INLINE_TAGS}))(?:[\s/][^<>]{{0,1000}})?>", re.IGNORECASE)
_PLAIN = {
    "\u00d0": "Đ",  # Icelandic Eth, typed for Đ by old keyboards
    "\u00f0": "đ",
    "\u0110": "Đ",
    "\u0111": "đ",
    "\u0189": "Đ",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2026": "…",
}
_DASHES = frozenset("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_DROPPED = frozenset("\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_ENDS = frozenset("\n\r\u2028\u2029\u0085\x0b\x0c")
# Maps to itself: no reference, tag, mark or odd blank. Precomposed Vietnamese letters do; Ð (U+00D0) does not.
_FAST = re.compile(r"[\x20-\x25\x27-\x3b\x3d-\x7e\nÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]+")


@dataclass(frozen=True, slots=True)
class NormalText:
    """``text``, and where each of its characters stands in the given text.

    The map is one of pieces, for most of a text is given in its normal form: piece ``i`` begins at
    ``at[i]`` of ``text`` and at ``starts[i]`` of the given text. A piece that was copied has no end here
    (``ends[i]`` is -1): its characters map one to one. Every character of any other piece stands for all
    given characters up to ``ends[i]``, so a span maps to the smallest given span that covers it.
    """

    text: str
    at: list[int]
    starts: list[int]
    ends: list[int]

    def original_span(self, span: tuple[int, int]) -> tuple[int, int]:
        """Map a non-empty half-open span of ``text`` to the given text."""
        start, end = span
        if len(self.at) == 1 and self.ends[0] < 0 and start < end:
            return self.starts[0] + start, self.starts[0] + end
        if start >= end:
            place = self._start(start) if start < len(self.text) else self._end(len(self.text) - 1)
            return place, place
        return self._start(start), self._end(end - 1)

    def normal_offset(self, offset: int) -> int:
        """The position in ``text`` of the character made from the given ``offset``."""
        piece = bisect_right(self.starts, offset) - 1
        if piece < 0:
            return 0
        last = (self.at[piece + 1] if piece + 1 < len(self.at) else len(self.text)) - 1
        return min(last, self.at[piece] + offset - self.starts[piece]) if self.ends[piece] < 0 else last

    def _start(self, at: int) -> int:
        piece = bisect_right(self.at, at) - 1
        return self.starts[piece] + (at - self.at[piece] if self.ends[piece] < 0 else 0)

    def _end(self, at: int) -> int:
        piece = bisect_right(self.at, at) - 1
        if piece < 0:
            return 0  # nothing is left of the text
        end = self.ends[piece]
        return end if end >= 0 else self.starts[piece] + at - self.at[piece] + 1


class _Builder:
    """The normal form in the making: pieces of text with their map, blanks that follow a blank left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._at: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._size = 0
        self._after_blank = False

    def copy(self, given: str, start: int, end: int) -> None:
        """Take over the run of plain characters ``given[start:end]`` as it is."""
        while self._after_blank and start < end and given[start] == " ":
            start += 1
            self._cover(start)
        double = given.find("  ", start, end)
        while double >= 0:
            self._add(given[start : double + 1], start, -1)
            start = double + 2
            while start < end and given[start] == " ":
                start += 1
            self._cover(start)
            double = given.find("  ", start, end)
        if start < end:
            self._add(given[start:end], start, -1)

    def put(self, chars: str, start: int, end: int) -> None:
        """Add ``chars``, each of which stands for all given characters from ``start`` to ``end``."""
        for char in chars:
            if char == " " and self._after_blank:
                self._cover(end)
            else:
                self._add(char, start, end)

    def done(self) -> NormalText:
        # A swap of the tone between two vowels keeps the length, so the map stands.
        return NormalText(TONE_PLACEMENT.sub("".join(self._pieces)), self._at, self._starts, self._ends)

    def _add(self, piece: str, start: int, end: int) -> None:
        self._pieces.append(piece)
        self._at.append(self._size)
        self._starts.append(start)
        self._ends.append(end)
        self._size += len(piece)
        self._after_blank = piece[-1] == " "

    def _cover(self, end: int) -> None:
        """The last character, a blank, stands for what was given up to ``end`` too."""
        if self._ends[-1] >= 0:
            self._ends[-1] = end
            return
        last = self._size - 1
        if last == self._at[-1]:
            self._ends[-1] = end
        else:
            self._at.append(last)
            self._starts.append(self._starts[-1] + last - self._at[-2])
            self._ends.append(end)


def normalise(given: str) -> NormalText:
    """Build the normal form of ``given``. Linear in its length; any str is accepted."""
    at, length = 0, len(given)
    whole = _FAST.match(given)
    if whole and whole.end() == length and "  " not in given:
        return NormalText(TONE_PLACEMENT.sub(given), [0], [0], [-1])  # most names and phrases are normal as they are
    built = _Builder()
    while at < length:
        if run := _FAST.match(given, at):
            end = run.end()
            # A mark after the run belongs to its last letter (decomposed text).
            if end < length and _is_mark(given[end]):
                end -= 1
            if end > at:
                built.copy(given, at, end)
                at = end
                continue
        char = given[at]
        if char == "&" and (entity := _ENTITY.match(given, at)):
            decoded = html.unescape(entity.group())
            if decoded != entity.group() and "\x00" not in decoded:
                built.put(_composed(decoded), at, entity.end())
                at = entity.end()
                continue
        if char == "<" and (tag := _TAG.match(given, at)):
            if tag["block"]:
                built.put("\n", at, tag.end())
            at = tag.end()
            continue
        end = at + 1
        while end < length and _is_mark(given[end]):
            end += 1
        built.put(_composed(given[at:end]), at, end)
        at = end
    return built.done()


def modern(value: str) -> str:
    """The normal form of a short string, without its map: for lexicon forms and names."""
    return normalise(value).text


def ascii_fold(value: str) -> str:
    """Lower case without diacritics ("Uông Bí" -> "uong bi"), for search keys."""
    decomposed = unicodedata.normalize("NFD", modern(value).casefold().replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _is_mark(char: str) -> bool:
    """Whether the character may become one with what stands before it: marks, and the later letters of Hangul."""
    return unicodedata.category(char) in ("Mn", "Mc") or "\u1160" <= char <= "\u11ff"


@lru_cache(maxsize=1 << 12)
def _composed(cluster: str) -> str:
    """The normal form of a letter with its marks, or of a decoded reference."""
    return "".join(_plain(char) for char in unicodedata.normalize("NFC", cluster))


def _plain(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if char in _DASHES:
        return "-" if char != "\u00ad" else ""
    if char in _DROPPED:
        return ""
    if char in _LINE_ENDS:
        return "\n" if char != "\r" else " "
    if char.isspace():
        return " "
    return unicodedata.normalize("NFC", char)
