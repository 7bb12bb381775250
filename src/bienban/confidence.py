"""How sure a record is: how often records of its rule agreed with careful reading, smoothed towards its kind.

The counts are data (``confidence.json``), written by ``python -m bienban.evaluation.calibration --write`` from
annotated articles. A rule that they have never seen is as sure as its kind.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

import orjson

Kind = Literal["figure", "person", "document"]
Counts = Mapping[str, Mapping[str, tuple[int, int]]]  # kind -> rule -> right records, all records

_PRIOR_RECORDS = 10  # so many records of its kind count beside those of a rule


def confidence_of(kind: Kind, rule: str) -> float:
    """The chance, 0..1, that a record of this kind and rule is right in all of its fields."""
    return _shipped().get((kind, rule)) or _shipped()[kind, ""]


def smoothed(counts: Counts) -> dict[tuple[str, str], float]:
    """Chances by kind and rule; rule "" is the kind as a whole."""
    found: dict[tuple[str, str], float] = {}
    for kind, rules in counts.items():
        right, seen = (sum(column) for column in zip((0, 0), *rules.values(), strict=True))
        base = (right + 1) / (seen + 2)
        found[kind, ""] = round(base, 4)
        for rule, (good, told) in rules.items():
            found[kind, rule] = round((good + _PRIOR_RECORDS * base) / (told + _PRIOR_RECORDS), 4)
    return found


@cache
def _shipped() -> Mapping[tuple[str, str], float]:
    return smoothed(orjson.loads(resources.files("bienban").joinpath("confidence.json").read_bytes()))
