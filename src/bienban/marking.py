"""Text as HTML for people: finds marked in it, nothing of it alive, what would not show shown as its code point.

Not here: the pages (``marked_page.py``, ``io/evidence.py``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import regex

# Controls, marks of writing direction or of no width, and what has no meaning of its own: it would act unseen.
_HIDDEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}--[\n\t]]+", regex.V1)


@dataclass(frozen=True, slots=True)
class Mark:
    """A find in the text: its kind (a CSS class), code points, own anchor and what its words link to."""

    kind: str
    start: int
    end: int
    anchor: str
    target: str


def marked(text: str, marks: Sequence[Mark]) -> Iterator[str]:
    """The text cut at every edge of a mark; a piece inside several carries the mark of the shortest.

    Together the pieces are safe HTML; every mark has its anchor at its first piece.
    """
    edges = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    opened: set[str] = set()
    active: list[Mark] = []
    upcoming = 0
    for start, end in pairwise(edges):
        while upcoming < len(ordered) and ordered[upcoming].start <= start:
            active.append(ordered[upcoming])
            upcoming += 1
        active = [mark for mark in active if mark.end >= end]
        piece = shown(text[start:end])
        if not active:
            yield piece
            continue
        inner = min(active, key=lambda mark: mark.end - mark.start)
        for mark in active:
            if mark.anchor not in opened:
                opened.add(mark.anchor)
                yield f'<a id="{escape(mark.anchor)}"></a>'
        yield f'<mark class="{escape(inner.kind)}"><a href="{escape(inner.target)}">{piece}</a></mark>'


def shown(text: str) -> str:
    """Escaped; what would not show stands as its code point, set apart."""
    pieces: list[str] = []
    done = 0
    for hidden in _HIDDEN.finditer(text):
        pieces += escape(text[done : hidden.start()]), f'<span class="unseen">{_code_points(hidden.group())}</span>'
        done = hidden.end()
    return "".join([*pieces, escape(text[done:])])


def visible(text: str) -> str:
    """Plain text without anything that would act unseen; not escaped."""
    return str(_HIDDEN.sub(lambda hidden: _code_points(hidden.group()), text))


def _code_points(text: str) -> str:
    return "".join(f"U+{ord(char):04X}" for char in text)
