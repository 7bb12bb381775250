"""Which lines of a page are its furniture: menus, counters, weather, contacts, lists of other headlines.

Not here: the words (``lexicon/boilerplate.yml``), where a line stands in the article (``layout.py``).
"""

import re
from dataclasses import dataclass
from functools import cache

from bienban.date_lines import is_date_line
from bienban.lexicon import alternation, load_lexicon

_BARS = re.compile(r"\s[|>]\s|\s/\s.{1,60}\s/\s")
_CRUMBS = re.compile(r"\s[|\">]\s|\s/\s.{1,60}\s/\s")
_CRUMB_MARKS = frozenset('|>"/')
_STOPPED = re.compile(r"\w{2}[.!?…]\Z")
_PROSE_WORDS = 12
_LABEL_WORDS = 16


@dataclass(frozen=True, slots=True)
class Furniture:
    """The compiled vocabulary of page furniture. Every ``line`` is one of the normal text in lower case."""

    headers: re.Pattern[str]
    labels: re.Pattern[str]
    starts: re.Pattern[str]
    holds: tuple[str, ...]
    slogans: re.Pattern[str]
    captions: re.Pattern[str]
    no_titles: re.Pattern[str]
    side_events: re.Pattern[str]

    def related_header(self, line: str) -> str | None:
        """What stands behind the words that open a list of other articles, None when the line opens none.

        "các tin khác:" -> "", "xem thêm: chốt biên phòng" -> "chốt biên phòng".
        """
        header = self.headers.match(line)
        return None if header is None else line[header.end() :].strip(' :.…»>|"')

    def is_furniture(self, line: str, *, has_crumbs: bool) -> bool:
        """A menu, counter, contact, dateline or banner. Prose is none, whatever word it begins with.

        ``has_crumbs``: the page parts menus with », which the normal text writes as a plain quote.
        """
        if is_date_line(line):
            return True
        if self.labels.match(line) and line.count(" ") <= _LABEL_WORDS:
            return True
        if _STOPPED.match(line, max(0, len(line) - 3)) and line.count(" ") >= _PROSE_WORDS:
            return False
        if self.starts.match(line) or any(form in line for form in self.holds) or self.slogans.match(line):
            return True
        if _CRUMB_MARKS.isdisjoint(line):
            return False
        crumbs = (_CRUMBS if has_crumbs else _BARS).search(line)
        return crumbs is not None and line.count(" ", 0, crumbs.start()) < 8

    def is_caption(self, line: str) -> bool:
        """A picture's line ("Quang cảnh hội nghị", "Ảnh: …")."""
        return self.captions.match(line) is not None

    def is_no_title(self, line: str) -> bool:
        """A heading inside a legal text, or an address ("Điều 5. …", "Kính gửi: …")."""
        return self.no_titles.match(line) is not None

    def is_side_event(self, line: str) -> bool:
        """The paragraph tells of a second, minor event ("* Cũng trong ngày, …")."""
        return self.side_events.match(line) is not None


@cache
def furniture() -> Furniture:
    """The vocabulary of ``lexicon/boilerplate.yml``, compiled once."""
    return Furniture(
        headers=_starting("related_headers", r"\s*(?:[:»>|.…]|\Z)"),
        labels=_starting("labels", r"\s*(?::|\Z|[|/] |[-(]?\s*\d[\d\s.,()]*(?:\w{0,8}\W{0,3})\Z)"),
        starts=_starting("furniture", r"\b"),
        holds=tuple(load_lexicon("boilerplate")["holds"].forms),
        slogans=_starting("slogans", r"\b"),
        captions=_starting("captions", r"(?!\w)"),
        no_titles=_starting("no_titles", r"(?:\s+(?:\d{1,3}|[ivxlc]{1,6})(?!\w)|\s*:)"),
        side_events=_starting("side_events", r"(?!\w)"),
    )


def _starting(key: str, after: str) -> re.Pattern[str]:
    forms = load_lexicon("boilerplate")[key].forms
    return re.compile(r"[\W_]{0,6}" + alternation(forms) + after)
