"""Moments as dumps write them: ISO 8601, epoch numbers, RFC 2822, Mongo's ``$date``.

Not here: days in words (``day_lines.py``).
"""

import re
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime

from bienban.identity import VIETNAM
from bienban.io.readers.day_lines import parse_day_line

# '{"$date": "2021-..."}' in a table, 'ISODate("2021-...")', "/Date(1610593200000+0700)/"
_WRAPPED = re.compile(
    r"""(?:\{\W*\$date\W+|(?:ISODate|new\ Date|Date)\(\W*|/Date\()([^'"{})]+?)(?:[+-]\d{4}\)/.*|\W*)"""
)
_NUMBER = re.compile(r"(\d{9,19})(?:\.\d+)?")
_UNIVERSAL = re.compile(r"(\d{4}-\d\d-\d\d[T ][\d:.]+) ?(?:UTC|GMT)")
_UNITS = (10**17, 10**9), (10**14, 10**6), (10**11, 10**3)  # from which number on it counts nanoseconds …
_LEAST = 10**8  # seconds: in 1973; smaller numbers are years and days, or a default
_YEARS = range(1945, 2100)  # outside of it: a default or a slip, no publication
_DEFAULT = date(1970, 1, 1)


def parse_moment(value: object, zone: tzinfo = VIETNAM) -> datetime | None:
    """The moment that ``value`` names, aware; without a zone of its own it is in ``zone``. None: it names none.

    A day alone is its midnight. Years before 1945 and after 2099, and the first day of 1970, are none.
    """
    moment = _moment(value, zone)
    if moment is None:
        return None
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        day = aware.astimezone(VIETNAM).date()
    except (OverflowError, ValueError):
        return None
    return aware if day.year in _YEARS and day != _DEFAULT else None


def _moment(value: object, zone: tzinfo) -> datetime | None:
    if isinstance(value, dict):
        return _moment(value.get("$date", value.get("$numberLong")), zone)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return _counted(value)
    if isinstance(value, str):
        return _written(value.strip(), zone)
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    return None


def _counted(value: float) -> datetime | None:
    """Seconds, milliseconds, microseconds or nanoseconds since 1970, or a day as a number: 20210114."""
    try:
        if value < _LEAST:
            return datetime.fromisoformat(str(value)) if value > 10**7 else None
        return datetime.fromtimestamp(value / next((unit for least, unit in _UNITS if value >= least), 1), UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _written(value: str, zone: tzinfo) -> datetime | None:
    if wrapped := _WRAPPED.fullmatch(value):
        return _written(wrapped[1].strip(), zone)
    if _NUMBER.fullmatch(value):
        return _counted(float(value) if "." in value else int(value))
    if universal := _UNIVERSAL.fullmatch(value):
        value = f"{universal[1]}+00:00"
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        pass
    if found := parse_day_line(value):
        return found
    try:
        return parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError):
        return None
