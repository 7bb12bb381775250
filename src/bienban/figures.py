"""Figures in an article: every quantity that it reports about a body's activity, results or targets.

A quantity becomes a figure when it carries a unit or counts a noun and is no date, name, ordinal or
slogan. Each figure keeps its exact words; a fact told twice stands once, at its first place.

Not here: number and unit grammar (``quantities.py``), what is counted (``counted_nouns.py``), what is
no figure (``figure_traps.py``), status and period (``figure_scope.py``), the catalogue (``metrics.py``).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bienban.counted_nouns import NounPhrase, measured_before, noun_after, share_after, stock_before
from bienban.dates import PeriodMention, find_dates, find_periods
from bienban.figure_scope import FigureContext, Scope, ScopeReader
from bienban.figure_traps import is_list_number, is_trap, tells_of_other_event
from bienban.layout import Layout, Paragraph
from bienban.lexicon import lowered
from bienban.metrics import Cue, find_metric
from bienban.quantities import RATE_AFTER, RATES, QuantityMention, find_quantities
from bienban.records import Article, Figure, Qualifier, Span

__all__ = ["FigureContext", "find_figures"]

_MONEY = frozenset({"vnd", "other:usd", "other:eur"})
_BEFORE_ONLY = frozenset({*_MONEY, "percent", "other:lần", "day", "other:giờ", "other:năm", "other:tháng"})
_CLASSIFIERS = frozenset({"người", "con", "hộ"})
_STEP = re.compile(r" {1,2}(?:lên|xuống|xuống còn|lên đến|lên tới) {1,2}$")
_RATE_BEFORE = re.compile(r"(?<!\w)(?:mỗi|hằng|hàng|bình quân một|trung bình một) (ngày|tuần|tháng|quý|năm)(?!\w)")
_CLAUSE_START = re.compile(r"[;:.(\"\n]|,(?!\d)")
# "74,6 tỷ đồng, đạt 112% dự toán, tăng 8,3%": the percentage speaks of the figure just before it.
_CHANGE = re.compile(r"(?<!\w)(?:đạt|bằng|tăng|giảm|vượt|chiếm|gấp|tương đương)(?!\w)|\(")
_OF_PLAN = re.compile(r" {1,2}(?:so với )?(?:dự toán|kế hoạch|chỉ tiêu|nghị quyết|mục tiêu)")
_RISE = re.compile(r"(?<!\w)(?:tăng|giảm|vượt)(?: \w+){0,2} {0,2}$")
_CUMULATIVE = re.compile(r"(?<!\w)(?:lũy kế|luỹ kế|cộng dồn|tích lũy|nâng tổng số)(?!\w)")
_PLANS = ("kế hoạch", "chỉ tiêu", "dự toán")
_PLANNED = re.compile(rf"(?<!\w)({'|'.join(_PLANS)})(?: \w+){{0,3}} ?\( ?(?:là )?$")
_QUOTED = re.compile(r'"[^"\n]{1,80}"')
_DIFFERENCE = re.compile(r"[^.;\n]{0,40}?so với")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A figure before its status, period and metric are known; offsets of the normal text."""

    quantity: QuantityMention
    span: Span
    low: Decimal
    high: Decimal
    qualifier: Qualifier
    unit: str
    per: str | None
    counted: str
    noun: str | None
    metric: str | None
    is_cumulative: bool
    is_plan: bool  # "so với kế hoạch (4,100 tấn)": what was planned for the period under review
    rule: str
    confidence: float


def find_figures(article: Article, layout: Layout, context: FigureContext) -> Iterator[Figure]:
    """Yield the figures of title, lead, body and captions in reading order.

    ``low`` and ``high`` are in the canonical unit: "1,2 tỷ đồng" -> 1_200_000_000 vnd. ``span`` counts
    code points of ``article.text`` as given, whatever its normal form. ``context`` gives the days that
    figures without a period of their own speak of.
    """
    reader = _Reader(article, context)
    for draft, scope in reader.read(layout.of_kind("title", "lead", "body", "caption")):
        span = Span(*article.normal.original_span(draft.span))
        yield Figure(
            span=span,
            quote=article.text[span.start : span.end],
            rule=draft.rule,
            confidence=draft.confidence,
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
        )


class _Reader:
    def __init__(self, article: Article, context: FigureContext) -> None:
        self._text = article.normal.text
        self._lower = lowered(self._text)
        self._quantities = list(find_quantities(self._text))
        self._starts = [quantity.number.start for quantity in self._quantities]
        periods = list(find_periods(self._text))
        self._blocked = _blocked(self._lower, periods)
        self._block_starts = [span.start for span in self._blocked]
        self._scopes = ScopeReader(self._lower, context, periods)
        self._groups_by_comma = sum(q.unit is None and _is_comma(self._text, q) for q in self._quantities) > 0
        self._seen: dict[tuple[object, ...], int] = {}  # a fact -> where the paragraph that told it begins

    def read(self, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[_Draft, Scope]]:
        for paragraph in paragraphs:
            self._scopes.enter_paragraph(paragraph.span, paragraph.kind)
            if self._is_left_out(paragraph):
                continue
            for sentence in paragraph.sentences:
                self._scopes.enter_sentence(sentence)
                for draft in self._sentence(sentence):
                    if self._is_new(draft, paragraph.span.start):
                        yield draft, self._scope(draft)
                self._scopes.leave_sentence()

    def _scope(self, draft: _Draft) -> Scope:
        if draft.is_plan:
            return self._scopes.of_plan()
        return self._scopes.read(draft.quantity.number, draft.noun, draft.unit)

    def _is_left_out(self, paragraph: Paragraph) -> bool:
        start, end = paragraph.span
        if paragraph.kind == "title":
            return self._text[start:end].isascii()  # without its marks nothing is sure
        return paragraph.kind == "body" and tells_of_other_event(self._lower, start)

    def _sentence(self, sentence: Span) -> Iterator[_Draft]:
        first, last = bisect_left(self._starts, sentence.start), bisect_left(self._starts, sentence.end)
        floor = sentence.start
        drafts: list[_Draft] = []
        for at in range(first, last):
            quantity = self._quantities[at]
            following = self._quantities[at + 1] if at + 1 < last else None
            stop = min(sentence.end, following.span.start if following else sentence.end)
            draft = self._draft(quantity, following, floor, stop, sentence, drafts)
            if draft is not None:
                yield draft
                drafts.append(draft)
                floor = draft.span.end

    def _draft(
        self,
        quantity: QuantityMention,
        following: QuantityMention | None,
        floor: int,
        stop: int,
        sentence: Span,
        drafts: Sequence[_Draft],
    ) -> _Draft | None:
        noun = noun_after(self._lower, quantity.span.end, stop)
        if self._is_blocked(quantity, noun) or is_list_number(self._text, quantity):
            return None
        if is_trap(self._text, self._lower, quantity, noun):
            return None
        unit, rule = quantity.unit, f"quantity.{quantity.unit}"
        if unit is None and noun is None and following is not None and self._steps_to(quantity, following):
            unit = following.unit
            noun = noun_after(self._lower, following.span.end, sentence.end)
            rule = "quantity.step"
        if unit is None:
            if noun is None:
                return None
            rule = f"noun.{noun.kind or 'unknown'}"
        return self._finish(quantity, unit or "count", noun, floor, stop, drafts, rule)

    def _finish(
        self,
        quantity: QuantityMention,
        unit: str,
        noun: NounPhrase | None,
        floor: int,
        stop: int,
        drafts: Sequence[_Draft],
        rule: str,
    ) -> _Draft | None:
        counted, in_quote = self._counted(quantity, unit, noun, floor, stop, drafts)
        if counted is None:
            return None
        start, end, per = quantity.span.start, quantity.span.end, quantity.per
        if in_quote and noun is not None and rule != "quantity.step":
            end = noun.span.end
        if per is None and (rate := RATE_AFTER.match(self._lower, end)):
            per, end = RATES[next(w for w in rate.group("slash", "slash_last", "each", "every") if w)], rate.end()
        per = per or self._rate_before(floor, start)
        qualifier = quantity.qualifier
        if quantity.qualifier_word.startswith("vượt") and (quantity.of is not None or self._is_difference(quantity, end)):
            qualifier, start = "exact", quantity.number.start
        low, high = self._values(quantity, unit)
        return _Draft(
            quantity=quantity,
            span=Span(start, end),
            low=low,
            high=high,
            qualifier=qualifier,
            unit=unit,
            per=per,
            counted=counted,
            noun=self._lower[noun.span.start : noun.span.end] if noun else None,
            metric=find_metric(counted, unit, self._cue(quantity, floor)),
            is_cumulative=_CUMULATIVE.search(self._lower, max(floor, quantity.span.start - 60), start) is not None,
            is_plan=_PLANNED.search(self._lower, floor, quantity.span.start) is not None,
            rule=f"figure.{rule}",
            confidence=0.7 if rule == "noun.unknown" else 0.9,
        )

    def _counted(
        self, quantity: QuantityMention, unit: str, noun: NounPhrase | None, floor: int, stop: int, drafts: Sequence[_Draft]
    ) -> tuple[str | None, bool]:
        """What is counted, and whether it follows the number and so belongs to the quote."""
        start = quantity.span.start
        if unit == "count" and noun is not None:
            word = self._lower[noun.span.start : noun.span.end]
            stock = stock_before(self._lower, floor, start) if word in _CLASSIFIERS else None
            return self._words(stock or noun.span), True
        if unit == "percent" and (share := share_after(self._lower, quantity.span.end, stop)) is not None:
            return self._words(share.span), False
        if unit not in _BEFORE_ONLY and noun is not None:
            return self._words(noun.span), True
        if plan := _PLANNED.search(self._lower, floor, start):
            return plan[1], False
        measured = measured_before(self._lower, floor, start, not drafts)
        if measured is not None and self._lower[measured.start : measured.start + 4] != "mỗi ":
            return self._words(measured), False
        if drafts:
            return self._inherited(unit, floor, start, drafts), False
        return (self._words(noun.span), False) if noun is not None else (None, False)

    def _cue(self, quantity: QuantityMention, floor: int) -> Cue:
        """Whether a percentage tells a share of a plan, a change, or a level."""
        if _OF_PLAN.match(self._lower, quantity.span.end):
            return "plan"
        return "change" if _RISE.search(self._lower, floor, quantity.span.start) else "level"

    def _inherited(self, unit: str, floor: int, start: int, drafts: Sequence[_Draft]) -> str:
        """What an earlier figure of the sentence counts: the last one, or the last in the same unit."""
        if unit == "percent" and _CHANGE.search(self._lower, floor, start):
            return drafts[-1].counted
        return next((draft.counted for draft in reversed(drafts) if draft.unit == unit), drafts[-1].counted)

    def _values(self, quantity: QuantityMention, unit: str) -> tuple[Decimal, Decimal]:
        other = quantity.alternative
        is_comma = _is_comma(self._text, quantity)
        # Nobody counts thousandths of people; and a paper that groups by commas does so in hectares, too.
        if other is not None and is_comma and (unit == "count" or (unit != "percent" and self._groups_by_comma)):
            return other, other
        return quantity.low, quantity.high

    def _words(self, span: Span) -> str:
        words = self._text[span.start : span.end].split()
        shouted = sum(word.isupper() for word in words) > len(words) / 2 and len(words) > 1
        return " ".join(word if not shouted and _is_name(word, at) else word.lower() for at, word in enumerate(words))

    def _rate_before(self, floor: int, start: int) -> str | None:
        clause = max((m.end() for m in _CLAUSE_START.finditer(self._lower, floor, start)), default=floor)
        rates = [match[1] for match in _RATE_BEFORE.finditer(self._lower, clause, start)]
        return RATES[rates[0]] if rates else None

    def _is_difference(self, quantity: QuantityMention, end: int) -> bool:
        return quantity.unit == "percent" or _DIFFERENCE.match(self._lower, end) is not None

    def _steps_to(self, quantity: QuantityMention, following: QuantityMention) -> bool:
        return _STEP.match(self._lower, quantity.span.end, following.span.start) is not None

    def _is_blocked(self, quantity: QuantityMention, noun: NounPhrase | None) -> bool:
        start, end = quantity.number
        at = bisect_right(self._block_starts, start) - 1
        for span in self._blocked[max(0, at - 1) : at + 2]:
            if span.start < end and start < span.end:
                return not (quantity.of is not None and noun is not None and noun.kind is not None and span.is_doubtful)
        return False

    def _is_new(self, draft: _Draft, paragraph: int) -> bool:
        """Whether no earlier paragraph told the fact; one paragraph may count two fives."""
        words = draft.counted.lower()
        key = (draft.low, draft.high, draft.unit, draft.per, draft.qualifier)
        short = (*key, words) if draft.low < 10 and draft.unit == "count" else (*key, words.split(" ")[0] if words else "")
        return self._seen.setdefault(short, paragraph) == paragraph


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    is_doubtful: bool


def _blocked(lower: str, periods: Sequence[PeriodMention]) -> list[_Block]:
    blocks = [_Block(*mention.span, not mention.is_marked) for mention in find_dates(lower)]
    blocks += [_Block(*mention.span, False) for mention in periods]
    blocks += [_Block(*match.span(), False) for match in _QUOTED.finditer(lower)]
    return sorted(blocks, key=lambda block: (block.start, block.end))


def _is_comma(text: str, quantity: QuantityMention) -> bool:
    return quantity.alternative is not None and "," in text[quantity.number.start : quantity.number.end]


def _is_name(word: str, at: int) -> bool:
    return at > 0 or (len(word) > 1 and word.isupper())
