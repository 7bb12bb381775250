"""Numbers without a unit and without a noun behind them: what they count stands before them.

"Số ca phẫu thuật là 87", "nâng tổng số lên 34", "từ 120 (năm 2019) lên 156", "kỷ luật 12 đảng viên, trong đó
khiển trách 8, cảnh cáo 3", "với số phiếu đồng ý 50/52". Any other bare number is no figure.

Not here: which numbers are names, years, ordinals (``figure_traps.py``).
"""

import re
from dataclasses import dataclass
from functools import partial

from bienban.lexicon import any_form
from bienban.quantities import QuantityMention
from bienban.records import Span

_NEARBY = 60  # characters before a number in which its noun stands

_words = partial(any_form, "measures")
_TOTAL_RAISED = re.compile(r"(?<!\w)(?:nâng|đưa) (?:tổng )?số (?:\w+ ){0,3}lên $")
_NUMBER_OF = re.compile(
    r"(?<!\w)(?:tổng )?số (?P<noun>[^\W\d]+(?:,? [^\W\d]+){0,4}?)"
    r" (?:là|đạt|lên tới|lên đến|(?:tăng|giảm) từ)(?: \w+)?:? $"
)
_TOTAL_OF = re.compile(r"(?<!\w)tổng số (?P<noun>[^\W\d]+(?:,? [^\W\d]+){1,5}) $")
_VOTES = re.compile(rf"(?<!\w){_words('votes')}(?: \w+){{0,4}}[ :]*$")
_STEP_ON = re.compile(rf"(?: ?\([^()\n]{{1,24}}\))? ?{_words('steps')} (?:\w+ )?")
_PART_OPENS = re.compile(
    r"(?:(?: [^\W\d]+){0,4} ?\(|[^.;:()]{0,30}(?<!\w)(?:trong đó|gồm|bao gồm)(?: có)?:? )(?:[^\W\d]+,? ){1,5}"
)
_PART_GOES_ON = re.compile(r"(?:[,;]| và) (?:[^\W\d]+ ){1,5}")
_PART_ENDS = re.compile(r"[,;)]|\.(?!\d)| và | \(|$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The figure before a bare number in its sentence: how many of what, and whether it was bare itself."""

    end: int
    is_count: bool
    is_bare: bool


@dataclass(frozen=True, slots=True)
class BareNumber:
    """What a bare number counts: ``noun`` in the text, what ``votes`` were cast, else what the figure before counts."""

    noun: Span | None = None
    votes: bool = False


def read_bare(lower: str, quantity: QuantityMention, before: Before | None) -> BareNumber | None:
    """What a number without unit and noun of a lower-case normal text counts; None: nothing."""
    start = quantity.span.start
    floor = max(0, start - _NEARBY)
    if before is not None and _TOTAL_RAISED.search(lower, floor, start):
        return BareNumber()
    named = _NUMBER_OF.search(lower, floor, start)
    if named is None and _PART_ENDS.match(lower, quantity.span.end):
        named = _TOTAL_OF.search(lower, floor, start)
    if named:
        return BareNumber(noun=Span(*named.span("noun")))
    if quantity.of is not None and _VOTES.search(lower, max(0, start - 40), start):
        return BareNumber(votes=True)
    return BareNumber() if before is not None and _goes_on(lower, quantity, before) else None


def _goes_on(lower: str, quantity: QuantityMention, before: Before) -> bool:
    """Whether the number is the other end, or a part, of what the figure before it counts."""
    start = quantity.span.start
    if before.is_bare and _STEP_ON.fullmatch(lower, before.end, start):
        return True
    if not before.is_count or quantity.in_words or not _PART_ENDS.match(lower, quantity.span.end):
        return False
    if _PART_OPENS.fullmatch(lower, before.end, start):
        return True
    return before.is_bare and _PART_GOES_ON.fullmatch(lower, before.end, start) is not None
