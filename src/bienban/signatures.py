"""The shape of a signature: names in capitals, a label before them, an organisation or a job in brackets.

Not here: which lines of an article may be signatures (``layout.py``), the record (``bylines.py``),
the words (``lexicon/bylines.yml``).
"""

import re
from dataclasses import dataclass

from bienban.lexicon import alternation, load_lexicon

_NAME = r"[A-ZĐÀ-Ỹ][\w'.]{0,20}(?:[ -]?[A-ZĐÀ-Ỹ][\w']{0,20}){0,5}"
_NAMES = rf"{_NAME}(?:\s{{0,3}}(?:[-,;&/+]|và)\s{{0,3}}{_NAME}){{0,4}}"
_SPLIT = re.compile(r"\s*(?:[,;&/+]|\s-\s?|-\s|\bvà\b)\s*")
_PREFIX = alternation(load_lexicon("bylines")["prefixes"].forms)
_SIGNATURE = re.compile(
    rf"[\W_]{{0,4}}(?:(?i:(?P<prefix>{_PREFIX}))\s*[:.]\s*|(?i:{alternation(['theo'])})\s+)?"
    rf"(?P<names>{_NAMES})\s*(?:[(\[](?P<bracket>[^()\[\]]{{2,80}})[)\]])?[\s./*]*\Z"
)
_NOT_NAME = re.compile(
    rf"\b{alternation(load_lexicon('bylines')['not_names'].forms)}\b", re.IGNORECASE
)
_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Signature:
    """The parts of a signature line; offsets are of the line."""

    names: tuple[str, ...]
    bracket: str | None
    has_prefix: bool


def parse_signature(line: str) -> Signature | None:
    """Read a whole line as a signature; None when it is none. An organisation alone is none."""
    if len(line) > _LONGEST or (match := _SIGNATURE.match(line)) is None:
        return None
    names = tuple(name for name in _SPLIT.split(match["names"].strip(" .")) if name)
    if _NOT_NAME.search(match["names"]) or not all(_is_name(name) for name in names):
        return None
    return Signature(names, match["bracket"], match["prefix"] is not None)


def is_signature(line: str) -> bool:
    """Whether a whole line signs the article."""
    return parse_signature(line) is not None


def _is_name(name: str) -> bool:
    return 2 <= len(name) <= 40 and not any(char.isdigit() for char in name)
