"""Persons named by their office alone: "Kết luận hội nghị, Thủ tướng giao …", "do Bí thư Huyện ủy chủ trì".

What the office does is its holder's, when the text names one person with that office.

Not here: names (``people_mentions.py``), the cues of roles (``people_roles.py``).
"""

import re
from collections.abc import Iterator

from bienban.layout import Paragraph
from bienban.lexicon import alternation, load_lexicon
from bienban.people_positions import is_head, reached_name, read_position
from bienban.people_roles import CITED, role_after, role_before
from bienban.people_roster import Roster
from bienban.records import Span

_HONORIFIC = re.compile(rf"(?:{alternation(load_lexicon('people')['honorifics'].forms)} )?")
# An office may act at the begin of a sentence, behind its first words, or behind "do".
_OPENS = re.compile(r"[\W_]{0,4}(?P<first>)(?:[^,.;:]{1,90}, (?P<second>))?")
_BY = re.compile(r"(?<!\w)do ")


def read_titles(text: str, lower: str, paragraph: Paragraph, roster: Roster) -> None:
    """Give the deeds of offices without a name to the persons of ``roster`` that hold them."""
    for sentence in paragraph.sentences:
        for at in _openings(lower, sentence):
            end = read_position(text, lower, at, sentence.end)
            if reached_name(text, end):
                continue  # the name follows
            holder = roster.holder_of(lower[at:end])
            after = role_after(lower, end, sentence.end) if holder else None
            if holder is None or after is None or after.rule == CITED:
                continue
            holder.act(after)
            if before := role_before(lower, sentence.start, at, is_first=True):
                holder.act(before)


def _openings(lower: str, sentence: Span) -> Iterator[int]:
    opens = _OPENS.match(lower, *sentence)
    places = [opens.start(name) for name in ("first", "second") if opens[name] is not None] if opens else []
    by = _BY.search(lower, *sentence)
    for place in (*places, *([by.end()] if by else [])):
        honorific = _HONORIFIC.match(lower, place, sentence.end)
        at = honorific.end() if honorific else place
        if is_head(lower, lower, at, sentence.end):
            yield at
