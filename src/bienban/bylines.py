"""Who signed an article: names at its end or under its title, the agency in brackets.

Not here: which lines are signatures (``layout.py``), their shape (``signatures.py``). Photo credits of
captions and the signatures of offices under a notice are no bylines.
"""

import re

from bienban.layout import Layout, Paragraph
from bienban.letters import UPPER
from bienban.records import Article, Byline, Span
from bienban.signatures import is_agency, parse_signature

_DATELINE = re.compile(rf"\(([^()\n]{{3,40}})\)\s{{0,2}}(?:[-:.]|(?=[{UPPER}]))")


def find_byline(article: Article, layout: Layout) -> Byline | None:
    """The signature of the article, None when nobody signed. The span covers the signing lines."""
    text = article.normal.text
    authors: list[str] = []
    agency: str | None = None
    spans: list[Span] = []
    for span in _signed(text, layout):
        signature = parse_signature(text[span.start : span.end])
        if signature is None:
            continue
        authors.extend(name for name in signature.names if name not in authors)
        agency = agency or signature.agency
        spans.append(span)
    if not agency and (opening := _opening_agency(text, layout.of_kind("lead"))):
        agency = text[opening.start : opening.end]
        spans = spans or [opening]
    if not spans:
        return None
    given = Span(*article.normal.original_span((min(spans).start, max(span.end for span in spans))))
    return Byline(
        span=given,
        quote=article.text[given.start : given.end],
        rule="bylines.signature" if authors else "bylines.dateline_agency",
        confidence=0.95 if authors else 0.7,
        authors=tuple(authors),
        agency=agency,
    )


def _signed(text: str, layout: Layout) -> list[Span]:
    """The lines that sign; without any, what follows the closing mark of the last paragraph ("… đề ra./. Mai Thắm")."""
    lines = [paragraph.span for paragraph in layout.of_kind("byline")]
    body = layout.of_kind("lead", "body")
    if lines or not body or len(body[-1].sentences) < 2:
        return lines
    last, before = body[-1].sentences[-1], body[-1].sentences[-2]
    return [last] if text.endswith("./.", before.start, before.end) else []


def _opening_agency(text: str, leads: tuple[Paragraph, ...]) -> Span | None:
    """The agency before the text: "(Điện Biên TV) - Chiều qua"."""
    for lead in leads:
        opening = _DATELINE.match(text, lead.span.start, lead.span.end)
        if opening and is_agency(opening[1]):
            return Span(*opening.span(1))
    return None
