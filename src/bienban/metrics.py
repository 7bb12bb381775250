"""The catalogue of metrics: which of them a figure measures, if any.

Matched on the counted phrase, the unit and, for percentages, whether they tell a level, a change or a
share of a plan. A figure without a metric keeps its counted noun and is reported as unmapped.

Not here: the metrics (``lexicon/metrics.yml``).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bienban.lexicon import alternation, load_lexicon

Cue = Literal["plan", "change", "level"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric of the catalogue. ``unit`` is a key of ``lexicon/units.yml`` or "count"."""

    code: str
    name_vi: str
    name_en: str
    unit: str
    topic: str
    is_additive: bool
    cue: Cue | None
    forms: tuple[str, ...]


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
            cue=entry.fields.get("cue"),
            forms=tuple(entry.forms),
        )
        for code, entry in load_lexicon("metrics").items()
    }


def find_metric(counted: str, unit: str, cue: Cue) -> str | None:
    """The code of the metric that a counted phrase with this unit names; None: none of the catalogue.

    The longest form that opens the phrase wins; ``cue`` matters for percentages alone.
    """
    match = _pattern().match(re.sub(r"\s+", " ", counted).lower())
    if match is None:
        return None
    for form in _shorter(match.group()):
        for metric in _by_form().get(form, ()):
            if metric.unit == unit and (unit != "percent" or metric.cue in (None, cue)):
                return metric.code
    return None


def _shorter(form: str) -> Iterator[str]:
    """A form and the shorter ones that open it, for a unit that the longest does not have."""
    while form:
        yield form
        form = form.rpartition(" ")[0].rstrip(",")


@cache
def _by_form() -> Mapping[str, tuple[Metric, ...]]:
    found: dict[str, tuple[Metric, ...]] = {}
    for metric in catalogue().values():
        for form in metric.forms:
            found[form] = (*found.get(form, ()), metric)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"{alternation(_by_form())}(?!\w)")
