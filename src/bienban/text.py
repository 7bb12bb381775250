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
_BLANKS_OR_CHAR = re.compile(r" +|.", re.DOTALL)
# Maps to itself: no reference, tag, mark or odd blank. Precomposed Vietnamese letters do; Ð (U+00D0) does not.
_FAST = re.compile(r"[\x20-\x25\x27-\x3b\x3d-\x7e\nÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]+")


@dataclass(frozen=True, slots=True)
class NormalText:
    """``text`` and, for each of its characters, where it stands in the given text.

    ``starts[i]``/``ends[i]`` bound the given characters that character ``i`` was made from, so a
    span of the normal form maps to the smallest given span that covers it.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def original_span(self, span: tuple[int, int]) -> tuple[int, int]:
        """Map a non-empty half-open span of ``text`` to the given text."""
        start, end = span
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def normal_offset(self, offset: int) -> int:
        """The position in ``text`` of the character made from the given ``offset``."""
        return max(0, bisect_right(self.starts, offset) - 1)


def normalise(given: str) -> NormalText:
    """Build the normal form of ``given``. Linear in its length; any str is accepted."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(chars: str, start: int, end: int) -> None:
        for char in chars:
            out.append(char)
            starts.append(start)
            ends.append(end)

    at, length = 0, len(given)
    while at < length:
        if run := _FAST.match(given, at):
            end = run.end()
            # A mark after the run belongs to its last letter (decomposed text).
            if end < length and unicodedata.combining(given[end]):
                end -= 1
            if end > at:
                out.extend(given[at:end])
                starts.extend(range(at, end))
                ends.extend(range(at + 1, end + 1))
                at = end
                continue
        char = given[at]
        if char == "&" and (entity := _ENTITY.match(given, at)):
            decoded = html.unescape(entity.group())
            if decoded != entity.group() and "\x00" not in decoded:
                put("".join(_plain(c) for c in unicodedata.normalize("NFC", decoded)), at, entity.end())
                at = entity.end()
                continue
        if char == "<" and (tag := _TAG.match(given, at)):
            if tag["block"]:
                put("\n", at, tag.end())
            at = tag.end()
            continue
        end = at + 1
        while end < length and unicodedata.combining(given[end]):
            end += 1
        cluster = char if end == at + 1 else unicodedata.normalize("NFC", given[at:end])
        put("".join(_plain(c) for c in cluster), at, end)
        at = end
    return _modern_tones(*_single_blanks("".join(out), starts, ends))


def modern(value: str) -> str:
    """The normal form of a short string, without its map: for lexicon forms and names."""
    return normalise(value).text


def ascii_fold(value: str) -> str:
    """Lower case without diacritics ("Uông Bí" -> "uong bi"), for search keys."""
    decomposed = unicodedata.normalize("NFD", modern(value).casefold().replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


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


def _single_blanks(text: str, starts: list[int], ends: list[int]) -> tuple[str, list[int], list[int]]:
    """Each run of blanks as one blank that covers the run: scanned pages set two where one is meant."""
    if "  " not in text:
        return text, starts, ends
    kept: list[int] = []
    last: list[int] = []  # where the run ends that the kept character stands for
    for run in _BLANKS_OR_CHAR.finditer(text):
        kept.append(run.start())
        last.append(run.end() - 1)
    return "".join(text[at] for at in kept), [starts[at] for at in kept], [ends[at] for at in last]


def _modern_tones(text: str, starts: list[int], ends: list[int]) -> NormalText:
    # A swap of the tone between two vowels keeps the length, so the map stands.
    return NormalText(TONE_PLACEMENT.sub(text), starts, ends)
