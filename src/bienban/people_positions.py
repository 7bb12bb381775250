"""Positions as a text chains them after (or before) a name.

"…, Phó Bí thư Thường trực Huyện ủy, Chủ tịch HĐND huyện, Trưởng Ban Chỉ đạo 35 huyện chủ trì" gives three;
they are split at commas, dashes and "kiêm", where the next part begins with the head of a position.

Not here: the words (``lexicon/positions.yml``); who holds them (``people_mentions.py``).
"""

import re
from dataclasses import dataclass

from bienban.bodies import find_bodies
from bienban.letters import LOWER
from bienban.lexicon import alternation, load_lexicon, whole_words
from bienban.people_names import begins_with_name, ends_with_name

_LEXICON = load_lexicon("positions")
_PEOPLE = load_lexicon("people")
_BASES = alternation(_LEXICON["heads"].forms)
# "Phó Tổng Giám đốc", "nguyên Phó Chủ tịch": one head, however it is written.
_HEADS = rf"(?:{alternation(_LEXICON['before_heads'].forms)} {{1,2}})?(?:phó {{1,2}}(?:tổng {{1,2}})?{_BASES}|{_BASES})"
_SHORT = alternation(_LEXICON["short_heads"].forms)
_SMALL = frozenset(_LEXICON["small_words"].forms)

_HEAD = re.compile(rf"{_HEADS}(?!\w)(?! chức(?!\w))")  # "Công đoàn Viên chức", "Hội Công chức" bear no post
_SHORT_HEAD = re.compile(rf"{_SHORT}(?!\w)")
ANY_HEAD = re.compile(rf"(?<![\w'-])(?:{_HEADS}|{_SHORT.lower()})(?!\w)")
_RANK = re.compile(rf"{alternation(_PEOPLE['ranks'].forms)}(?!\w)")
_ASIDE = re.compile(rf"(?:{alternation(_PEOPLE['age_or_home'].forms)}(?!\w)|\d{{1,3}}\s{{1,2}}tuổi)")
_JOIN = re.compile(rf"\s*,?\s*(?:{alternation(_LEXICON['joins'].forms)}(?!\w)|&|/)\s*")
_CONTINUATION = re.compile(rf"{alternation(_LEXICON['continuations'].forms)}(?!\w)")
_LEADS = load_lexicon("roles")["chair"].forms  # who leads does so behind his posts
_STOP = re.compile(rf"{alternation([*_LEXICON['stops'].forms, *_LEADS])}(?!\w)")
_INNER_PHRASE = re.compile(rf"{alternation(_LEXICON['inner_phrases'].forms)}(?!\w)")
_OFFICE_BEFORE = re.compile(rf"(?<!\w){alternation(_LEXICON['office_before'].forms)}\Z")
_HONORIFIC = re.compile(rf"{alternation([*_PEOPLE['honorifics'].forms, *_PEOPLE['ranks'].forms])}(?!\w)")
_LEAD = re.compile(r"\s{0,2}(?:,|-|\(|:|;(?=\s*nguyên))\s{0,2}")
_BRACKET = re.compile(r"\([^()\n]{1,60}\)")
_ALIAS = re.compile(r"\s{0,2}\([^()\n]{1,40}\)")
_GAP = re.compile(r"\s{0,2}(?:-\s{0,2}|,\s{0,2}|;\s{0,2})?")
_WORD = re.compile(r"[\w'&]+(?:[-./&'](?=\w)[\w'&]+)*\.?(?=[\s,.;:()\"…/-]|\Z)|[\w'&]+")
_DASH = re.compile(r"\s{1,2}-\s{1,2}|-\s|\s-")
_AND = re.compile(r"\s{1,2}(?:và|&)\s{1,2}")
_NAMED_BY_TASK = re.compile(whole_words(load_lexicon("bodies")["long_names"].forms))
_SMALL_END = re.compile(rf"(?:\s[{LOWER}]+)+\Z")  # "Phó Bí thư Đảng ủy phường Danh Thị Sà Riêm thay nhau"
_CLOSING = frozenset(",.;)-(")
_MOST_STRANGERS = 3
_LONGEST = 160  # characters of one position; a longer one was misread


@dataclass(frozen=True, slots=True)
class Chain:
    """The positions read, and where in the normal text they end."""

    positions: tuple[str, ...]
    end: int


def read_chain(text: str, lower: str, at: int, end: int) -> Chain:
    """Read the positions that follow a name ending at ``at``; none leaves ``end`` at the name."""
    positions: list[str] = []
    reached = at
    while lead := _LEAD.match(text, reached, end):
        start = lead.end()
        if (bracket := _BRACKET.match(text, start - 1, end)) and not is_head(text, lower, start, end):
            reached = bracket.end()
            continue
        if aside := _ASIDE.match(lower, start, end):
            reached = read_position(text, lower, aside.end(), end)
            continue
        if rank := _RANK.match(lower, start, end):
            if reached_name(text, rank.end()):
                break
            reached = rank.end()
            continue
        if not is_head(text, lower, start, end):
            break
        found: list[str] = []
        segment = _segments(text, lower, start, end, found)
        alias = _ALIAS.match(text, segment, end)
        if ends_with_name(_SMALL_END.sub("", text[start:segment])) or (
            alias and begins_with_name(text, alias.end() + 1)
        ):
            break  # "…, Thủ tướng Nguyễn Xuân Phúc": the next person with his own position
        positions.extend(found)
        reached = segment
    if reached < end and text[reached] == ")":
        reached += 1
    return Chain(_distinct(positions), reached)


def reached_name(text: str, at: int) -> bool:
    """Whether a word written large follows: "…, Thượng tá Nguyễn …" announces the next person."""
    rest = text[at : at + 3].lstrip()
    return bool(rest) and rest[0].isupper()


def read_backwards(text: str, lower: str, start: int, name: int) -> Chain | None:
    """The positions from ``start`` when they run exactly up to the name at ``name``, else None."""
    positions: list[str] = []
    reached = start
    while is_head(text, lower, reached, name):
        reached = _segments(text, lower, reached, name, positions)
        if alias := _ALIAS.match(text, reached, name):
            reached = alias.end()  # "Bộ trưởng Bộ Nông nghiệp (NN&PTNT) Nguyễn …"
        if not text[reached:name].strip():
            return Chain(_distinct(positions), name) if positions else None
        gap = _LEAD.match(text, reached, name)
        if gap is None:
            return None
        reached = gap.end()
    return None


def is_head(text: str, lower: str, at: int, end: int) -> bool:
    """Whether a position may begin at ``at``."""
    return _HEAD.match(lower, at, end) is not None or _SHORT_HEAD.match(text, at, end) is not None


def is_long_head(lower: str, at: int, end: int) -> bool:
    """Whether a position surely begins at ``at``: "Phó Chủ tịch". One word may be a name ("Trưởng", "Nguyên")."""
    head = _HEAD.match(lower, at, end)
    if head is None:
        return False
    return " " in head.group()


def _segments(text: str, lower: str, start: int, end: int, positions: list[str]) -> int:
    """One position, and those joined to it by "kiêm" or "và"."""
    while True:
        reached = _whole_body(text, lower, start, read_position(text, lower, start, end), end)
        positions.append(" ".join(text[start:reached].split()).strip(" -,"))
        join = _JOIN.match(lower, reached, end) or _AND.match(lower, reached, end)
        if join and is_head(text, lower, join.end(), end):
            start = join.end()
        elif (
            text[reached : reached + 1] == " "
            and is_head(text, lower, reached + 1, end)
            and text[reached + 1].isupper()
        ):
            start = reached + 1
        else:
            return reached


def _whole_body(text: str, lower: str, start: int, reached: int, end: int) -> int:
    """The end of a position that breaks off inside a steering committee's long name; else ``reached``."""
    task = _NAMED_BY_TASK.search(lower, start, reached)
    body = next(find_bodies(text, lower, task.start(), min(end, start + _LONGEST)), None) if task else None
    if body is None or task is None or body.start != task.start() or body.kind is None:
        return reached
    # A comma between its tasks broke it off: "Ban Chỉ đạo phòng, chống tham nhũng, tiêu cực tỉnh".
    return body.end if "," in text[reached : body.end] else reached


def read_position(text: str, lower: str, start: int, end: int) -> int:
    """The end of the position that begins at ``start``."""
    end = min(end, start + _LONGEST)
    head = _SHORT_HEAD.match(text, start, end) or _HEAD.match(lower, start, end)
    at = head.end() if head else start
    sure = at  # the end of the last word that surely belongs to the position
    strangers = 0  # small words since then that the lexicon does not know
    after_small = True
    before = start
    while (joined := _join(text, lower, at, end)) is not None and (word := _WORD.match(text, joined, end)):
        if text[joined].islower():
            inner = _is_inner(lower, before, joined, end)
            if _STOP.match(lower, joined, end) and not inner:
                return sure
            known = inner or not after_small or word.group() in _SMALL
            strangers = 0 if known and not strangers else strangers + 1
            after_small = True
        else:
            if joined - at == 1 and at - start > 3 and _HEAD.match(lower, joined, end) and not _holds_office(lower, at):
                return sure
            after_small = False
            strangers = 0
        if strangers > _MOST_STRANGERS:
            return sure
        before, at = joined, word.end()
        # "TP. Hạ Long" goes on, "huyện." ends.
        if text[at - 1] == "." and not _is_short_form(word.group()):
            at -= 1
            break
        if not strangers:
            sure = at
    # Words that the lexicon does not know belong to it when a mark closes it: "Hội đồng chức danh giáo sư,".
    return at if text[at : at + 1] in _CLOSING else sure


def _join(text: str, lower: str, at: int, end: int) -> int | None:
    """Where the next word of the same position begins, None when it ends here."""
    if and_ := _AND.match(lower, at, end):
        following = and_.end()
        if _HONORIFIC.match(lower, following, end) or is_head(text, lower, following, end):
            return None
        if begins_with_name(text, following):
            return None
        word = _WORD.match(text, following, end)
        return following if word and (text[following].isupper() or word.group() in _SMALL) else None
    if dash := _DASH.match(text, at, end):
        following = dash.end()
        if following >= end or is_head(text, lower, following, end) or _STOP.match(lower, following, end):
            return None
        return following if text[following].isupper() or _CONTINUATION.match(lower, following, end) else None
    gap = _GAP.match(text, at, end)
    following = gap.end() if gap else at
    if "," in text[at:following]:
        return following if _CONTINUATION.match(lower, following, end) else None
    if ";" in text[at:following] or following == at:
        return None
    if _HONORIFIC.match(lower, following, end) and text[following].islower() and not _holds_office(lower, at):
        return None
    return following


def _is_inner(lower: str, before: int, at: int, end: int) -> bool:
    """Whether the stop word at ``at`` is part of a fixed phrase that begins there or one word earlier."""
    for start in (at, before):
        phrase = _INNER_PHRASE.match(lower, start, end)
        if phrase and phrase.end() > at:
            return True
    return False


def _holds_office(lower: str, at: int) -> bool:
    # "Văn phòng Chủ tịch nước", "Trợ lý Bộ trưởng", "Ban Thư ký": the head stands inside one position.
    return _OFFICE_BEFORE.search(lower, max(0, at - 12), at) is not None


def _is_short_form(word: str) -> bool:
    return word in ("TP.", "Tp.", "TX.", "TT.", "Q.", "P.", "H.", "X.") or (len(word) == 2 and word[0].isupper())


def _distinct(positions: list[str]) -> tuple[str, ...]:
    """Without repetitions: a position that says no more than another one is dropped."""
    kept: list[str] = []
    for position in positions:
        if len(position) > 1 and not any(position.casefold() == known.casefold() for known in kept):
            kept.append(position)
    return tuple(kept)
