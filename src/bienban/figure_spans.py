"""Days of periods against what is known of a meeting: which year, how long, up to when.

Not here: which periods a sentence names (``figure_periods.py``).
"""

from datetime import date

from bienban.dates import DateMention, PeriodMention
from bienban.figure_meeting import Known
from bienban.records import Period


def years_of(known: Known) -> list[int]:
    """The years that a period without one may be of, the likeliest first."""
    days = [day for period in (known.own, known.held_on) if period for day in (period.end, period.start)]
    if known.is_target:  # what is planned lies ahead
        years = sorted({day.year for day in days})
        return [*years, years[-1] + 1] if years else []
    years = sorted({day.year for day in days}, reverse=True)
    return [*years, years[-1] - 1] if years else []


def is_known(period: Period, known: Known) -> bool:
    """Whether a result can be of the period: within what is reviewed and before the meeting ended."""
    if known.own is None and known.is_target:
        return known.held_on is not None and period.end >= known.held_on.start
    if known.own is None:
        return known.held_on is not None and period.start <= known.held_on.end
    last = max(known.own.end, known.held_on.end) if known.held_on else known.own.end
    return known.own.start <= period.start and period.end <= last


def is_past(period: Period, kind: str, known: Known) -> bool:
    """Whether the period was over, or a month had begun, when people met."""
    days = [day.end for day in (known.own, known.held_on) if day]
    # A month may go on when people met, a stretch of days is told when it is over.
    return any((period.start if kind == "month" else period.end) <= day for day in days)


def first_day(mention: PeriodMention | DateMention, known: Known) -> date | None:
    """The first day of what is named, in the likeliest year."""
    span = bounds_of(mention, known)
    return span.start if span else None


def bounds_of(mention: PeriodMention | DateMention, known: Known) -> Period | None:
    """The days of what is named, in the likeliest year."""
    years: list[int | None] = [*years_of(known)] or [None]
    for year in years:
        period = mention.resolve(year) if isinstance(mention, PeriodMention) else _days(mention, year)
        if period and (known.is_target or is_known(period, known)):
            return period
    return period


def _days(mention: DateMention, year: int | None) -> Period | None:
    ends = mention.resolve(year) if year is not None else None
    first, last = (mention.date, mention.last or mention.date) if ends is None else ends
    if first.start is None or last.end is None or last.end < first.start:
        return None
    return Period(start=first.start, end=last.end)


def months_of(period: Period) -> int:
    """How many months a period touches."""
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def whole_years(first: int, last: int) -> Period | None:
    """From one year to a later one, both included; None when it is not later."""
    return Period(start=date(first, 1, 1), end=date(last, 12, 31)) if first < last else None


def years_before(period: Period, years: int) -> Period | None:
    """The same days so many years before; None when there are none."""
    try:
        return Period(
            start=period.start.replace(year=period.start.year - years),
            end=period.end.replace(year=period.end.year - years),
        )
    except ValueError:  # 29 February
        return None


def till_now(start: date | None, known: Known) -> Period | None:
    """From ``start`` to the end of what is reviewed; to the meeting when that begins later."""
    for known_period in (known.own, known.held_on):
        if start and known_period and start <= known_period.end:
            return Period(start=start, end=known_period.end)
    return None


def up_to(named: Period | None, known: Known) -> Period | None:
    """What "đến hết tháng 10" says: a result began with the review, a target is due in the time named."""
    own = known.own
    if named is None or (own is None and not known.is_target):
        return None
    if own is None or (known.is_target and named.end > own.end):
        return named
    if known.is_target or not own.start <= named.end <= own.end:
        return own
    return Period(start=own.start, end=named.end)
