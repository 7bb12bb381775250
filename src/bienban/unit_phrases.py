"""Units as texts name them, with their kind: "huyện Lộc Bình", "TP.Uông Bí", "quận 10"; and addresses of them.

Not here: which unit is meant (``bienban.register``), the bodies of units (``bodies.py``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bienban.letters import UPPER
from bienban.lexicon import alternation, load_lexicon

_LEXICON = load_lexicon("bodies")
_UNIT_KINDS = _LEXICON["unit_kinds"].forms
KIND_LEVELS = _LEXICON["kind_levels"].forms

_NAME_WORD = rf"[{UPPER}][\w'’.]*"
# "Đam Rông 2": communes of one old district are told apart by a number
NAME = rf"{_NAME_WORD}(?:[ \t]+(?:-[ \t]+)?{_NAME_WORD}){{0,4}}(?:[ \t]+\d{{1,2}}(?!\d|[/%]|[.,]\d))?"
KIND_FORMS = alternation(_UNIT_KINDS)
# "tỉnh Quảng Ninh", "TP.Uông Bí", "quận 10"; in capitals the kind may be "TỈNH".
_UNIT = re.compile(rf"(?P<kind>(?i:{KIND_FORMS}))(?:[ \t]+|(?<=\.))(?P<name>{NAME}|\d{{1,2}}(?!\d|[/.,]\d))")
_KIND_ALONE = re.compile(rf"(?:{KIND_FORMS})(?!\w)(?!\s+(?:hội|viên|luận)(?!\w))")  # "xã hội" is no commune
_GAP = re.compile(r"[ \t]*[,(–-]?[ \t]*(?:thuộc[ \t]+)?")


@dataclass(frozen=True, slots=True)
class UnitPhrase:
    """A unit named with its kind: "huyện Lộc Bình". ``name`` may run too far; the register decides."""

    start: int
    end: int
    kind: str
    name: str


def find_units(text: str, lower: str, start: int = 0, end: int | None = None) -> Iterator[UnitPhrase]:
    """Every unit named with its kind in ``text[start:end]``, in reading order."""
    for match in _UNIT.finditer(text, start, len(text) if end is None else end):
        before = text[match.start() - 1] if match.start() else " "
        if before.isalnum() or not _starts_large(match["name"]):
            continue
        yield _phrase(lower, match)


def unit_at(text: str, lower: str, at: int) -> UnitPhrase | None:
    """The unit named at ``at``; None when none begins there."""
    if text[at - 1].isalnum():
        return None
    match = _UNIT.match(text, at)
    if not match or not _starts_large(match["name"]):
        return None
    return _phrase(lower, match)


def kind_at(text: str, lower: str, at: int) -> tuple[str, int] | None:
    """The kind of unit named at ``at`` without a name, and where it ends: "Ban Chỉ đạo 35 huyện"."""
    match = None if text[at - 1].isalnum() else _KIND_ALONE.match(lower, at)
    return (_kind(match.group()), match.end()) if match else None


def address_after(text: str, lower: str, at: int, limit: int) -> Iterator[UnitPhrase]:
    """Units that follow as an address: " (huyện Chư Păh, tỉnh Gia Lai)", ", huyện Lộc Bình"."""
    while at < limit:
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        unit = unit_at(text, lower, at)
        if unit is None:
            return
        yield unit
        at = unit.end


def _phrase(lower: str, match: re.Match[str]) -> UnitPhrase:
    kind = _kind(lower[match.start("kind") : match.end("kind")])
    return UnitPhrase(match.start(), match.end(), kind, match["name"].rstrip("."))


def _kind(form: str) -> str:
    return _UNIT_KINDS[" ".join(form.split())]  # "thành  phố": two blanks between the words


def _starts_large(name: str) -> bool:
    return name[0].isdigit() or name[0].isupper()
