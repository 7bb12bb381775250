"""The parts of an article: title, lead, body, captions, byline, boilerplate; paragraphs and sentences.

All spans are half-open offsets of the article's *normal* text. Finders read the parts they may trust:
boilerplate (menus, counters, weather, exchange rates, hotlines, lists of other headlines) is named here
and left out of figures and people, but nothing is deleted.
"""

from dataclasses import dataclass
from typing import Literal

from bienban.records import Article, Span

PartKind = Literal["title", "lead", "body", "caption", "byline", "boilerplate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of the normal text with its sentences, in reading order."""

    span: Span
    kind: PartKind
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Every non-blank paragraph of the article, in reading order."""

    paragraphs: tuple[Paragraph, ...]

    def of_kind(self, *kinds: PartKind) -> tuple[Paragraph, ...]:
        """The paragraphs of the given kinds, in reading order."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.kind in kinds)


def find_layout(article: Article) -> Layout:
    """Split ``article`` into classified paragraphs. Linear in the text's length."""
    raise NotImplementedError
