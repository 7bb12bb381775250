"""The parts of an article: title, lead, body, captions, byline, boilerplate; paragraphs and sentences.

All spans are half-open offsets of the article's *normal* text. Finders read the parts they may trust:
boilerplate (menus, counters, weather, exchange rates, hotlines, lists of other headlines) is named here
and left out of figures and people, but nothing is deleted.

Not here: the words of page furniture (``lexicon/boilerplate.yml``), the shape of signatures
(``signatures.py``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from bienban.date_lines import is_stamped
from bienban.furniture import Furniture, furniture
from bienban.letters import LOWER, UPPER
from bienban.lexicon import lowered
from bienban.records import Article, Span
from bienban.signatures import is_labelled, is_office_line, is_signature, is_signed_mark, is_stamped_signature

PartKind = Literal["title", "lead", "body", "caption", "byline", "boilerplate"]

_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")  # without the blanks at its ends
# A sentence ends at a stop before a blank; the reader of "./." wants all three marks.
# A run of marks is tried from its first only: from each, a line of ten thousand dots costs seconds.
_STOP = re.compile(r"(?:\./\.|(?<![.!?…])[.!?…]++)[\"')\]]*+(?=\s)")
_OPENS = re.compile(rf"\s+(?=([\"'(\[+*•-]{{0,3}} ?[{UPPER}\d]))")
# Before the stop: a short form or a list number, after which the sentence goes on.
_SHORT_FORMS = [
    "TP", "Tp", "tp", "TX", "Tx", "TT", "Th", "ThS", "Ths", "TS", "Ts", "PGS", "GS", "BS", "Bs", "KTS", "CN", "Ks",
    "KS", "Đ/c", "đ/c", "Mr", "Mrs", "Ms", "Dr", "St", "No", "Q", "P", "H", "X", "tr", "v.v",
]  # fmt: skip
_SHORT_FORM = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, _SHORT_FORMS))}|[A-ZĐ])\Z")
_SHORT_ENDS = frozenset((*(form[-1] for form in _SHORT_FORMS), *"ABCDEFGHIJKLMNOPQRSTUVWXYZĐ"))

_INNER_STOP = re.compile(rf"[{LOWER}]{{3}}[.!?] ")  # after a word, no short form

_STOPS = frozenset(".…:;")
_RUNNING_WORDS = 9  # a line of fewer words is a heading, a caption or furniture, even with a stop
_UNSTOPPED_WORDS = 18  # with a stop inside, a line of so many words is prose that lost its last stop
_HEADLINE_CHARS = 230  # the longest headline seen has 160; a line past this is running text, stop or no stop
_ABSTRACT_CHARS = 140  # under another headline so long a line is an abstract
_HEADLINE_BLANKS = 4  # a headline of fewer words gives way to a longer one above it
_OWN_HEADLINE = 7  # blanks: so long a first line is no hotline, whatever words it holds, when it gives no number
_DIGITS = re.compile(r"\d{4}|[|»›]")
_CAPTION_WORDS = 22
_LABELLED_WORDS = 50  # of a caption that begins with "Ảnh:"
_LABEL_CHARS = 16
_LISTED_CHARS = 120  # a listed headline may end in a stop; so long a sentence is text again
_PICTURE_BLOCK = 3  # the fourth block of a dump's article
_PICTURE_CHARS = 300
_ABSTRACT_LINES = 2
_OPENING_CHARS = 40  # enough for the words that open a side event
_SNIPPET_LINES = 2


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One paragraph of the normal text ``text``."""

    span: Span
    kind: PartKind
    text: str = field(repr=False)
    is_side_event: bool = False  # tells of a second, minor event: its people, documents, figures are left out

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Its sentences, in reading order; parted only where they are read: most articles tell of no meeting."""
        return tuple(_sentences(self.text, self.span))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Every non-blank paragraph of the article, in reading order."""

    paragraphs: tuple[Paragraph, ...]

    def of_kind(self, *kinds: PartKind) -> tuple[Paragraph, ...]:
        """The paragraphs of the given kinds, in reading order."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.kind in kinds)


@dataclass(slots=True)
class _Line:
    span: Span
    text: str
    lower: str
    block: int  # lines between the same blank lines share a block
    is_running: bool
    kind: PartKind | None = None


def find_layout(article: Article) -> Layout:
    """Split ``article`` into classified paragraphs. Linear in the text's length."""
    text = article.normal.text
    words = furniture()
    lines = _lines(text)
    _mark(lines, words, article.title, has_crumbs="»" in article.text or "›" in article.text)
    return Layout(
        paragraphs=tuple(
            Paragraph(
                span=line.span,
                kind=line.kind or "body",
                text=text,
                is_side_event=line.kind == "body" and words.is_side_event(line.lower[:_OPENING_CHARS]),
            )
            for line in lines
        )
    )


def _lines(text: str) -> list[_Line]:
    spans: list[tuple[int, int, int]] = []  # start, end, block
    block = end = 0
    for match in _LINE.finditer(text):
        start, following = match.span()
        if text.count("\n", end, start) > 1:
            block += 1
        end = following
        if spans and spans[-1][2] == block and _continues(text, spans[-1], match):
            spans[-1] = (spans[-1][0], end, block)
        else:
            spans.append((start, end, block))
    lower = lowered(text)
    return [
        _Line(Span(start, end), line, lower[start:end], block, _is_running(line))
        for start, end, block in spans
        for line in (text[start:end],)
    ]


def _is_running(line: str) -> bool:
    """Prose: a sentence with its stop, or longer than any headline."""
    if len(line) > _HEADLINE_CHARS:
        return True
    blanks = line.count(" ")
    if line.rstrip("\"')")[-1:] in _STOPS or "./. " in line:
        return blanks + 1 >= _RUNNING_WORDS
    # Headlines ask and exclaim, too.
    return blanks >= _UNSTOPPED_WORDS and _INNER_STOP.search(line) is not None


def _continues(text: str, line: tuple[int, int, int], following: re.Match[str]) -> bool:
    """A hard-wrapped paragraph: the next line goes on in lower case after a line without a stop."""
    start, end, _ = line
    return text[following.start()].islower() and end - start > 60 and text[end - 1] not in ".!?…:;|"


def _mark(lines: list[_Line], words: Furniture, given_title: str | None, *, has_crumbs: bool) -> None:
    _mark_picture_block(lines, words)
    _mark_furniture(lines, words, has_crumbs=has_crumbs)
    running = [i for i, line in enumerate(lines) if line.is_running and line.kind is None]
    first = running[0] if running else len(lines)
    last = running[-1] if running else len(lines) - 1
    if not running and 0 < len(lines) <= _SNIPPET_LINES and lines[-1].kind is None:
        first = len(lines) - 1  # a note of one line, perhaps under its title: the last line is the text
    _mark_head(lines, first, given_title, words)
    _mark_captions(lines, words, last)
    _mark_tail(lines, first, last)


def _mark_picture_block(lines: list[_Line], words: Furniture) -> None:
    """Research dumps: headline, abstract, body and the lines of pictures, parted by blank lines."""
    if not lines or lines[-1].block != _PICTURE_BLOCK or lines[0].is_running:
        return
    sizes = [sum(line.block == block for line in lines) for block in range(_PICTURE_BLOCK + 1)]
    pictures = lines[-sizes[-1] :]
    if sizes[0] != 1 or sizes[1] > _ABSTRACT_LINES or sizes[2] <= _ABSTRACT_LINES:
        return
    is_signed_above = is_signature(lines[-sizes[-1] - 1].text)
    if all(len(line.text) <= _PICTURE_CHARS for line in pictures) and (
        is_signed_above or not any(_is_page_end(line, words) for line in pictures)
    ):
        for line in pictures:
            line.kind = "caption"


def _is_page_end(line: _Line, words: Furniture) -> bool:
    """A portal's last block signs the article or counts its visitors."""
    return is_signature(line.text) or words.is_furniture(line.lower, has_crumbs=False)


def _mark_furniture(lines: list[_Line], words: Furniture, *, has_crumbs: bool) -> None:
    listing = False
    for line in lines:
        if line.kind is not None:
            continue
        is_long = len(line.text) > _HEADLINE_CHARS
        header = words.related_header(line.lower) if not is_long else None
        if header is not None:
            listing = listing or header == ""  # with a headline behind it ("Xem thêm: …") it lists only that
        elif listing and len(line.text) > _LISTED_CHARS and line.is_running:
            listing = False
        is_headline = line is lines[0] and line.text.count(" ") >= _OWN_HEADLINE and not _DIGITS.search(line.text)
        is_page = not (is_long or is_headline) and (
            words.is_furniture(line.lower, has_crumbs=has_crumbs) or is_stamped(line.lower)
        )
        if listing or header or is_page:
            line.kind = "byline" if not listing and is_stamped_signature(line.text) else "boilerplate"


def _mark_head(lines: list[_Line], first: int, given_title: str | None, words: Furniture) -> None:
    """The last headline before the first running text is the title; what stands above it is the page's."""
    heads = [line for line in lines[:first] if line.kind is None]
    title = _title(heads, given_title, words) if first < len(lines) else None
    above = True
    for line, below in zip(heads, [*heads[1:], None], strict=False):
        if line is title or (below is title and _is_one_headline(line, below)):
            line.kind = "title"
            above = line is not title
        elif line.kind is not None:
            above = False
        elif line.text[0] == "(" and line.text[-1] == ")":
            line.kind = "body"  # a note to the title: "(Ban hành kèm theo Quyết định số …)"
        elif above and title is not None:
            line.kind = "boilerplate"
        elif title is not None and is_signature(line.text):
            line.kind = "byline"
    if first < len(lines):
        lines[first].kind = "lead"


def _is_one_headline(line: _Line, below: _Line | None) -> bool:
    """A headline in capitals that was broken into two lines."""
    return below is not None and line.block == below.block and line.text.isupper() and below.text.isupper()


def _title(heads: list[_Line], given_title: str | None, words: Furniture) -> _Line | None:
    wanted = " ".join(given_title.casefold().split()) if given_title else None
    for line in heads:
        if " ".join(line.text.casefold().split()) == wanted:
            return line
    candidates = [line for line in heads if not words.is_no_title(line.lower) and not is_labelled(line.text)]
    # The last one, unless a short kicker, place or signature stands under a real headline.
    long_enough = [line for line in candidates if line.text.count(" ") >= _HEADLINE_BLANKS and line.text[0] != "("]
    if len(long_enough) > 1 and len(long_enough[-1].text) > _ABSTRACT_CHARS:
        long_enough[-1].kind = "lead"  # an abstract that lost its stop
        return long_enough[-2]
    return next(reversed(long_enough or candidates), None)


def _mark_captions(lines: list[_Line], words: Furniture, last: int) -> None:
    for at, line in enumerate(lines):
        if line.kind not in (None, "lead") or not words.is_caption(line.lower):
            continue
        # "Ảnh: Văn Hùng" under the text signs it.
        longest = _CAPTION_WORDS if ":" not in line.text[:_LABEL_CHARS] else _LABELLED_WORDS
        if line.text.count(" ") < longest and not (at > last and is_signature(line.text)):
            if line.kind == "lead" and (following := next((one for one in lines[at:] if _is_text(one)), None)):
                following.kind = "lead"
            line.kind = "caption"


def _is_text(line: _Line) -> bool:
    return line.kind is None and line.is_running


def _mark_tail(lines: list[_Line], first: int, last: int) -> None:
    """After the last running text: signatures, captions of pictures, then what the page adds."""
    for at, line in enumerate(lines):
        if line.kind is not None:
            continue
        if at > last and is_signature(line.text) and not is_office_line(_above(lines, at)):
            line.kind = "byline"
        elif at > last and at > first:
            line.kind = "caption" if line.text.count(" ") > 3 else "boilerplate"
        elif at > first:
            line.kind = "body"
        else:
            line.kind = "boilerplate" if not line.is_running else "body"


def _above(lines: list[_Line], at: int) -> str:
    """The line above, or above the mark that a letter was signed."""
    return lines[at - 2].text if at > 1 and is_signed_mark(lines[at - 1].lower) else lines[at - 1].text


def _sentences(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for stop in _STOP.finditer(text, span.start, span.end):
        if stop.group() == "." and _is_short_form(text, start, stop.start()):
            continue
        opening = _OPENS.match(text, stop.end(), span.end)
        if opening is None:
            continue
        yield Span(start, stop.end())
        start = opening.start(1)
    if start < span.end:
        yield Span(start, span.end)


def _is_short_form(text: str, start: int, stop: int) -> bool:
    if stop - start <= 3 and text[start:stop].strip().isdigit():
        return True
    # Most words are longer than a short form, or end in another letter.
    if text[stop - 1] not in _SHORT_ENDS or (stop - start > 3 and text[stop - 4 : stop].isalpha()):
        return False
    return _SHORT_FORM.search(text, max(start, stop - 8), stop) is not None
