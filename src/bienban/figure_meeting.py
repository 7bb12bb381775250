"""What is known of a meeting when its figures are read: its days, what was reviewed, what is planned.

Not here: how a meeting's periods are found (``told_periods.py``).
"""

from dataclasses import dataclass
from datetime import date

from bienban.records import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureContext:
    """What the meeting says about its figures; None where the text is silent.

    ``held_on``: first and last day, only when known to the day. ``session_types``: of such meetings as
    trainings and awards everything counted was counted there.
    """

    held_on: Period | None = None
    reviewed: Period | None = None
    planned: Period | None = None
    session_types: tuple[str, ...] = ()

    @property
    def last_day(self) -> date | None:
        """The last day that results can be of; None: nobody knows."""
        return max((period.end for period in (self.held_on, self.reviewed) if period), default=None)


@dataclass(frozen=True, slots=True)
class Known:
    """The periods of the meeting that a result, or a target, is measured against."""

    held_on: Period | None
    own: Period | None  # the reviewed period for results, the planned one for targets
    is_target: bool
