"""The day of a page: lines that tell when an article was put up ("Cập nhật lúc: 15:20 06/07/2023").

Matched on lines of the normal text in lower case. A line of the day alone is furniture; one that shares it
with a name or a section ("Mai Thắm | 12/05/2023", "Chính trị - 06/07/2023 15:20") is stamped.

Not here: days in running text (``date_forms.py``), which lines stand at the head of a page (``meetings.py``).
"""

import re
from datetime import date

from bienban.date_forms import DAY, MONTH, MONTH_NAMES, WEEKDAYS, YEAR, find_dates
from bienban.lexicon import alternation, load_lexicon

_LEXICON = load_lexicon("boilerplate")
_DATE = (
    rf"(?:{DAY}[ ]?[/.-][ ]?{MONTH}[ ]?[/.-][ ]?{YEAR}|{YEAR}-{MONTH}-{DAY}"
    rf"|{DAY} tháng (?:{MONTH}|{alternation(MONTH_NAMES)}),? (?:năm )?{YEAR})"
)
_CLOCK = r"\d{1,2}(?::\d{2}(?::\d{2})?|[hg](?:\d{2})?| giờ(?: \d{1,2}(?: phút)?)?)"
# Nothing here can match the beginning of another of its parts, so that a line is read once.
_BESIDE = (
    rf"(?:{alternation(_LEXICON['stamps'].forms)}(?!\w)|{alternation(WEEKDAYS)}(?!\w)|{_CLOCK}(?!\w)"
    rf"|gmt ?[+-] ?\d{{1,2}}|(?:[ap]m|sa|ch)(?!\w)|[\s,;:|()\[\]/'*•-]+)"
)
_ALONE = re.compile(rf"{_BESIDE}*+{_DATE}(?!\d){_BESIDE}*+(?P<counter>{alternation(_LEXICON['counters'].forms)}.*)?\Z")
_COUNTED = re.compile(
    rf"{alternation(_LEXICON['counters'].forms)}\W{{0,3}}[\d.,]+{_BESIDE}*+{_DATE}(?!\d){_BESIDE}*+\Z"
)
_STAMPED = re.compile(rf"[^\d|]{{1,40}}?(?:\s[|(•-]|[,|(])\s?{_BESIDE}*+{_DATE}(?!\d){_BESIDE}*+\Z")
_SECTIONED = re.compile(rf"{_BESIDE}*+{_DATE}(?!\d){_BESIDE}*+(?<=[|•-] )[^\d|.]{{1,40}}\Z")
_HAS_YEAR = re.compile(YEAR)
_LONGEST = 110
_OTHER_WORDS = 6  # beside the day: a name, a section; a headline has more


def is_date_line(line: str) -> bool:
    """Whether the line tells the day of the page, and at most how often it was read."""
    if len(line) > _LONGEST or not _HAS_YEAR.search(line):
        return False
    return _ALONE.match(line) is not None or _COUNTED.match(line) is not None


def is_stamped(line: str) -> bool:
    """Whether a few words, a name or a section, share the line with the day of the page."""
    if len(line) > _LONGEST or not _HAS_YEAR.search(line):
        return False
    found = _STAMPED.match(line) or _SECTIONED.match(line)
    return found is not None and sum(word[0].isalpha() for word in line.split()) <= _OTHER_WORDS + 2


def day_of(line: str) -> date | None:
    """The first whole day that the line names."""
    days = (mention.date for mention in find_dates(line))
    return next((day.start for day in days if day.precision == "day" and day.start is not None), None)
