"""A day and perhaps an hour as people write them on pages and in tables: "Thứ Tư, ngày 12/7/2023 - 8:30 CH".

Not here: what machines write (``moments.py``); words of lexicon/moments.yml.
"""

import re
from datetime import UTC, datetime
from functools import cache

from bienban.identity import VIETNAM
from bienban.lexicon import alternation, form_of, load_lexicon
from bienban.text import modern

_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 100  # letters; what is longer says more than a day


def parse_day_line(line: str) -> datetime | None:
    """The moment that the whole line names, day first unless it begins with a year; None: it says something else.

    Aware when it names a zone. A place or a name may come before, ended by a comma ("Hà Nội, 12/7/2023").
    """
    if len(line) > _LONGEST or not _YEAR.search(line):
        return None
    for pattern in _patterns():
        if match := pattern.fullmatch(modern(line).lower()):
            return _moment(match.groupdict())
    return None


def _moment(found: dict[str, str | None]) -> datetime | None:
    year, month, day = (found[name] or "" for name in ("year", "month", "day"))
    month = month if month.isdigit() else load_lexicon("moments")["months"].forms[form_of(month)]
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if found["half"] and hour <= 12:
        hour = hour % 12 + 12 * (found["half"] in load_lexicon("moments")["afternoon"].forms)
    zone = None if not found["zone"] else VIETNAM if "7" in found["zone"] else UTC
    try:
        return datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Day, then hour; hour, then day."""
    words = {key: alternation(entry.forms) for key, entry in load_lexicon("moments").items()}
    gap = r"[\s,|•–-]*"
    between = rf"(?:{words['before']}(?!\w)[\s:,|–-]*)*"
    before = rf"(?:[^\d,]*,\s*|\()?{between}"
    numbers = r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})"
    named = rf"(?P<day>\d{{1,2}})[\s-]+(?P<month>{words['months']})(?:\s+năm|[,/]|\s)[\s]*(?P<year>\d{{4}})"
    american = rf"(?P<month>{words['months']})\.? (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})"
    years = r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})"
    half = rf"(?:\s*(?P<half>{words['morning']}|{words['afternoon']})(?!\w))?"
    clock = rf"(?P<hour>\d{{1,2}})\s?[:hg]\s?(?P<minute>\d{{2}})(?::(?P<second>\d{{2}}))?(?:\.\d+)?{half}"
    zone = r"(?:\s*\(?(?P<zone>(?:gmt|utc)(?:\s*\+\s*0?7(?::?00)?)?)\)?)?\)?"
    days = (numbers, named, american, years)
    return tuple(
        re.compile(pattern)
        for day in days
        for pattern in (
            rf"{before}{day}(?:[\st,|•–-]+(?:lúc\s+)?{clock})?{zone}",
            rf"{before}{clock}{zone}{gap}{between}{day}\)?",
        )
    )
