"""What a figure counts or measures: the words behind its number, before it, or those of the figure before.

"5.080 tin bài" counts what follows, "thu ngân sách 74,6 tỷ đồng, tăng 8%" measures what stands before, "trong đó
khiển trách 8" goes on from the figure before.

Not here: where noun phrases begin and end (``counted_nouns.py``), bare numbers (``bare_numbers.py``), which
quantities are figures (``figure_drafts.py``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from bienban.bare_numbers import BareNumber, Before, read_bare
from bienban.counted_nouns import (
    NounPhrase,
    base_after,
    duty_before,
    fund_after,
    herd_before,
    last_verb,
    measured_before,
    purpose_after,
    share_after,
    stock_before,
    total_before,
    words_around,
)
from bienban.lexicon import any_form
from bienban.measured_things import from_thing, from_verb, worth_before
from bienban.metrics import Cue
from bienban.quantities import QuantityMention
from bienban.records import Qualifier, Span

_MONEY = frozenset({"vnd", "other:usd", "other:eur", "other:yên", "other:nhân dân tệ"})
_BEFORE_ONLY = frozenset(
    {
        *(*_MONEY, "percent", "other:‰", "other:lần", "other:điểm"),
        *("day", "other:giờ", "other:phút", "other:năm", "other:tháng", "other:tuần"),
    }
)
_LIMITS = frozenset({"day", "other:giờ", "other:phút"})
_LENGTHS = frozenset({"km", "m2", "ha", "other:m", "other:km2"})
_CLASSIFIERS = frozenset({"người", "con", "hộ", "lượt", "vụ", "đơn vị", "em", "trường hợp"})

_words = partial(any_form, "measures")
_CASH = re.compile(rf"{_words('cash')}(?!\w)")
_CHANGE = re.compile(rf"(?<!\w){_words('changes')}(?!\w)|\(")
_WORTH = re.compile(rf"(?<!\w){_words('worth')} {{1,2}}$")
# ", trị giá 4 tỷ đồng" behind a clause of its own; "căn nhà trị giá 4 tỷ đồng" is what a house is worth.
_WORTH_ALONE = re.compile(rf", (?:với )?(?P<worth>(?:tổng )?{_words('worth')})(?: \w+)? $")
# "khoan 12 giếng và hỗ trợ tối đa 40 triệu đồng/hộ": what was done with the money, when nothing else is measured.
_GIVEN = re.compile(rf"(?<!\w)(?P<verb>{_words('givings')})(?: (?:mức|được|là|thêm|tới|đến|khoảng))? $")
_EACH = re.compile(r"mỗi {1,2}(\w+)")
_BRACKET = re.compile(r" {0,2}\([0-9./ ]{3,20}\)(?= )")
# "so với kế hoạch (4.100 tấn)", "(chỉ tiêu năm 90 đảng viên)": a bracket with the plan itself.
_PLAN_BRACKET = re.compile(
    rf"(?<!\w)(?:(?P<outside>{_words('plans')})(?: \w+){{0,3}} ?\( ?(?:là )?"
    rf"|\((?P<inside>{_words('plans')})[^()\d,;]{{0,20}})$"
)
# "so với kế hoạch 400 ha"; a rise over it is none.
_PLAN_ITSELF = re.compile(
    rf"(?<!\w)(?P<more>(?:vượt|hơn|tăng|giảm|thấp hơn|cao hơn|kém|thiếu) (?:so với )?)?(?P<plan>{_words('plans')})"
    r"(?: (?:vốn|đề ra|được giao|giao|(?:cả )?năm(?: (?:19|20)\d\d)?|ban đầu))?(?: là)? $"
)
# "Thu ngân sách tháng 7 đạt …; 7 tháng 20.455 tỷ đồng": the same thing in another time.
_ONLY_PERIOD = re.compile(
    rf" (?:trong đó,? )?(?:riêng )?(?:{_words('cumulative')} )?(?:{_words('plans')} )?(?:cả )?"
    r"(?:\d{1,2} tháng(?: (?:đầu|cuối) năm(?: \d{4})?)?|tháng \d{1,2}|quý \w+|năm \d{4})[^\d,;:]{0,24}"
)
_SPENDING = re.compile(rf"(?<!\w)(?<!thu ){_words('spending')} $")
# "tỷ lệ bao phủ 23,9% lực lượng lao động": the rate is told, not what it is a share of.
_RATE_BEFORE = re.compile(r"(?<!\w)t[ỷỉ] lệ [^\W\d][^,;.:()\d]*$")
_PART_ABOUT = re.compile(r"(?:^|[,;(] )trong đó(?: có)? $")
_FULFILS = re.compile(r"(?<!\w)(?:hoàn thành|thực hiện)(?: vượt)? $")
_OWN_BASE = re.compile(rf" {_words('plans')} (?!{_words('plan_tails')}(?!\w))[^\W\d]+ [^\W\d]")
_OPENS_CLAUSE = re.compile(r"[^\d;:.(]*, (?:trong đó )?(?:có )?$")
# "sản lượng của 4 tỉnh đạt 152.000 tấn": what is measured stands before the count inside it.
_ONLY_LINKS = re.compile(r" (?:(?:ước|đạt|được|là|còn|chỉ|mới|có|tăng|giảm|lên|tới|khoảng|gần|hơn) ?){1,3}")
_OF_OTHERS = re.compile(r" (?:riêng |còn )?của [^\d,;:.]{1,40}")  # "tỷ lệ của tỉnh đạt 56%; của huyện đạt 78%"
_INSIDE = re.compile(r" (?:của|ở|tại|trong) (?:các |cả )?$")
_REACH = 200
_NEAR = 12  # earlier figures of the sentence that a figure may take its noun from


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A figure before its status and period are known; offsets of the normal text."""

    quantity: QuantityMention
    span: Span
    low: Decimal
    high: Decimal
    qualifier: Qualifier
    unit: str
    per: str | None
    counted: str
    noun: str | None
    cue: Cue
    metric: str | None
    is_cumulative: bool
    is_share: bool  # "312/320 học viên …, 97,5%": the fraction before it, told once more
    is_plan: bool  # "so với kế hoạch (4,100 tấn)": what was planned for the period under review
    rule: str


class CountedReader:
    """Reads what the figures of one normal text count."""

    def __init__(self, text: str, lower: str) -> None:
        self._text = text
        self._lower = lower

    def read(
        self,
        quantity: QuantityMention,
        unit: str,
        noun: NounPhrase | None,
        floor: int,
        stop: int,
        drafts: Sequence[Draft],
    ) -> tuple[str | None, bool]:
        """What is counted, and whether it follows the number and so belongs to the quote.

        ``noun`` stands behind the number; ``floor`` and ``stop`` bound what can be said of it; ``drafts`` are the
        earlier figures of the sentence. None: nothing is counted.
        """
        start = quantity.span.start
        bare = self.bare(quantity, drafts) if unit == "count" and noun is None else None
        if bare is not None and not bare.votes:
            return (self._phrase(bare.noun) if bare.noun else drafts[-1].counted), False
        if unit == "count" and noun is not None:
            return self._of_count(noun, floor, start, drafts), True
        if bracket := _BRACKET.match(self._lower, quantity.span.end):
            stop = bracket.end() + _REACH  # "100% (12/12) phường, xã": what the share is of stands behind
        after = bracket.end() if bracket else quantity.span.end
        if drafts and is_share_of(quantity, unit, drafts[-1]):
            return drafts[-1].counted, False
        if drafts and self._lower.startswith(" về ", after) and _PART_ABOUT.search(self._lower, floor, start):
            return drafts[-1].counted, False  # "187 ý kiến, trong đó gần 45% về học phí"
        if unit == "percent" and (aim := self._own_aim(floor, start, after, stop)) is not None:
            return self._phrase(aim), False
        # "nợ quá hạn chiếm 2% tổng dư nợ": what stands behind is the base.
        is_told = unit == "percent" and (
            self._lower.endswith(" chiếm ", floor, start) or _RATE_BEFORE.search(self._lower, floor, start)
        )
        if unit == "percent" and not is_told and (share := share_after(self._lower, after, stop)) is not None:
            return self._phrase(share.span), False
        is_cash = unit in _MONEY and noun is not None and _CASH.match(self._lower, noun.span.start)
        if noun is not None and (is_cash or unit not in _BEFORE_ONLY):
            return self._phrase(noun.span), True
        if plan := plan_before(self._lower, floor, start, unit):
            return (drafts[-1].counted if drafts and unit == "percent" else plan), False
        duty = duty_before(self._lower, floor, start) if unit in _LIMITS else None
        if duty is None and unit in _LIMITS and drafts:
            duty = self._duty(floor, start, drafts)
        if duty is not None:
            return self._phrase(duty), False
        if unit in _MONEY and (purpose := self._purpose(quantity, floor, stop)) is not None:
            return self._phrase(purpose), False
        if drafts and unit == "percent" and _OPENS_CLAUSE.search(self._lower, floor, start):
            return drafts[-1].counted, False  # "kiểm tra 46 nội dung, 83% khá, giỏi"
        is_each = "/" in self._lower[quantity.number.end : quantity.span.end]
        if unit in _MONEY and not is_each and (worth := _WORTH_ALONE.search(self._lower, floor, start)):
            return self._phrase(Span(*worth.span("worth"))), False
        if unit in _MONEY and (piece := worth_before(self._lower, floor, start)) is not None:
            return self._phrase(piece), False
        measured = measured_before(self._lower, floor, start, not drafts)
        if measured is not None and unit in _LIMITS:
            measured = from_verb(self._lower, measured)
        if measured is not None and unit in _LENGTHS:
            measured = from_thing(self._lower, measured, max(floor, start - _REACH))
        if measured is not None and (each := _EACH.match(self._lower, measured.start)) and drafts:
            return self._of_each(each[1], drafts), False
        if measured is not None:
            return self._phrase(measured), False
        if unit in _MONEY and (given := _GIVEN.search(self._lower, floor, start)):
            return self._phrase(Span(*given.span("verb"))), False
        if drafts and (outer := self._outer(unit, floor, start, drafts)) is not None:
            return self._phrase(outer), False
        if drafts and self._goes_on(floor, start):
            return self._inherited(unit, floor, start, drafts), False
        noun = noun or (base_after(self._lower, quantity.span.end, stop) if unit == "percent" else None)
        span = noun.span if noun else words_around(self._lower, floor, start, quantity.span.end, stop, unit in _LIMITS)
        return (None if span is None else self._phrase(span)), False

    def _own_aim(self, floor: int, start: int, after: int, stop: int) -> Span | None:
        """What a plan that is fulfilled says itself: "hoàn thành 100% chỉ tiêu thu hội phí"; None: it says nothing."""
        if not _OWN_BASE.match(self._lower, after, stop) or not _FULFILS.search(self._lower, floor, start):
            return None
        base = base_after(self._lower, after, stop)
        return base.span if base else None

    def _duty(self, floor: int, start: int, drafts: Sequence[Draft]) -> Span | None:
        """What a time is given for, with a number of its own: "trả lời 100% kiến nghị trong vòng 5 ngày"."""
        if re.search(r"[,;:.(]", self._lower[floor:start]):
            return None
        before = drafts[-2].span.end if len(drafts) > 1 else max(0, drafts[-1].span.start - _REACH)
        return last_verb(self._lower, before, drafts[-1].span.start)

    def _purpose(self, quantity: QuantityMention, floor: int, stop: int) -> Span | None:
        """What money that is spent is for: "dành hơn 300 tỷ đồng chăm lo tết"; None when it stands elsewhere."""
        if _GIVEN.search(self._lower, floor, quantity.span.start):
            return fund_after(self._lower, quantity.span.end, stop)
        if not _SPENDING.search(self._lower, floor, quantity.span.start):
            return None
        return purpose_after(self._lower, quantity.span.end, stop)

    def _outer(self, unit: str, floor: int, start: int, drafts: Sequence[Draft]) -> Span | None:
        """What is measured, when a count stands inside its name and nothing but links follow; None otherwise."""
        inner = drafts[-1]
        if inner.unit != "count" or unit == "count" or not _ONLY_LINKS.fullmatch(self._lower, floor, start):
            return None
        before = drafts[-2].span.end if len(drafts) > 1 else max(0, inner.span.start - _REACH)
        link = _INSIDE.search(self._lower, max(before, inner.span.start - 12), inner.span.start)
        return measured_before(self._lower, before, link.start(), len(drafts) == 1) if link else None

    def _goes_on(self, floor: int, start: int) -> bool:
        """Whether a figure without a noun still speaks of the one before: not past a semicolon, unless it says so."""
        mark = self._lower.rfind(";", floor, start)
        if mark < 0 or _CHANGE.search(self._lower, mark, start):
            return True
        return any(rest.fullmatch(self._lower, mark + 1, start) for rest in (_ONLY_PERIOD, _ONLY_LINKS, _OF_OTHERS))

    def _of_each(self, noun: str, drafts: Sequence[Draft]) -> str:
        """What "mỗi suất" goes back to: the last figure that counts such a thing, else the thing itself."""
        near = drafts[: -_NEAR - 1 : -1]
        return next((draft.counted for draft in near if draft.counted.startswith(noun)), noun)

    def _inherited(self, unit: str, floor: int, start: int, drafts: Sequence[Draft]) -> str:
        """What an earlier figure of the sentence counts: the last one, or the last in the same unit."""
        if (unit == "percent" and _CHANGE.search(self._lower, floor, start)) or _WORTH.search(
            self._lower, floor, start
        ):
            return drafts[-1].counted
        return next((draft.counted for draft in drafts[: -_NEAR - 1 : -1] if draft.unit == unit), drafts[-1].counted)

    def _of_count(self, noun: NounPhrase, floor: int, start: int, drafts: Sequence[Draft]) -> str:
        """The noun behind the number, or the stock before it whose size a mere classifier tells."""
        word = self._lower[noun.span.start : noun.span.end]
        stock = None
        if word in _CLASSIFIERS:
            stock = stock_before(self._lower, floor, start) or total_before(self._lower, floor, start)
        if stock is None and word == "con":
            stock = herd_before(self._lower, floor, start)
        if stock is None and drafts and drafts[-1].noun == word and _CHANGE.search(self._lower, floor, start):
            return drafts[-1].counted  # "Phạm pháp hình sự xảy ra 5 vụ, giảm 2 vụ"
        return self._phrase(stock or noun.span)

    def bare(self, quantity: QuantityMention, drafts: Sequence[Draft]) -> BareNumber | None:
        """What a number without unit and noun counts; None: it is no figure."""
        last = drafts[-1] if drafts else None
        before = (
            Before(end=last.span.end, is_count=last.unit == "count", is_bare=last.unit == "count" and last.noun is None)
            if last
            else None
        )
        return read_bare(self._lower, quantity, before)

    def _phrase(self, span: Span) -> str:
        """The words as they stand; lower case at their head and where a headline shouts."""
        words = self._text[span.start : span.end].replace('"', "").split()
        if len(words) > 1 and sum(word.isupper() for word in words) > len(words) / 2:
            return " ".join(words).lower()
        head = words[0] if len(words[0]) > 1 and words[0].isupper() else words[0].lower()
        return " ".join((head, *words[1:]))


def plan_before(lower: str, floor: int, at: int, unit: str) -> str | None:
    """The word for a plan directly before a number at ``at`` that is the plan itself; None: it is none."""
    if bracket := _PLAN_BRACKET.search(lower, floor, at):
        return bracket["outside"] or bracket["inside"]
    plan = _PLAN_ITSELF.search(lower, floor, at) if unit != "percent" else None
    return plan["plan"] if plan and plan["more"] is None else None


def is_share_of(quantity: QuantityMention, unit: str, fraction: Draft) -> bool:
    """Whether a percentage tells a fraction once more: "312/320 học viên …, 97,5%"."""
    of = fraction.quantity.of
    if unit != "percent" or of is None or quantity.of is not None or quantity.high != quantity.low:
        return False
    exponent = quantity.low.as_tuple().exponent
    step = Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))
    return abs(fraction.low / of * 100 - quantity.low) <= step
