"""An annotated article with its names, units, days, years and numbers exchanged, in text and annotation alike.

Nothing that an extractor may have learned by heart survives: whoever still reads the article right has
read it. Edits are made on the original text, so spans of the annotation can be moved along.
"""

import random
import re
from dataclasses import replace
from datetime import date
from typing import Any

from bienban.evaluation import GoldArticle
from bienban.records import Unit
from bienban.register import load, units_named
from bienban.text import ascii_fold, modern

_FAMILIES = ("Đinh", "Phùng", "Mai", "Lương", "Tạ", "Hà", "Vương", "Chu", "Đoàn", "Thái")
_MIDDLES = ("Văn", "Đức", "Hữu", "Thị", "Quang", "Minh")
_GIVEN = ("Khải", "Thực", "Hiển", "Lộc", "Trang", "Ngát", "Tuyền", "Cương", "Duyên", "Sâm", "Phong", "Vân")
_YEAR = re.compile(r"(?<![\d.,])20[0-3]\d(?![\d.,]*\d)")
_DAY = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})(?![\d/])")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_STEP = 2  # each digit moves by so many, never to zero: a longer or shorter number would be another case

Edit = tuple[int, int, str]


class Exchange:
    """The exchanges for one article, drawn by ``seed``."""

    def __init__(self, item: GoldArticle, seed: int) -> None:
        self._random = random.Random(f"{item.annotation['id']}-{seed}")
        self._text = item.article.text
        self._annotation = item.annotation
        self._shift = self._random.choice((-3, -2, -1))
        self._edits: list[Edit] = []
        self._names: dict[str, str] = {}

    def apply(self, item: GoldArticle) -> GoldArticle:
        """The article and its annotation after all exchanges."""
        self._figures()
        self._people()
        self._units()
        self._held_on()
        for match in _YEAR.finditer(self._text):
            self._edit(match.start(), match.end(), str(int(match.group()) + self._shift))
        self._edits.sort()
        return GoldArticle(replace(item.article, text=self._new_text()), self._new_annotation())

    def _edit(self, start: int, end: int, new: str) -> None:
        if all(end <= a or b <= start for a, b, _ in self._edits):
            self._edits.append((start, end, new))

    def _replace_all(self, old: str, new: str) -> None:
        for form in {old, old.upper(), old.title()}:
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", self._text):
                self._edit(match.start(), match.end(), new.upper() if form.isupper() and len(form) > 1 else new)

    def _figures(self) -> None:
        for figure in self._annotation["figures"]:
            start, end = figure["span"]
            for match in _DIGITS.finditer(self._text[start:end]):
                digits = re.sub(r"\d", lambda d: str((int(d.group()) + _STEP) % 9 + 1), match.group())
                self._edit(start + match.start(), start + match.end(), digits)
            figure_values = [_value(d) for d in _DIGITS.findall(self._text[start:end])]
            new = [_value(new) for a, b, new in sorted(self._edits) if start <= a and b <= end]
            figure["new"] = _rescaled(figure, figure_values, new)

    def _people(self) -> None:
        meeting = self._annotation["meeting"]
        names = [person["name"] for person in (*meeting["chairs"], *meeting["participants"])]
        for name in (*names, *self._annotation["byline"]["authors"]):
            new = self._new_name(len(name.split()))
            self._names[name] = new
            for spelled in _spellings(name, self._text):
                self._replace_all(spelled, new)

    def _new_name(self, words: int) -> str:
        while True:
            parts = [self._random.choice(_FAMILIES), self._random.choice(_MIDDLES), self._random.choice(_GIVEN)]
            parts = [parts[0], *parts[1:2] * (words > 2), *([self._random.choice(_GIVEN)] * (words > 3)), parts[2]]
            name = " ".join(parts)
            if name not in self._names.values():
                return name

    def _units(self) -> None:
        unit = self._annotation["meeting"]["host"]["unit"]
        on = date(2021, 1, 1)
        old = units_named(unit["name"], kind=unit["kind"], on=on)[0]
        others = [
            other.unit
            for other in load().versions()
            if other.holds_on(on) and other.unit.kind == old.kind and other.unit.level == old.level
        ]
        others = [other for other in others if self._may_stand_for(other, old, on)]
        new = self._random.choice(sorted(others, key=lambda other: other.unit_id))
        self._names[old.name], self._names[old.province or ""] = new.name, new.province or ""
        self._replace_all(old.name, new.name)
        self._replace_all("Thaachj Thành", new.name)  # a slip of the keyboard for the host's unit
        self._replace_all(old.province or "", new.province or "")
        for match in re.finditer(ascii_fold(old.province or "").replace(" ", ""), self._text):
            self._edit(match.start(), match.end(), ascii_fold(new.province or "").replace(" ", ""))

    def _may_stand_for(self, other: Unit, old: Unit, on: date) -> bool:
        one_of_its_name = len(units_named(other.name, kind=other.kind, on=on)) == 1
        return one_of_its_name and other.province != old.province and not any(char.isdigit() for char in other.name)

    def _held_on(self) -> None:
        held = self._annotation["meeting"]["held_on"]
        if held is None:
            return
        day = date.fromisoformat(held)
        new = self._random.choice([number for number in range(3, 28) if number != day.day])
        self._names[held] = day.replace(day=new, year=day.year + self._shift).isoformat()
        for match in _DAY.finditer(self._text):
            if (int(match[1]), int(match[2])) == (day.day, day.month):
                self._edit(match.start(1), match.end(1), str(new))

    def _new_text(self) -> str:
        out, at = [], 0
        for start, end, new in self._edits:
            out += [self._text[at:start], new]
            at = end
        return "".join([*out, self._text[at:]])

    def _moved(self, offset: int) -> int:
        return offset + sum(len(new) - (end - start) for start, end, new in self._edits if end <= offset)

    def _new_annotation(self) -> dict[str, Any]:
        text = self._new_text()
        annotation = self._renamed(self._annotation)
        for figure, old in zip(annotation["figures"], self._annotation["figures"], strict=True):
            figure["span"] = [self._moved(old["span"][0]), self._moved(old["span"][1])]
            figure["quote"] = text[slice(*figure["span"])]
            figure["low"], figure["high"] = old["new"]
        return annotation

    def _renamed(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._renamed(content) for key, content in value.items() if key != "new"}
        if isinstance(value, list):
            return [self._renamed(content) for content in value]
        if not isinstance(value, str) or value in self._names:
            return self._names.get(value, value) if isinstance(value, str) else value
        if re.fullmatch(r"20\d\d-\d\d-\d\d", value):
            return f"{int(value[:4]) + self._shift}{value[4:]}"
        for old, new in self._names.items():
            value = value.replace(old, new)
        return value


def exchanged(item: GoldArticle, seed: int) -> GoldArticle:
    """``item`` with everything exchangeable exchanged; the same for the same ``seed``."""
    fresh = GoldArticle(item.article, _copied(item.annotation))
    return Exchange(fresh, seed).apply(fresh)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(content) for key, content in value.items()}
    return [_copied(content) for content in value] if isinstance(value, list) else value


def _spellings(name: str, text: str) -> set[str]:
    """The ways in which the text spells ``name``: with old tones, with U+00D0."""
    pattern = re.compile(r"[^\W\d]+(?: [^\W\d]+)*")
    words = name.split()
    found = set()
    for match in pattern.finditer(text):
        parts = match.group().split()
        for at in range(len(parts) - len(words) + 1):
            run = " ".join(parts[at : at + len(words)])
            if modern(run) == modern(name):
                found.add(run)
    return found or {name}


def _value(digits: str) -> float:
    thousands = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits)
    return float(digits.replace(".", "") if thousands else digits.replace(",", "."))


def _rescaled(figure: dict[str, Any], old: list[float], new: list[float]) -> tuple[float, float]:
    """Low and high after their digits changed: the words of the number ("triệu") stay."""
    scale = figure["low"] / old[0]
    return round(new[0] * scale, 6), round(new[-1] * figure["high"] / old[-1], 6)
