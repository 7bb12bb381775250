"""The shape of a signature: names in capitals, a label before them, an organisation or a job in brackets.

Not here: which lines of an article may be signatures (``layout.py``), the record (``bylines.py``),
the words (``lexicon/bylines.yml``).
"""

import re
from dataclasses import dataclass

from bienban.date_lines import is_date_line
from bienban.letters import UPPER
from bienban.lexicon import alternation, load_lexicon, lowered, whole_words

_LEXICON = load_lexicon("bylines")
_LONGEST = 140
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{2,80})[)\]][\s./*]*\Z")
_LABEL = re.compile(rf"(?<![^\W_]){alternation(_LEXICON['prefixes'].forms)}\s*(?::|\.(?=\s)|của(?=\s))\s*")
_BORROWED = re.compile(rf"{alternation(_LEXICON['borrowed'].forms)}\s*:?\s+")
_SEPARATOR = re.compile(r"\s*(?:[,;&/+]|\s-|-\s|\svà\s)\s*")
_WORD = rf"[{UPPER}](?:[^\W\d_]{{0,11}})(?:['.][^\W\d_]{{1,11}})?"
_NAME = re.compile(rf"{_WORD}(?:[ -]{_WORD}){{0,4}}")
_INITIALS = re.compile(rf"(?:[{UPPER}]\.\s?){{1,3}}(?:[{UPPER}][^\W\d_]{{0,8}})?")  # "K.TÂM", "V.H."
_BARE = re.compile(rf"(?:[{UPPER}]\.){{1,3}}[{UPPER}]?")
_NOT_NAME = re.compile(whole_words(_LEXICON["not_names"].forms))
_FIRST_WORDS = frozenset(_LEXICON["not_names"].fields["first_words"])
_GIVEN = frozenset(_LEXICON["not_names"].fields["given"])
_JOB = re.compile(rf"{alternation(_LEXICON['jobs'].forms)}(?!\w)")
_CREDIT = re.compile(rf"{alternation(_LEXICON['credits'].forms)}\s+(?=\S)")
_OFFICE = re.compile(rf"{alternation(_LEXICON['offices'].forms)}(?!\w)")
_SIGNED = frozenset(_LEXICON["signed"].forms)
_STAND_INS = frozenset(_LEXICON["stand_ins"].forms)
# When a line also tells the day: "Mai Thắm | 12/05/2023 08:30".
_STAMP = re.compile(
    r"[\s|(,•-]{1,4}(?:\d{1,2}[:hg]\d{2}[\s|,-]{1,4})?(?:ngày\s)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    r"(?:[\s|,-]{1,4}\d{1,2}[:hg]\d{2})?\)?\s*\Z"
)
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and for which organisation."""

    names: tuple[str, ...]
    agency: str | None


def parse_signature(line: str) -> Signature | None:
    """Read a whole line as a signature; None when it is none.

    "Tin, ảnh: Ngọc Trinh", "Quốc Thắng - Phạm Hưng", "Mai Thắm (Trung tâm TT&VH)", "Theo TTXVN".
    """
    if len(line) > _LONGEST:
        return None
    rest = (_STAMP.sub("", line) if _ends_in_digit(line) else line).strip(" \t*/.|").lstrip("-–•")
    agency = None
    if not rest:
        return None
    if rest[:1] in "([" and rest[-1:] in ")]":
        rest = rest[1:-1]
    elif bracket := _BRACKET.search(rest):
        rest = rest[: bracket.start()]
        agency = bracket[1].strip() if is_agency(bracket[1]) else None
    rest = rest.strip()
    if borrowed := _BORROWED.match(lowered(rest)):
        source = rest[borrowed.end() :].strip(" .()")
        return Signature((), source) if source and len(source) <= 60 and source[0].isupper() else None
    names = _names(rest)
    return Signature(names, agency) if names is not None else None


def is_signature(line: str) -> bool:
    """Whether a whole line signs the article."""
    return parse_signature(line) is not None


def is_labelled(line: str) -> bool:
    """Whether a line signs with a label: "Bài và ảnh: Quỳnh Mai" under a headline is none."""
    return _LABEL.match(lowered(line)) is not None and is_signature(line)


def is_signed_mark(line: str) -> bool:
    """Whether a line in lower case says only that a letter was signed: "(đã ký)"."""
    return line.strip(" ().") in _SIGNED


def is_office_line(line: str) -> bool:
    """Whether a line in capitals names the office of who signs a letter below it ("PHÓ GIÁM ĐỐC")."""
    return line.isupper() and _NOT_NAME.search(lowered(line)) is not None


def is_stamped_signature(line: str) -> bool:
    """Whether a line signs and tells the day: under a headline ("Mai Thắm | 12/05/2023 08:30")."""
    if len(line) > _LONGEST or not _ends_in_digit(line) or _STAMP.search(line) is None:
        return False
    if is_date_line(lowered(line)):  # "Thứ Năm, 06/07/2023 15:20"
        return False
    signature = parse_signature(line)
    return signature is not None and bool(signature.names) and all(" " in name for name in signature.names)


def _ends_in_digit(line: str) -> bool:
    """Without a digit at its end a line has no stamp, and needs no search for one."""
    return line.rstrip(" \t)")[-1:].isdigit()


def is_agency(bracket: str) -> bool:
    """Whether the words of a bracket name an organisation: not the author's job, no day, no place in a list."""
    inner = bracket.strip()
    if len(inner) < 3 or not any(char.isupper() for char in inner) or _JOB.match(lowered(inner)):
        return False
    return sum(char.isdigit() for char in inner) <= 2


def _names(rest: str) -> tuple[str, ...] | None:
    names: list[str] = []
    unlabelled = _without_labels(rest)
    is_labelled = unlabelled != rest
    for piece in _SEPARATOR.split(unlabelled):
        name = piece.strip(" .:*")
        if credit := _CREDIT.match(lowered(name)):
            name = name[credit.end() :]  # "Hồng Hạnh, ảnh Việt Dũng"
        if not name or lowered(name) in _STAND_INS:
            continue
        if names and _OFFICE.match(lowered(name)):
            break  # "Kim Thoa - Đài TT thị xã", "Lê Hoàng/TTXVN"
        if not _is_name(name):
            # "Mai Thắm - Trung tâm Văn hóa huyện": after a name an office ends the list.
            if names and _NOT_NAME.match(lowered(name)):
                break
            if is_labelled and _NOT_NAME.match(lowered(name)):
                continue  # "Tác giả: Tổ Truyền thông - ảnh: Bùi Khánh Chi"
            return None
        names.append(name)
    # "Ninh Cường - Ảnh: Đ.V": beside a name, bare initials only credit a picture.
    full = [name for name in names if not _BARE.fullmatch(name)]
    names = full if any(" " in name for name in full) else names
    return tuple(names) if 0 < len(names) <= _MOST_NAMES else None


def _without_labels(rest: str) -> str:
    """ "Tin: Ngọc Trinh - Ảnh: Văn Hùng" -> "Ngọc Trinh - Văn Hùng"."""
    kept: list[str] = []
    at = 0
    for label in _LABEL.finditer(lowered(rest)):
        kept.append(rest[at : label.start()])
        at = label.end()
    return "".join((*kept, rest[at:])) if kept else rest


def _is_name(name: str) -> bool:
    if _INITIALS.fullmatch(name):
        return True
    first, *rest = lowered(name).split()
    if first in _FIRST_WORDS:
        return (
            first in _GIVEN and len(rest) == 1 and _NAME.fullmatch(name) is not None and not name.split()[1].isupper()
        )
    if not _NAME.fullmatch(name) or _NOT_NAME.search(lowered(name)):
        return False
    # One word is a name only when it reads as one: "Hải", not "TTXVN".
    return " " in name or not name.isupper()
