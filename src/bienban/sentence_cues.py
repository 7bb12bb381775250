"""Where one sentence says "phấn đấu", "đã", "tham dự", "dịp này": cues found once, asked for often.

Not here: the words (``lexicon/figure_scopes.yml``), what they mean together (``figure_scope.py``).
"""

import re
from bisect import bisect_left, bisect_right
from typing import Literal

from bienban.lexicon import all_forms, alternation, any_form, load_lexicon
from bienban.records import Span

Cue = Literal[
    "target", "directed", "directing", "asked", "reason", "result", "meeting", "award", "occasion", "reported",
    "discussed", "sourced", "clause", "giving",
]  # fmt: skip

# "đã đề nghị", "cũng đã giao": a word of intent in the past is a result.
_DONE = re.compile(r"(?<!\w)(?:đã|vừa|cũng đã) $")
_INTENTS = frozenset({"target", "directed", "directing"})


def _barred(cue: str) -> tuple[str, ...]:
    return tuple(f" {word} " for word in load_lexicon("figure_scopes")[cue].fields["not_after"])


_NO_INTENT = _barred("target")  # "đạt yêu cầu"
_INTENT_AFTER = tuple(f" {word} " for word in load_lexicon("figure_scopes")["target"].fields["but_after"])
# "bằng 64,8% kế hoạch được giao": what was ordered is a base there.
_BASES = tuple(f" {word} " for word in all_forms("measures", "plans"))
_ORDERED = load_lexicon("figure_scopes")["target"].fields["of_plans"]
_DIGITS = tuple(f"{digit} " for digit in "0123456789")
_NO_CUE: dict[Cue, tuple[str, ...]] = {
    "result": (*_barred("result"), *_DIGITS),  # "gửi báo cáo", "12 báo cáo": nobody reports
    "reported": _DIGITS,
    "discussed": (*_barred("discussed"), *_DIGITS),  # "phiên giải trình": a kind of meeting; "147 phản ánh"
    "occasion": (*_barred("occasion"), *_DIGITS),  # "tổ chức 4 hội nghị": not this one
}


def _words(cue: str) -> str:
    # The words come first: the engine skips to their first letters, which a look-behind would forbid.
    barred = load_lexicon("figure_scopes")[cue].fields.get("not_before")
    after = rf"(?! {alternation(barred)}(?!\w))" if barred else ""
    return rf"{any_form('figure_scopes', cue)}(?!\w){after}"


def _pattern(*cues: str) -> re.Pattern[str]:
    return re.compile("|".join(_words(cue) for cue in cues))


# "Hội nghị nhất trí các chỉ tiêu cho năm học mới: …": what follows is wanted.
_GOALS_SET = rf"{_words('setting')} (?:các|những|một số|hệ thống|nhóm) (?:{_words('goals')})"


_PATTERNS: dict[Cue, re.Pattern[str]] = {
    "target": re.compile(f"{_GOALS_SET}|{_words('target')}"),
    "directed": _pattern("directed"),
    "directing": _pattern("directing"),
    "result": _pattern("result"),
    "meeting": _pattern("meeting", "attending"),
    "award": _pattern("award", "giving"),
    "giving": _pattern("giving"),
    "occasion": _pattern("occasion"),
    "reported": _pattern("reported"),
    "discussed": _pattern("discussed", "narrated"),
    "sourced": _pattern("sourced"),
    "asked": _pattern("asked"),
    "reason": _pattern("reason"),
    "clause": re.compile(";"),
}


class SentenceCues:
    """The cues of one sentence of a lower-case normal text; each kind is looked for once, when first asked."""

    def __init__(self, lower: str, span: Span) -> None:
        self._lower = lower
        self._span = span
        self._found: dict[Cue, tuple[list[int], list[int]]] = {}

    def last_before(self, cue: Cue, at: int) -> int:
        """Where the last cue that ends by ``at`` begins; -1: nowhere."""
        starts, ends = self._positions(cue)
        index = bisect_right(ends, at) - 1
        return starts[index] if index >= 0 else -1

    def stands_between(self, cue: Cue, start: int, end: int) -> bool:
        """Whether a cue begins at or after ``start`` and ends by ``end``."""
        starts, ends = self._positions(cue)
        index = bisect_left(starts, start)
        return index < len(ends) and ends[index] <= end

    def first_after(self, cue: Cue, at: int) -> int | None:
        """Where the first cue at or after ``at`` begins; None: nowhere."""
        starts, _ = self._positions(cue)
        index = bisect_left(starts, at)
        return starts[index] if index < len(starts) else None

    def _positions(self, cue: Cue) -> tuple[list[int], list[int]]:
        if cue not in self._found:
            spans = [
                match.span()
                for match in _PATTERNS[cue].finditer(self._lower, *self._span)
                if cue == "clause" or not self._lower[max(0, match.start() - 1) : match.start()].isalnum()
            ]
            if cue in _INTENTS:
                spans = [span for span in spans if not self._is_barred(span[0])]
            elif cue in _NO_CUE:
                spans = [span for span in spans if not self._words_before(span[0]).endswith(_NO_CUE[cue])]
            self._found[cue] = ([start for start, _ in spans], [end for _, end in spans])
        return self._found[cue]

    def _words_before(self, start: int) -> str:
        """The last words of the sentence before ``start``, with a blank before the first."""
        return f" {self._lower[max(self._span.start, start - 12) : start]}"

    def _is_barred(self, start: int) -> bool:
        if _DONE.search(self._lower, max(self._span.start, start - 8), start):
            return True
        before = self._words_before(start)
        if before.endswith(_BASES) and self._lower.startswith(tuple(_ORDERED), start):
            return True
        return before.endswith(_NO_INTENT) and not before.endswith(_INTENT_AFTER)
