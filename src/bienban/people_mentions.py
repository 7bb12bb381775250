"""Mentions of persons in one sentence: what announces a name, the name, its positions.

Three things announce a person: an honorific or rank ("đ/c Lò Văn Sương"), a position before the name
("Chủ tịch UBND tỉnh Đinh Quốc Khởi"), a position after it ("Giàng Thị Mảo, Phó Bí thư …").

Not here: what the person does (``people_roles.py``), which mentions are one person (``people.py``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bienban.lexicon import alternation, load_lexicon, lowered
from bienban.people_names import (
    MOST_WORDS,
    NAME_RUN,
    WORD,
    is_after_namesake,
    is_place,
    is_surname,
    is_unit,
    name_start,
    tidy,
)
from bienban.people_positions import ANY_HEAD, Chain, is_head, is_long_head, read_backwards, read_chain
from bienban.records import Span

_LEXICON = load_lexicon("people")
_GROUPS = tuple(_LEXICON["groups"].forms)
_ANNOUNCING = tuple(sorted({*_LEXICON["honorifics"].forms, *_LEXICON["ranks"].forms, *_GROUPS}, key=len, reverse=True))
_FIRST_WORDS = frozenset(form for form in _LEXICON["honorifics"].forms if " " not in form)
_END_WORD = re.compile(r"[^\W\d]+\Z")
_FORMS_BY_LAST: dict[str, list[str]] = {}  # longest first
for _form in _ANNOUNCING:
    _FORMS_BY_LAST.setdefault(_END_WORD.findall(_form)[0], []).append(_form)
_WORD_BEFORE = re.compile(r"[ .:,]{1,4}([^\W\d]+)")  # read backwards
_FIRST_WORD = re.compile(r"[^\W\d]+")
_NEVER = frozenset(_LEXICON["never"].forms)
_ORGAN_WORD = re.compile(rf"{alternation(_LEXICON['not_in_names'].forms)}(?!\w)")
_AFTER_NAME = re.compile(r"\s{0,2}(?:[,(-])\s{0,2}")
_PLACE_BEFORE = re.compile(r"(?<!\w)(?:tại|ở|từ|đến|tới|về|trên|qua)\s{1,2}\Z")
_LIST_GAP = re.compile(r"[\s:;,]*(?:và|cùng)?\s*(?:[-+*•]\s*)?\Z")
_EACH = re.compile(r"(?<!\w)các(?!\w)")
_BLANKS = " :"
_LIST_OPENS = re.compile(
    rf"(?<!\w){alternation([form for form in _ANNOUNCING if form.startswith('các ')])}\s[^.;:\n]{{2,60}}:\s{{0,2}}\Z"
)
_RANK = re.compile(rf"{alternation(_LEXICON['ranks'].forms)}(?!\w)")
_OF_YOUTH = re.compile(r"(?<!\w)(?:thành|tỉnh|huyện|quận|thị|trung ương) đoàn ")  # "Bí thư Thành Đoàn Hà Nội": no name
_MARK_BEFORE = re.compile(r"(?:,|\s-)\s\Z")
_REACH = 200  # characters before a name in which its positions may begin


@dataclass(frozen=True, slots=True)
class Mention:
    """One person at one place of the normal text. ``start``..``end`` cover honorific, name and positions."""

    start: int
    end: int
    name_span: Span
    name: str
    positions: tuple[str, ...]
    is_announced: bool  # an honorific or rank stands before
    shares: bool = False  # its office is that of a list, told before the first name


def find_mentions(text: str, lower: str, sentence: Span) -> list[Mention]:
    """Every mention in ``sentence``, in reading order."""
    mentions: list[Mention] = []
    reached = sentence.start
    for run in NAME_RUN.finditer(text, sentence.start, sentence.end):
        if run.start() < reached:
            continue
        mention = _announced(text, lower, run, reached, sentence.end) if _may_be_announced(lower, run) else None
        if mention is None and (" " in run.group() or "'" in run.group()):
            mention = _titled(text, lower, run, reached, sentence.end)
            mention = mention or _listed(text, lower, run, reached, sentence, mentions)
        if mention is not None:
            mention = _with_title_before(lower, mention, reached)
            if not mention.positions:
                mention = _with_position_before(text, lower, mention, reached)
            if mentions and _shares_office(text, mentions[-1], mention):
                mentions[-1] = replace(mentions[-1], positions=mention.positions)
            mentions.append(_with_shared_office(text, lower, mentions, mention))
            reached = mention.end
    return mentions


def _with_shared_office(text: str, lower: str, before: list[Mention], mention: Mention) -> Mention:
    """ "Các Phó Thủ tướng Lê Minh Khái, Trần Hồng Hà": the office before a list is everybody's."""
    if mention.positions or not before or mention.start != mention.name_span.start:
        return mention
    last = before[-1]
    is_told_before = bool(last.positions) and last.start < last.name_span.start and last.end == last.name_span.end
    is_list = last.shares or (is_told_before and _EACH.search(lower, max(0, last.start - 6), last.name_span.start))
    if not is_list or last.end != last.name_span.end or not _LIST_GAP.fullmatch(text, last.end, mention.start):
        return mention
    return replace(mention, positions=last.positions, shares=True)


def _shares_office(text: str, one: Mention, other: Mention) -> bool:
    """ "Lê Thị Xuân Kiều và Nguyễn Đức Chinh, Phó Chủ tịch HĐND tỉnh": both hold the office told behind the second."""
    is_joined = text[one.end : other.start].strip() == "và"
    return is_joined and not one.positions and bool(other.positions) and other.end > other.name_span.end


def _may_be_announced(lower: str, run: re.Match[str]) -> bool:
    """A quick look: the word before the run, or its first word, is the last word of an honorific or rank."""
    before = _WORD_BEFORE.match(lower[max(0, run.start() - 12) : run.start()][::-1])
    if before and before[1][::-1] in _FORMS_BY_LAST:
        return True
    first = _FIRST_WORD.match(lower, run.start())
    return first is not None and first.group() in _FIRST_WORDS


def _announced(text: str, lower: str, run: re.Match[str], reached: int, end: int) -> Mention | None:
    """A name after an honorific or rank, which may itself begin the run ("Ông Vi Văn Thuấn")."""
    start = name_at = run.start()
    words = list(WORD.finditer(text, run.start(), run.end()))
    while words and lower[words[0].start() : words[0].end()] in _FIRST_WORDS and len(words) > 1:
        name_at = words[1].start()
        words = words[1:]
    start = _announcement(lower, start, reached)
    if start == name_at:
        return None
    if is_head(text, lower, words[0].start(), end):
        return None  # "đồng chí Trưởng Ban …": the position stands before the name
    words = _cut(lower, words, end)
    if not words or len(words) > MOST_WORDS or lowered(words[0].group()) in _FIRST_WORDS:
        return None
    if is_after_namesake(lower[max(0, start - 24) : start]):
        return None
    if lower[start : words[0].start()].rstrip(_BLANKS).endswith(_GROUPS) and not _is_full_name(words):
        return None
    return _mention(text, lower, start, Span(words[0].start(), words[-1].end()), end, is_announced=True)


def _is_full_name(words: list[re.Match[str]]) -> bool:
    spelled = [word.group() for word in words]
    lower = [lowered(word) for word in spelled]
    return len(words) > 1 and is_surname(lower) and not is_place(lower) and not is_unit(" ".join(spelled))


def _announcement(lower: str, name_at: int, reached: int) -> int:
    """Where the honorifics and ranks before a name begin; ``name_at`` when there are none."""
    start = name_at
    while True:
        left = lower[max(reached, start - 24) : start]
        trimmed = left.rstrip(" :.,") if left.endswith((" ", ".", ":")) else left
        last = _END_WORD.search(trimmed)
        forms = _FORMS_BY_LAST.get(last.group(), ()) if last and len(left) - len(trimmed) <= 3 else ()
        form = next((form for form in forms if trimmed.endswith(form)), None)
        if form is None:
            return start
        before = trimmed[: -len(form)]
        if before and (before[-1].isalnum() or before[-1] == "'"):
            return start
        if start != name_at and "," in left[len(trimmed) :] and form in _FIRST_WORDS:
            return start
        start -= len(left) - len(trimmed) + len(form)


def _cut(lower: str, words: list[re.Match[str]], end: int) -> list[re.Match[str]]:
    """The words of the run that are the name: none that begins a position or names an organ."""
    for place, word in enumerate(words):
        if (place or len(words) == 1) and is_long_head(lower, word.start(), end):
            return words[:place]
        organ = _ORGAN_WORD.match(lower, word.start())
        # One word deep in the name may be a given name ("Nguyễn Văn Hội", "Lê Thị Đảng").
        if organ and (place < 1 or " " in organ.group()):
            return words[:place]
    return words


def _titled(text: str, lower: str, run: re.Match[str], reached: int, end: int) -> Mention | None:
    """A name after its position, without an honorific. Needs a family name that is known."""
    words = list(WORD.finditer(text, run.start(), run.end()))
    at = name_start([word.group() for word in words])
    if at is None:
        return None
    name = Span(words[at].start(), words[-1].end())
    if _is_kept_out(lower, name) or _OF_YOUTH.search(lower, max(reached, name.start - 12), name.start + 5):
        return None
    for head in ANY_HEAD.finditer(lower, max(reached, name.start - _REACH), name.start):
        chain = read_backwards(text, lower, head.start(), name.start)
        if chain is not None:
            return _mention(text, lower, head.start(), name, end, is_announced=False, before=chain)
    return None


def _with_title_before(lower: str, mention: Mention, reached: int) -> Mention:
    """Take the honorifics before a position into the mention ("đồng chí Bí thư Huyện ủy Nguyễn …")."""
    start = _announcement(lower, mention.start, reached)
    if start == mention.start:
        return mention
    return Mention(start, mention.end, mention.name_span, mention.name, mention.positions, True)


def _with_position_before(text: str, lower: str, mention: Mention, reached: int) -> Mention:
    """ "Chủ tịch UBND tỉnh Gia Lai ông Võ Ngọc Thành", "Giám đốc Công an tỉnh, Đại tá Mai Phước Tuyến"."""
    at = mention.start
    if _RANK.match(lower, at) and (mark := _MARK_BEFORE.search(text, reached, at)):
        at = mark.start()
    for head in ANY_HEAD.finditer(lower, max(reached, at - _REACH), at):
        chain = read_backwards(text, lower, head.start(), at)
        if chain is not None:
            return replace(mention, start=head.start(), positions=chain.positions)
    return mention


def _listed(
    text: str, lower: str, run: re.Match[str], reached: int, sentence: Span, known: list[Mention]
) -> Mention | None:
    """A bare name that its own position follows, at the start of a sentence or in a list of persons."""
    words = list(WORD.finditer(text, run.start(), run.end()))
    if not (2 <= len(words) <= MOST_WORDS or "'" in run.group()) or _ORGAN_WORD.match(lower, run.start()):
        return None
    if is_long_head(lower, run.start(), sentence.end):
        return None  # "… và Phó Chủ nhiệm Tạ Đình Thức"
    lower_words = [lowered(word.group()) for word in words]
    if is_place(lower_words) or _PLACE_BEFORE.search(lower, max(reached, run.start() - 8), run.start()):
        return None
    in_list = bool(known) and _LIST_GAP.fullmatch(text, reached, run.start()) is not None
    gap = _AFTER_NAME.match(text, run.end(), sentence.end)
    # "các đồng chí nguyên lãnh đạo thành phố: Ngô Văn Hùng, Phạm Thị Hoa"
    in_list = in_list or _LIST_OPENS.search(lower, max(reached, run.start() - 90), run.start()) is not None
    has_office = gap is not None and is_head(text, lower, gap.end(), sentence.end)
    # "các đại biểu Nguyễn Văn Tâm, Lê Thị Bảy": a further name of a list may come without an office.
    if not has_office and not (in_list and is_surname(lower_words)):
        return None
    after_mark = (
        lower[max(sentence.start, run.start() - 8) : run.start()]
        .rstrip()
        .endswith((":", ";", "gồm", "có", "là", "do", "của"))
    )
    name = Span(run.start(), run.end())
    if not (in_list or after_mark or is_surname(lower_words)) or _is_kept_out(lower, name):
        return None
    return _mention(text, lower, name.start, name, sentence.end, is_announced=in_list)


def _mention(
    text: str, lower: str, start: int, name: Span, end: int, *, is_announced: bool, before: Chain | None = None
) -> Mention | None:
    if lower[name.start : name.end] in _NEVER:
        return None
    chain = read_chain(text, lower, name.end, end)
    positions = (*before.positions, *chain.positions) if before else chain.positions
    return Mention(start, max(chain.end, name.end), name, tidy(text[name.start : name.end]), positions, is_announced)


def _is_kept_out(lower: str, name: Span) -> bool:
    return (
        lower[name.start : name.end] in _NEVER
        or _ORGAN_WORD.match(lower, name.start) is not None
        or is_after_namesake(lower[max(0, name.start - 24) : name.start])
    )


def groups(text: str, mentions: list[Mention]) -> Iterator[list[Mention]]:
    """Mentions that only commas, "và" and honorifics part: they act together."""
    group: list[Mention] = []
    for mention in mentions:
        if group and not _LIST_GAP.fullmatch(text, group[-1].end, mention.start):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group
