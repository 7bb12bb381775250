"""Figures in an article: every quantity that it reports about a body's activity, results or targets.

A quantity becomes a figure when it carries a unit or counts a noun and is no date, name, ordinal or
slogan. Each figure keeps its exact words; a fact told twice stands once, at its first place.

Not here: which quantities are figures and what they count (``figure_drafts.py``), status and period
(``figure_scope.py``), which of two figures to believe (dbt).
"""

from collections.abc import Iterator

from bienban.confidence import confidence_of
from bienban.dates import find_dates, find_periods
from bienban.figure_checks import find_disagreements
from bienban.figure_drafts import DraftReader
from bienban.figure_meeting import FigureContext
from bienban.figure_nouns import Draft
from bienban.figure_scope import Scope, ScopeReader
from bienban.layout import Layout, Paragraph
from bienban.lexicon import lowered
from bienban.records import Article, Disagreement, Figure, Span

__all__ = ["FigureContext", "find_figures"]


def find_figures(article: Article, layout: Layout, context: FigureContext) -> Iterator[Figure]:
    """Yield the figures of title, lead, body and captions in reading order.

    ``low`` and ``high`` are in the canonical unit: "1,2 tỷ đồng" -> 1_200_000_000 vnd. ``span`` counts
    code points of ``article.text`` as given, whatever its normal form. ``context`` gives the days that
    figures without a period of their own speak of.
    """
    text = article.normal.text
    lower = lowered(text)
    periods = list(find_periods(text))
    days = list(find_dates(text))
    drafts, scopes, facts = DraftReader(text, lower, periods), ScopeReader(lower, context, periods, days), _Facts()
    for paragraph in layout.of_kind("title", "lead", "body", "caption"):
        scopes.enter_paragraph(paragraph.span, paragraph.kind)
        if _is_left_out(text, paragraph):
            continue
        for sentence in paragraph.sentences:
            scopes.enter_sentence(sentence)
            told = list(drafts.read(sentence))
            disagreements = find_disagreements(lower, told)
            for at, draft in enumerate(told):
                scope = scopes.read(draft)
                if facts.is_new(draft, scope, paragraph.span.start):
                    yield _figure(article, draft, scope, disagreements.get(at))
            scopes.leave_sentence()


def _is_left_out(text: str, paragraph: Paragraph) -> bool:
    if paragraph.kind == "title":
        return text[slice(*paragraph.span)].isascii()  # "SO KET 6 THANG DAU NAM": without its marks nothing is sure
    return paragraph.is_side_event


class _Facts:
    """What the article has told so far, and in which paragraph."""

    def __init__(self) -> None:
        self._told: dict[tuple[object, ...], int] = {}

    def is_new(self, draft: Draft, scope: Scope, paragraph: int) -> bool:
        """Whether no earlier paragraph told the fact: one paragraph may count two fives, a target is no result."""
        words = draft.counted.lower()
        if draft.low >= 10 or draft.unit != "count":
            words = words.split(" ")[0]  # "180 học viên" again as "180 học viên tham gia"
        key = (draft.low, draft.high, draft.unit, draft.per, words, scope.status)
        return self._told.setdefault(key, paragraph) == paragraph


def _figure(article: Article, draft: Draft, scope: Scope, disagreement: Disagreement | None) -> Figure:
    span = Span(*article.normal.original_span(draft.span))
    return Figure(
        span=span,
        quote=article.text[span.start : span.end],
        rule=draft.rule,
        confidence=confidence_of("figure", draft.rule),
        low=draft.low,
        high=draft.high,
        qualifier=draft.qualifier,
        counted=draft.counted,
        unit=draft.unit,
        status=scope.status,
        of=draft.quantity.of,
        per=draft.per,
        period=scope.period,
        metric=draft.metric,
        is_cumulative=draft.is_cumulative,
        disagreement=disagreement,
    )
