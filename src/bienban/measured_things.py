"""Things named before a number whose worth, length or term it tells, without those who have them.

"mỗi người nhận phần thưởng trị giá 2 triệu đồng", "tuyến đường ven biển đoạn A - B dài 14 km".

Not here: what is measured in general (``counted_nouns.py``), the words (``lexicon/measures.yml``, ``nouns.yml``).
"""

import re

from bienban.lexicon import any_form
from bienban.records import Span

_WORTH_EACH = re.compile(
    rf"(?<!\w)mỗi [^\W\d]+(?: [^\W\d]+)? (?:được )?(?:nhận|tặng|trao|hưởng) (?P<noun>[^\W\d]+(?: [^\W\d]+){{0,3}}?)"
    rf" {any_form('measures', 'worth')} $"
)
_WHO = any_form("nouns", "bodies", "places", "persons")
_HOLDER = re.compile(rf"(?:{_WHO}|[^\W\d]+ ủy)(?: [^\W\d]+){{0,2}}? có văn bản ")
_LONG = re.compile(r" (?:dài|rộng)$")
_THING = re.compile(rf"(?<!\w){any_form('measures', 'lengths')}(?!\w)")
_THING_ENDS = re.compile(r" (?:đoạn|từ|có|với|dài|rộng|qua|nối)(?!\w)")
_CLAUSE_END = re.compile(r"[;:.!?()\n]|,(?!\d)")
_FAR = 80  # characters before a length in which the name of the thing begins


def worth_before(lower: str, floor: int, at: int) -> Span | None:
    """The one thing that somebody gets, directly before what it is worth: "mỗi người nhận phần thưởng trị giá …"."""
    match = _WORTH_EACH.search(lower, floor, at)
    return Span(*match.span("noun")) if match else None


def from_verb(lower: str, measured: Span) -> Span:
    """What a time is given for without who has it: "đảng ủy xã có văn bản khắc phục" is "khắc phục"."""
    holder = _HOLDER.match(lower, *measured)
    return Span(holder.end(), measured.end) if holder else measured


def from_thing(lower: str, measured: Span, floor: int) -> Span:
    """The road or dyke whose length is told: "tuyến đường ven biển đoạn A - B dài 14 km" is "tuyến đường ven biển"."""
    if not _LONG.search(lower, *measured):
        return measured
    things = list(_THING.finditer(lower, max(floor, measured.end - _FAR), measured.end))
    if (
        not things
        or things[-1].start() == measured.start
        or _CLAUSE_END.search(lower, things[-1].start(), measured.end)
    ):
        return measured
    end = _THING_ENDS.search(lower, things[-1].start(), measured.end)
    return Span(things[-1].start(), end.start() if end else measured.end)
