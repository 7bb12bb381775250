"""When two ways to write one thing count as the same answer: case, tones, dashes, short forms, kinds of unit."""

import re
from typing import Any

from bienban.lexicon import all_forms, any_form
from bienban.text import modern

_SHORT = all_forms("abbreviations", "offices")
_KINDS = (
    "thành phố trực thuộc trung ương",
    "thành phố",
    "thị xã",
    "thị trấn",
    "đặc khu",
    "tỉnh",
    "huyện",
    "quận",
    "phường",
    "xã",
)
_KIND_BEFORE = re.compile(rf"(?:{'|'.join((*_KINDS, 'tp', 'tx', 'tt', 'h', 'q', 'p'))})(?:\.\s*|\s+)(?=\S)")
_INNER = re.compile(r"(?:ban thường vụ|ban thường trực|thường trực|ban chấp hành) (?=\S)")
_HONORIFICS = re.compile(rf"(?:{any_form('abbreviations', 'honorifics')}\.?(?:\s+|(?<=\.)))+")
_WORD = re.compile(r"[\w%/]+")
_NAME_WORD = re.compile(r"[\w']+")


def plain(value: object) -> str:
    """The normal form, in lower case, with single blanks; "" for None."""
    return " ".join(modern(str(value)).casefold().split()) if value is not None else ""


def words(value: object) -> str:
    """``plain`` without punctuation."""
    return " ".join(_WORD.findall(plain(value)))


def written_out(value: object) -> str:
    """``words`` with short forms of offices written out: "PBT Huyện ủy" is "phó bí thư huyện ủy"."""
    return " ".join(_SHORT.get(word, word) for word in words(value).replace("/", " ").split())


def agree(one: str, other: str) -> bool:
    """Equal, or one contains the other at word boundaries."""
    return one == other or (bool(one and other) and (f" {one} " in f" {other} " or f" {other} " in f" {one} "))


def unit_name(value: object) -> str:
    """A unit's name without its kind; "" for None."""
    name = re.sub(r"\s*-\s*", " ", plain(value))
    if re.fullmatch(r"(?:tp\s*\.?\s*)?(?:hcm|hồ chí minh)|tphcm", name):
        return "hồ chí minh"
    for _ in range(2):
        name = _KIND_BEFORE.sub("", name, count=1) if _KIND_BEFORE.match(name) else name
    return re.sub(r"^0+(?=\d)", "", " ".join(_NAME_WORD.findall(name)))


def body_name(body: object, unit: dict[str, Any]) -> str:
    """A body's name without inner organ and without the unit that may follow."""
    name = _INNER.sub("", written_out(body), count=1) if _INNER.match(written_out(body)) else written_out(body)
    of_unit = " ".join(_SHORT.get(word, word) for word in unit_name(unit.get("name")).split())
    if of_unit:
        name = name.removesuffix(f" {of_unit}")
    for kind in (plain(unit.get("kind")), *_KINDS):
        if kind and name.endswith(f" {kind}"):
            return name.removesuffix(f" {kind}")
    return name


def person_name(value: object) -> str:
    """A person's name without honorific and rank."""
    name = plain(value)
    start = _HONORIFICS.match(name)
    return " ".join(_NAME_WORD.findall(name[start.end() :] if start else name))


def document_key(document: dict[str, Any]) -> tuple[str, str]:
    """Kind and number of a document."""
    return words(document.get("kind")), re.sub(r"^số", "", re.sub(r"\s+", "", plain(document.get("number"))))
