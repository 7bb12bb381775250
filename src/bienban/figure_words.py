"""What is told of a number by the words around it: a level, a change, a limit; and which words speak of it.

Offsets are those of one normal text in lower case.

Not here: which quantities are figures (``figure_drafts.py``), which metric words make of them (``metrics.py``).
"""

import re
from collections.abc import Sequence
from functools import partial

from bienban.counted_nouns import NounPhrase
from bienban.figure_nouns import Draft
from bienban.lexicon import any_form
from bienban.metrics import Cue
from bienban.quantities import QuantityMention

_words = partial(any_form, "measures")
_OF_PLAN = re.compile(rf" {{1,2}}(?:so với )?{_words('plans')}(?!\w)")
_RISE = re.compile(rf"(?<!\w)(?<!\bgia ){_words('rises')}(?: (?!{_words('reached')}(?!\w))\w+){{0,2}} {{0,2}}$")
# "cao hơn kế hoạch 2 tạ/ha": a difference; what percentages tell is said elsewhere.
_MORE = re.compile(
    r"(?<!\w)(?:cao|thấp|nhiều|ít|kém) hơn (?:so với )?(?:cùng|năm|kế|dự|chỉ|bình|mức|tháng|quý)(?: \w+){1,3} $"
)
_CLAUSE_END = re.compile(r"[;:.!?(\n]|,(?!\d)")
# Between a figure and the next one: "3 vụ án/19 bị can", "trễ hạn 9 hồ sơ (2,2%)".
_SHARES = re.compile(
    r" ?(?:/|,|và|với|cho|gồm|,? ?trong đó(?: có| gồm)?)? ?"
    r"|[^,;:.()\n]{0,30} ?\((?:chiếm|đạt|bằng|tỷ lệ)? ?"
)
# "12 học sinh và 3 giáo viên được tôn vinh": what is said of the second is said of both.
_SUBJECTS = re.compile(r"[^,;:.()\n\d]{0,40} và ")
_LISTED = re.compile(r" ?(?:,|và|, và) ?")
_OPENS = re.compile(r"(?:^|[.;:!?\n]) ?[\"•+-]? ?$")
_NEARBY = 60  # characters on each side of a number
_LIMITS = frozenset({"tối đa", "không quá", "nhiều nhất"})
_PARTS = 5  # "2/3 người dân" is a part of them, "3/9 đại biểu" a count
_PEOPLE = frozenset({"persons", "stocks", "households"})


def cue_of(
    lower: str,
    quantity: QuantityMention,
    unit: str,
    noun: NounPhrase | None,
    drafts: Sequence[Draft],
    floor: int,
    start: int,
) -> Cue:
    """Whether a figure tells a level, a change, a share of a plan, the most there may be, or a part of people."""
    listed = bool(drafts) and _LISTED.fullmatch(lower, drafts[-1].span.end, start) is not None
    if listed and unit == "count" and drafts[-1].unit == unit and drafts[-1].cue == "change":
        return "change"  # "giảm 19 vụ, 8 người chết"
    rise = _RISE.search(lower, floor, start)
    if unit == "percent" and _OF_PLAN.match(lower, quantity.span.end):
        return "change" if rise and not rise[0].startswith("vượt") else "plan"
    # "nhiều hơn 5 vụ so với": a figure begins behind such a word; "vượt 9/11 chỉ tiêu" counts them.
    more = rise or (unit != "percent" and _MORE.search(lower, floor, start))
    if quantity.of is None and (more or start > quantity.span.start):
        return "change"
    if unit == "count" and quantity.qualifier_word in _LIMITS:
        return "limit"
    is_part = quantity.of is not None and quantity.low < quantity.of <= _PARTS
    return "part" if is_part and noun is not None and noun.kind in _PEOPLE else "level"


def words_near(lower: str, drafts: Sequence[Draft], floor: int, start: int, end: int, stop: int) -> str:
    """The words near a number: between the figure before it and the end of its own clause.

    A figure joined to the one before ("3 vụ án/19 bị can"), or that tells its share in brackets, shares the words
    before that; in one clause with it ("lớp tập huấn khoa học cho 60 lượt người") it shares what that one counts.
    """
    if drafts and _SHARES.fullmatch(lower, floor, start):
        floor = drafts[-2].span.end if len(drafts) > 1 else floor - _NEARBY
    linked = drafts[-1].counted.lower() if drafts and not _CLAUSE_END.search(lower, floor, start) else ""
    if _SUBJECTS.fullmatch(lower, end, stop) and _OPENS.search(lower, max(0, start - 3), start):
        stop += _NEARBY
        clause = _CLAUSE_END.search(lower, end, stop)
        return f"{linked} {lower[start : clause.start() if clause else stop]}"
    clause = _CLAUSE_END.search(lower, end, min(stop, end + _NEARBY))
    last = clause.start() if clause else min(stop, end + _NEARBY)
    if last == stop and (other := lower.find(" và ", end, last)) >= 0:
        last = other  # "làm chết 4 người và bị thương 5 người"
    first = max(0, floor, start - _NEARBY)
    mark = lower.rfind(";", first, start)
    # "bầu ban chấp hành; 8 đại biểu đi dự": an item of what the verb governs.
    if mark >= 0 and lower[mark + 1 : start].strip():
        first = max(first, mark + 1)
    return f"{linked} {lower[first:last]}"
