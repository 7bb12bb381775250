"""Moments as dumps write them: ISO 8601, day first, epoch numbers, RFC 2822, Mongo's ``$date``."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from bienban.identity import VIETNAM

_DAY_FIRST = re.compile(
    r"(?:.*?,\s*)?(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"
    r"(?:[\sT,|-]+(?P<H>\d{1,2})[:hg](?P<M>\d{2})(?::(?P<S>\d{2}))?)?(?:\s*\(?GMT\s*\+\s*7\)?)?"
)
_MILLISECONDS = 100_000_000_000  # as seconds: the year 5138
_YEARS = range(1945, 2100)  # outside of it: a default or a slip, no publication


def parse_moment(value: object) -> datetime | None:
    """The moment that ``value`` names, aware; without a zone it is Vietnam's. None: it names none.

    A day alone is its midnight in Vietnam. Years before 1945 and after 2099 are none.
    """
    moment = _moment(value)
    if moment is None:
        return None
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
        return aware if aware.astimezone(VIETNAM).year in _YEARS else None
    except (OverflowError, ValueError):
        return None


def _moment(value: object) -> datetime | None:
    if isinstance(value, dict):
        return _moment(value.get("$date", value.get("$numberLong")))
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return _epoch(value)
    if isinstance(value, str):
        return _written(value.strip())
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=VIETNAM)
    return None


def _epoch(value: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(value / 1000 if abs(value) >= _MILLISECONDS else value, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _written(value: str) -> datetime | None:
    if value.isdigit() and len(value) in (10, 13):
        return _epoch(int(value))
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        pass
    if match := _DAY_FIRST.fullmatch(value):
        numbers = {key: int(found) if found else 0 for key, found in match.groupdict().items()}
        try:
            day = numbers["y"], numbers["m"], numbers["d"]
            return datetime(*day, numbers["H"], numbers["M"], numbers["S"], tzinfo=VIETNAM)
        except ValueError:
            return None
    try:
        return parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError):
        return None
