"""Figures of one sentence that do not fit one another: nothing is corrected, the disagreement is recorded.

``share``: a percentage beside its own fraction ("5.102/5.356 đảng viên (95,3%)") that is another share.
``sum``: parts that do not make their total ("12 vụ, gồm 7 vụ trộm, 4 vụ lừa đảo"), or a part above it.

Not here: which of two figures to believe (people do).
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from bienban.figure_nouns import Draft
from bienban.lexicon import any_form
from bienban.records import Disagreement

_OF_PLAN = re.compile(rf" {{1,2}}{any_form('measures', 'plans')}(?!\w)")
_BESIDE = re.compile(rf"[^\W\d,;.:(]*(?: [^\W\d]+){{0,8}}[ ,(]*(?:{any_form('figure_checks', 'shares')})?[ ,(:]*")
_ALL_PARTS = re.compile(rf"[^;.:\d]{{0,40}}[,:( ]{any_form('figure_checks', 'all_parts')}(?!\w)[^;.\d]*")
_SOME_PARTS = re.compile(rf"[^;.\d]{{0,40}}[,( ]{any_form('figure_checks', 'some_parts')}(?!\w)[^;.\d]*")
_BETWEEN_PARTS = re.compile(r"[^;.:)]{0,60}")
_FEWEST = 2
_SLACK = Decimal("1.01")  # of the last digit told: papers round and cut


def find_disagreements(lower: str, drafts: Sequence[Draft]) -> dict[int, Disagreement]:
    """Position in ``drafts`` (one sentence, in reading order) -> what does not fit there."""
    found: dict[int, Disagreement] = {}
    for at, draft in enumerate(drafts):
        if at and _is_other_share(lower, drafts[at - 1], draft):
            found[at] = "share"
        if draft.qualifier == "exact" and draft.quantity.of is None and draft.unit != "percent":
            parts = _parts(lower, drafts, at)
            if parts and not _makes(draft, *parts):
                found[at] = "sum"
    return found


def _is_other_share(lower: str, fraction: Draft, share: Draft) -> bool:
    of = fraction.quantity.of
    if of is None or share.unit != "percent" or share.qualifier != "exact" or share.quantity.of is not None:
        return False
    if _OF_PLAN.match(lower, share.quantity.span.end) or not _BESIDE.fullmatch(
        lower, fraction.quantity.span.end, share.quantity.span.start
    ):
        return False
    exponent = share.low.as_tuple().exponent
    step = Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))
    return abs(fraction.low / of * 100 - share.low) > step * _SLACK


def _parts(lower: str, drafts: Sequence[Draft], at: int) -> tuple[list[Draft], bool] | None:
    """The figures of the total's kind that follow it as its parts, and whether they are all; None: not said."""
    total, following = drafts[at], drafts[at + 1 : at + 2]
    if not following or not _is_alike(total, following[0]):
        return None
    between = (total.span.end, following[0].quantity.span.start)
    is_all = _ALL_PARTS.fullmatch(lower, *between) is not None
    if not is_all and not _SOME_PARTS.fullmatch(lower, *between):
        return None
    parts = [following[0]]
    for part in drafts[at + 2 :]:
        if not _BETWEEN_PARTS.fullmatch(lower, parts[-1].span.end, part.quantity.span.start):
            break
        if not _is_alike(total, part):
            is_all = False  # something else is told between them: nobody knows whether they are all
            break
        parts.append(part)
    return parts, is_all and len(parts) >= _FEWEST


def _is_alike(total: Draft, part: Draft) -> bool:
    return (
        (part.unit, part.per, part.rule, part.qualifier) == (total.unit, total.per, total.rule, "exact")
        and part.quantity.of is None
        and (total.unit == "count" or part.counted != total.counted)
    )


def _makes(total: Draft, parts: Sequence[Draft], is_all: bool) -> bool:
    if is_all:
        return sum(part.low for part in parts) == total.low
    return all(part.low <= total.low for part in parts)
