"""The catalogue of metrics: which of them a figure measures, if any.

Matched on the counted phrase, the unit, the words near the number and whether the figure tells a level, a
change or a share of a plan. A figure without a metric keeps its counted noun and is reported as unmapped.

Not here: the metrics (``lexicon/metrics.yml``).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Literal

from bienban.lexicon import Entry, load_lexicon, whole_words
from bienban.text import modern

Cue = Literal["plan", "change", "level", "limit", "part"]
_STATES = frozenset({"plan", "level"})  # "giảm 1.348 vụ", "tối đa 35 người", "2/3 người dân" are no counts
_NO_METRIC = "none"
_NUMBER_OF = re.compile(r"^(?:tổng số|số lượng|số|tổng) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric of the catalogue. ``unit`` is a key of ``lexicon/units.yml`` or "count"."""

    code: str
    name_vi: str
    name_en: str
    unit: str
    topic: str
    is_additive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One way in which figures state a metric."""

    code: str | None  # None: a phrase that only begins like what a metric counts
    unit: str
    cues: frozenset[Cue] | None
    near: re.Pattern[str] | None
    barred: re.Pattern[str] | None
    within: re.Pattern[str] | None
    not_within: re.Pattern[str] | None

    @property
    def asks(self) -> int:
        """How much the reading asks of the words around: 2 of those near, 1 of the sentence, 0 nothing."""
        return 2 if self.near else 1 if self.within else 0

    def fits(self, unit: str, cue: Cue, around: str, sentence: str) -> bool:
        told = cue in self.cues if self.cues else unit == "percent" or cue in _STATES
        if self.unit != unit or not told:
            return False
        asked = ((self.near, around), (self.within, sentence))
        refused = ((self.barred, around), (self.not_within, sentence))
        return all(words is None or words.search(where) for words, where in asked) and not any(
            words is not None and words.search(where) for words, where in refused
        )


@cache
def catalogue() -> Mapping[str, Metric]:
    """Every metric by its code, in file order."""
    return {
        code: Metric(
            code=code,
            name_vi=entry.fields["name_vi"],
            name_en=entry.fields["name_en"],
            unit=entry.fields["unit"],
            topic=entry.fields["topic"],
            is_additive=entry.fields["additive"] == "yes",
        )
        for code, entry in load_lexicon("metrics").items()
        if "of" not in entry.fields
    }


def find_metric(counted: str, unit: str, cue: Cue, around: str = "", sentence: str = "") -> str | None:
    """The code of the metric that a counted phrase with this unit states; None: none of the catalogue.

    The longest form that opens the phrase wins, or what stands behind its "tổng số"; among readings of one form
    those that ask for a word near the number, then those that ask for one of the sentence. ``around`` and
    ``sentence`` are such words, in lower case; the phrase itself counts among them.
    """
    phrase = " ".join(counted.split()).lower()
    nearby, wide = f"{around} {phrase}", f"{sentence} {phrase}"
    for form in chain(_opening(phrase), _opening(_NUMBER_OF.sub("", phrase))):
        for reading in _readings().get(form, ()):
            if reading.fits(unit, cue, nearby, wide):
                return reading.code
    return None


def _opening(phrase: str) -> Iterator[str]:
    """The phrase as a whole, then the phrases that open it, the longest first."""
    yield f"={phrase}"
    end = len(phrase)
    while end > 0:
        yield phrase[:end].rstrip(",;:-/ ")
        end = phrase.rfind(" ", 0, end)


@cache
def _readings() -> Mapping[str, tuple[_Reading, ...]]:
    """Readings by form; a form that must be the whole phrase begins with "="."""
    found: dict[str, list[_Reading]] = {}
    for key, entry in load_lexicon("metrics").items():
        reading = _reading(key, entry)
        whole = (f"={modern(form).lower()}" for form in entry.fields.get("whole", ()))
        for form in (*entry.forms, *whole):
            found.setdefault(form, []).append(reading)
    for form in [form for form in found if form.startswith("=")]:
        found[form] += found.get(form[1:], ())  # a whole phrase opens itself, too
    return {form: tuple(sorted(readings, key=lambda one: -one.asks)) for form, readings in found.items()}


def _reading(key: str, entry: Entry) -> _Reading:
    code = entry.fields.get("of", key)
    told: Cue | list[Cue] = entry.fields.get("cue", [])
    return _Reading(
        code=None if code == _NO_METRIC else code,
        unit=entry.fields["unit"],
        cues=frozenset(told if isinstance(told, list) else [told]) or None,
        near=_any_of(entry.fields.get("with", ())),
        barred=_any_of(entry.fields.get("without", ())),
        within=_any_of(entry.fields.get("within", ())),
        not_within=_any_of(entry.fields.get("not_within", ())),
    )


def _any_of(words: tuple[str, ...] | list[str]) -> re.Pattern[str] | None:
    return re.compile(whole_words(modern(word).lower() for word in words)) if words else None
