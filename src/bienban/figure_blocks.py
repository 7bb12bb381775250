"""Stretches of a text in which no number is a figure: days, periods, what stands between quotation marks.

Not here: single numbers that are no figures (``figure_traps.py``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bienban.dates import PeriodMention, find_dates

# "đạt 92% (3/4 xã)", "Công an huyện và 8/8 xã": no day; "4 và 5/8" are days.
_NO_DAY = re.compile(r"(?:% \(|[^\W\d] và )$")
_QUOTED = re.compile(r'"[^"\n]{1,80}"')


@dataclass(frozen=True, slots=True)
class Block:
    """Days, periods and short quotations: numbers inside are no figures; ``is_doubtful``: "5/8"."""

    start: int
    end: int
    is_doubtful: bool


def find_blocks(text: str, periods: Sequence[PeriodMention]) -> list[Block]:
    """The blocks of a normal text, sorted by where they begin."""
    blocks = [
        Block(
            *mention.span,
            not mention.is_marked
            or _NO_DAY.search(text, max(0, mention.span.start - 5), mention.span.start) is not None,
        )
        for mention in find_dates(text)
    ]
    blocks += [Block(*mention.span, False) for mention in periods]
    # A slogan, a name; but what somebody says (": \"…\"") tells figures.
    blocks += [Block(*m.span(), False) for m in _QUOTED.finditer(text) if not text.endswith(": ", 0, m.start())]
    return sorted(blocks, key=lambda block: (block.start, block.end))
