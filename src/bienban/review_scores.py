"""What a review by people says of a whole version: shares of right values with their intervals.

Rows of a stratum stand for all rows of it (their weight), and verdicts of ``unclear`` are left out. The interval
is Wilson's score interval at Kish's effective sample size, which stays inside [0, 1] also when all are right.

Not here: drawing and storing (``io/review.py``).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist

WHOLE_ROW = "all"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "meeting": ("is_meeting", "held_on", "session_type", "body", "unit", "reviewed_period", "planned_period"),
    "fact": ("value", "qualifier", "counted", "unit", "period", "status", "metric"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judged row: its kind (a key of FIELDS), ``right``, ``wrong`` or ``unclear``, the wrong fields, its weight."""

    row_kind: str
    verdict: str
    wrong_fields: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of right values of a field in the version; ``low`` and ``high`` bound it at the level asked for."""

    row_kind: str
    field: str
    reviewed: int
    unclear: int
    share: float
    low: float
    high: float


def estimates(verdicts: Iterable[Verdict], level: float = 0.95) -> list[Estimate]:
    """One estimate per kind of row and field, the whole row first; kinds without a clear verdict are left out."""
    by_kind: dict[str, list[Verdict]] = {kind: [] for kind in FIELDS}
    for verdict in verdicts:
        by_kind[verdict.row_kind].append(verdict)
    found = []
    for kind, fields in FIELDS.items():
        clear = [each for each in by_kind[kind] if each.verdict != "unclear"]
        unclear = len(by_kind[kind]) - len(clear)
        if clear:
            rows = [(each.weight, each.verdict == "right") for each in clear]
            found.append(Estimate(kind, WHOLE_ROW, len(clear), unclear, *_interval(rows, level)))
            for field in fields:
                rows = [(each.weight, field not in each.wrong_fields) for each in clear]
                found.append(Estimate(kind, field, len(clear), unclear, *_interval(rows, level)))
    return found


def _interval(rows: list[tuple[float, bool]], level: float) -> tuple[float, float, float]:
    total = sum(weight for weight, _ in rows)
    share = sum(weight for weight, is_right in rows if is_right) / total
    size = total**2 / sum(weight**2 for weight, _ in rows)  # Kish: unequal weights are worth fewer rows
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = (share + z**2 / (2 * size)) / (1 + z**2 / size)
    half = z / (1 + z**2 / size) * math.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    return share, max(0.0, middle - half), min(1.0, middle + half)
