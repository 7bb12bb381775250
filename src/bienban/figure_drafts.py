"""Quantities of one article that are figures, with what they count; status and period come later.

Not here: what a figure counts (``figure_nouns.py``), the words around it (``figure_words.py``), number and unit
grammar (``quantities.py``), what is no figure (``figure_traps.py``), the catalogue (``metrics.py``), words
(``lexicon/measures.yml``).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from bienban.counted_nouns import NounPhrase, noun_after
from bienban.dates import PeriodMention
from bienban.figure_blocks import Block, find_blocks
from bienban.figure_nouns import CountedReader, Draft, is_share_of, plan_before
from bienban.figure_traps import is_list_number, is_trap
from bienban.figure_words import cue_of, words_near
from bienban.letters import UPPER
from bienban.lexicon import any_form
from bienban.metrics import find_metric
from bienban.quantities import (
    QuantityMention,
    bound_after,
    find_quantities,
    has_comma,
    rate_after,
    rate_before,
    scaled_like,
)
from bienban.records import Span

_words = partial(any_form, "measures")
_STEP = re.compile(rf" {{1,2}}{_words('steps')} {{1,2}}$")
_CUMULATIVE = re.compile(rf"(?<!\w){_words('cumulative')}(?!\w)")
_MORE_OR_LESS = frozenset({"ít hơn", "nhiều hơn", "cao hơn", "thấp hơn", "lớn hơn", "nhỏ hơn", "kém hơn"})
_DIFFERENCE = re.compile(r"[^.;\n]{0,40}?so với")
_RESIDENTS = frozenset({"persons", "households"})
_HOME = re.compile(rf" {any_form('nouns', 'places')} (?=[{UPPER}])")
_NO_PLACES = frozenset({"Hội", "Đoàn", "OCOP", "Facebook", "Zalo"})
# Before "3/4 cảng cá": no day.
_COUNTS = re.compile(r"(?<!\w)(?:có|đạt|được|hoàn thành|xử lý|xây dựng) $")
_JOINED = re.compile(r"(?: [^\W\d]+){0,4} và(?: [^\W\d]+){0,3} ")
_REACH = 200  # characters before a number in which something is said of it
_MONEY_SCALE = 10**9


class DraftReader:
    """Reads the figures of single sentences of one normal text."""

    def __init__(self, text: str, lower: str, periods: Sequence[PeriodMention]) -> None:
        self._text = text
        self._lower = lower
        self._nouns = CountedReader(text, lower)
        self._quantities = list(find_quantities(text))
        self._starts = [quantity.number.start for quantity in self._quantities]
        self._blocks = find_blocks(text, periods)
        self._block_starts = [block.start for block in self._blocks]
        # "1,350 viên": an article that groups thousands by commas does so in hectares, too; and no decimal ends in 0.
        self._groups_by_comma = any(
            has_comma(text, q) and (q.unit is None or (q.unit != "percent" and text[q.number.end - 1] == "0"))
            for q in self._quantities
        )

    def read(self, sentence: Span) -> Iterator[Draft]:
        """Yield the figures of one sentence in reading order."""
        first, last = bisect_left(self._starts, sentence.start), bisect_left(self._starts, sentence.end)
        drafts: list[Draft] = []
        for at in range(first, last):
            following = self._quantities[at + 1] if at + 1 < last else None
            draft = self._draft(self._quantities[at], following, sentence, drafts)
            if draft is not None:
                yield draft
                drafts.append(draft)

    def _draft(
        self, quantity: QuantityMention, following: QuantityMention | None, sentence: Span, drafts: Sequence[Draft]
    ) -> Draft | None:
        block = self._block(quantity)
        if block is not None and not (block.is_doubtful and quantity.of is not None):
            return None
        stop = min(sentence.end, following.span.start if following else sentence.end)
        noun = self._before_names(noun_after(self._lower, self._past_bracket(quantity), stop))
        if block is not None and quantity.unit is None and (noun is None or not self._is_counted(quantity, noun)):
            return None  # "5/8" is a day unless something known is counted
        if is_list_number(self._text, quantity) or is_trap(self._text, self._lower, quantity, noun):
            return None
        unit, is_step = quantity.unit, False
        if unit is None and noun is None and following is not None and self._steps_to(quantity, following):
            unit, is_step = following.unit, True
            quantity = scaled_like(quantity, following)
            noun = noun_after(self._lower, following.span.end, sentence.end)
        if unit is None and quantity.scale >= _MONEY_SCALE and (noun is None or noun.kind is None):
            unit, noun = "vnd", None  # "chi hơn 10 tỷ": so many that only money is left unsaid
        if unit is None and noun is not None and self._is_mark(quantity, noun):
            unit = "other:điểm"  # "điểm trung bình là 7,12 điểm": no places
        if unit is None and noun is None and self._nouns.bare(quantity, drafts) is None:
            return None
        # Nothing further back than _REACH is said of a number; a sentence may be as long as the text.
        floor = max(drafts[-1].span.end if drafts else sentence.start, quantity.span.start - _REACH)
        return self._finish(quantity, unit or "count", noun, is_step, floor, stop, drafts, sentence)

    def _finish(
        self,
        quantity: QuantityMention,
        unit: str,
        noun: NounPhrase | None,
        is_step: bool,
        floor: int,
        stop: int,
        drafts: Sequence[Draft],
        sentence: Span,
    ) -> Draft | None:
        counted, in_quote = self._nouns.read(quantity, unit, noun, floor, stop, drafts)
        if counted is None:
            return None
        (start, end), per = quantity.span, quantity.per
        if in_quote and noun is not None and not is_step and not self._lower.startswith(")", end):
            end = noun.span.end
        if unit == "other:điểm" and noun is not None:
            end = noun.span.end
        if per is None:
            per, end = rate_after(self._lower, end)
        qualifier = quantity.qualifier
        is_more = quantity.qualifier_word.startswith("vượt") and self._is_difference(quantity, end)
        if is_more or (quantity.qualifier_word in _MORE_OR_LESS and _DIFFERENCE.match(self._lower, end)):
            qualifier, start = "exact", quantity.number.start
        if in_quote and (bound := bound_after(self._lower, start, end)):
            start, qualifier, end = bound
        low, high = self._values(quantity, unit)
        cue = cue_of(self._lower, quantity, unit, noun, drafts, floor, start)
        return Draft(
            quantity=quantity,
            span=Span(start, end),
            low=low,
            high=high,
            qualifier=qualifier,
            unit=unit,
            per=per or rate_before(self._lower, floor, start) or self._rate_shared(drafts, start),
            counted=counted,
            noun=self._lower[noun.span.start : noun.span.end] if noun else None,
            cue=cue,
            metric=find_metric(
                counted,
                unit,
                cue,
                words_near(self._lower, drafts, floor, start, end, stop),
                self._lower[max(sentence.start, start - _REACH) : min(sentence.end, end + _REACH)],
            ),
            is_share=bool(drafts) and is_share_of(quantity, unit, drafts[-1]),
            is_cumulative=_CUMULATIVE.search(self._lower, max(floor, quantity.span.start - 60), start) is not None,
            is_plan=plan_before(self._lower, floor, quantity.span.start, unit) is not None,
            rule=f"figure.{_rule(unit, noun, is_step)}",
        )

    def _rate_shared(self, drafts: Sequence[Draft], start: int) -> str | None:
        """ "Hằng năm có 2.150 hộ đăng ký và trên 1.400 hộ đạt": a rate before one number is that of the next, too."""
        if not drafts or drafts[-1].per is None or rate_after(self._lower, drafts[-1].quantity.span.end)[0]:
            return None
        is_joined = _JOINED.fullmatch(self._lower, drafts[-1].span.end, start) and drafts[-1].quantity.per is None
        return drafts[-1].per if is_joined else None

    def _values(self, quantity: QuantityMention, unit: str) -> tuple[Decimal, Decimal]:
        other = quantity.alternative
        # Nobody counts thousandths of people.
        is_grouped = unit == "count" or (unit != "percent" and self._groups_by_comma)
        if other is not None and is_grouped and has_comma(self._text, quantity):
            return other, other
        return quantity.low, quantity.high

    def _is_difference(self, quantity: QuantityMention, end: int) -> bool:
        # "vượt 115 tấn so với kế hoạch" is 115 more, "vượt 1.200 tỷ đồng" is more than 1.200.
        is_part = quantity.unit == "percent" or quantity.of is not None
        return is_part or _DIFFERENCE.match(self._lower, end) is not None

    def _steps_to(self, quantity: QuantityMention, following: QuantityMention) -> bool:
        return _STEP.match(self._lower, quantity.span.end, following.span.start) is not None

    def _before_names(self, noun: NounPhrase | None) -> NounPhrase | None:
        """The noun without the names that say which they are: "3 tỉnh Quảng Trị, Quảng Bình, Hà Tĩnh"."""
        if noun is not None and noun.kind in _RESIDENTS and (home := _HOME.search(self._text, *noun.span)):
            return NounPhrase(Span(noun.span.start, home.start()), noun.kind)  # "74 hộ bản Bon"
        if noun is None or noun.kind != "places":
            return noun
        head, _, named = self._text[slice(*noun.span)].partition(" ")
        is_named = head.islower() and named[:1].isupper() and named.split(" ")[0] not in _NO_PLACES
        return NounPhrase(Span(noun.span.start, noun.span.start + len(head)), noun.kind) if is_named else noun

    def _past_bracket(self, quantity: QuantityMention) -> int:
        end = quantity.span.end
        return end + 1 if quantity.of is not None and self._lower.startswith(")", end) else end

    def _is_mark(self, quantity: QuantityMention, noun: NounPhrase) -> bool:
        is_whole = quantity.low == quantity.low.to_integral_value()  # a remainder fails past 28 digits
        return not is_whole and self._lower[slice(*noun.span)] == "điểm"

    def _is_counted(self, quantity: QuantityMention, noun: NounPhrase) -> bool:
        """Whether a number that may be a day counts: a known noun, or "mới có 3/4 cảng cá"."""
        start = quantity.span.start
        return noun.kind is not None or _COUNTS.search(self._lower, max(0, start - 24), start) is not None

    def _block(self, quantity: QuantityMention) -> Block | None:
        start, end = quantity.number
        at = bisect_right(self._block_starts, start) - 1
        for block in self._blocks[max(0, at - 1) : at + 2]:
            if block.start < end and start < block.end:
                return block
        return None


def _rule(unit: str, noun: NounPhrase | None, is_step: bool) -> str:
    if is_step:
        return "step"
    return f"unit.{unit}" if unit != "count" else f"noun.{(noun and noun.kind) or 'unknown'}"
