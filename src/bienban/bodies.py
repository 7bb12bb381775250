"""Public bodies named in a text: where a name begins, where it ends, and which unit bears it.

"Ban Chỉ đạo 35 Đảng ủy Khối các cơ quan tỉnh Thái Nguyên" begins with a head of ``lexicon/bodies.yml``,
runs over other heads, and ends with its unit. Works on any stretch of an article's normal text.

Not here: which body holds the meeting (``hosts.py``), where a unit lies (``bienban.register``).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bienban.letters import LOWER, UPPER
from bienban.lexicon import alternation, form_of, load_lexicon, lowered, whole_words
from bienban.unit_phrases import KIND_FORMS, NAME, UnitPhrase, address_after, kind_at, unit_at

_LEXICON = load_lexicon("bodies")
_NAMED_BY_KIND = _LEXICON["named_by_kind"].forms
_CENTRAL = _LEXICON["central"].forms
_ORGANISATIONS = _LEXICON["organisations"].forms
_CAPITAL = _LEXICON["capital"].forms
_CLOSED = frozenset(_LEXICON["central"].fields["closed"])
_NOT_BEFORE: Mapping[str, list[str]] = _LEXICON["capital"].fields["not_before"]
_ONLY_BEFORE: Mapping[str, list[str]] = _LEXICON["capital"].fields["only_before"]
_NOT_AFTER = re.compile(rf"(?<!\w){alternation(_LEXICON['capital'].fields['not_after'])}\Z")
_FORM_WORDS = frozenset(_LEXICON["organisations"].fields["form_words"])
_SCHOOLS = _LEXICON["schools"].forms
_PRIVATE = tuple(_LEXICON["organisations"].fields["private"])
_STATE_WIDE = re.compile(whole_words(_LEXICON["state_wide"].forms))
_OFFICE = re.compile(rf"{alternation(_LEXICON['offices_of'].forms)} ")
_OFFICE_AND = re.compile(rf"và {alternation(_LEXICON['offices_of'].fields['bodies'])}(?!\w)")
_COMPANY = "công ty"
_BY_PLACE = frozenset({"bệnh viện"})  # of a unit when it bears the unit's name: "Bệnh viện Đa khoa tỉnh Phú Thọ"
_ACTING_FOR: Mapping[str, dict[str, str]] = _LEXICON["acting_for"].fields["bodies"]

_SCHOOL_LEVELS = [form for form in _ORGANISATIONS if form.startswith("trường ")]  # "trường THPT Võ Trường Toản"
_ANY_CASE = frozenset((*_NAMED_BY_KIND, *_LEXICON["any_case"].forms, *_SCHOOL_LEVELS, *_ACTING_FOR))
_HEADS = [*_NAMED_BY_KIND, *_LEXICON["any_case"].forms, *_CAPITAL, *_CENTRAL, *_ORGANISATIONS, *_ACTING_FOR]
_HEAD = re.compile(rf"(?<![\w-]){alternation(_HEADS)}(?!\w|[ \t]+viên(?! chức)(?!\w))")
_INNER = re.compile(rf"(?:{alternation(_LEXICON['inner_organs'].forms)}(?:\s+(?:của|các))?\s+)+(?=\S)")
_MASS = re.compile(r"trung ương (?:đoàn|hội)(?!\w)")
_STOP = re.compile(rf"{alternation(_LEXICON['stops'].forms)}(?!\w)")
_INNER_PHRASE = re.compile(whole_words(_LEXICON["inner_phrases"].forms))
_PHRASE_CHARS = 28  # of the longest of them
_CONTINUED = re.compile(rf"{alternation(_LEXICON['continued'].forms)}(?!\w)")
_PARENT = re.compile(r"\s[-–]\s+\Z")
# "Tổng công ty Đường sắt Việt Nam thiếu động lực": behind the country's name a small word begins the sentence.
_OF_COUNTRY = re.compile(rf"(?:tại|ở|các|khu vực|chi nhánh|miền|vùng|khối|và)(?!\w)|(?:{KIND_FORMS})(?!\w)")
_MARKER = re.compile(whole_words(_LEXICON["central"].fields["markers"]))
_ACTING = re.compile(rf"{alternation(_ACTING_FOR)}(?!\w)")
_PROVINCE_HEAD = re.compile(rf"{alternation(_LEXICON['province_heads'].forms)}(?!\w)")
_PLURAL = re.compile(rf"(?<!\w){alternation(_LEXICON['plural'].forms)}\s+\Z")
_FOREIGN = re.compile(rf"[ \t]+(?:của[ \t]+)?{alternation(_LEXICON['foreign'].forms)}(?!\w)")
_FOREIGN_END = re.compile(rf"(?<=\w) {alternation(_LEXICON['foreign'].forms)}\Z")  # not "Hội Hữu nghị Việt - Lào"
_GOES_ON = re.compile(rf"[ \t]+(?:[{UPPER}]|{alternation(_LEXICON['foreign'].fields['not_before'])}(?!\w))")
_ALIAS = re.compile(r"\s*\(\s*(?:gọi tắt là|sau đây gọi là|gọi chung là)?\s*([^()\n]{3,60})\)")

# "Ủy viên Ban Chấp hành Trung ương Đảng, Bí thư Tỉnh ủy": behind the comma the next post.
_POST = re.compile(rf"{alternation(load_lexicon('meetings')['office'].forms)}(?!\w)")

_BARE_NAME = re.compile(rf"[ \t]+(?P<name>{NAME})")
_BLANKS = re.compile(r"[ \t]*")
_WORD = re.compile(r"[ \t]+(?:[-–]\s+)?|-(?=\w)|[\w&'’/]+(?:[.-](?=\w)[\w&'’/]*)*|.", re.DOTALL)
# A task's own words may be stop words; the name goes on while its unit and then a verb still come.
_LONG = tuple(_LEXICON["long_names"].forms)
_RUNS_TO_UNIT = re.compile(
    rf"[^.;:()\n]{{1,120}}?(?<!\w)(?i:{KIND_FORMS})(?:[ \t]+(?:{NAME}))?(?: \([^()\n]{{1,40}}\))?,?\s+(?:đã |vừa )?"
    rf"{alternation(_LEXICON['long_names'].fields['verbs'])}(?!\w)"
)
_WITH_QUOTES = tuple(_LEXICON["long_names"].fields["quoted"])
_IN_QUOTES = re.compile(rf"[\"“][^\"“”\n]{{3,90}}[\"”](?=\s(?i:{KIND_FORMS}|trung ương)(?!\w))")
_TASK = re.compile(
    rf"về [^.;:()\n]{{1,120}}?(?=\s?\(|\s(?:đã |vừa )?{alternation(_LEXICON['long_names'].fields['verbs'])}(?!\w))"
)
_AFTER_TASKS = [*_LEXICON["long_names"].fields["verbs"], *_LEXICON["long_names"].fields["times"]]
# "các công trình, dự án quan trọng quốc gia, trọng điểm ngành giao thông vận tải chiều 4/12": several tasks
_LISTED = re.compile(
    rf"(?:, (?!{alternation([*_LEXICON['stops'].forms, *_LEXICON['long_names'].fields['joined']])}(?!\w))"
    rf"[{LOWER}]+(?: [{LOWER}]+){{1,9}}?)+"
    rf"(?= (?:đã |vừa )?{alternation(_AFTER_TASKS)}(?!\w))"
)
_STAGE = re.compile(rf"giai đoạn \d{{4}} ?[-–] ?\d{{4}} (?=(?i:{KIND_FORMS})(?!\w))")
_JOINED = re.compile(rf"{alternation(_LEXICON['long_names'].fields['joined'])}(?!\w)")
_ORDERS = re.compile(whole_words(_LEXICON["long_names"].fields["not_within"]))
_GUARD_CHARS = 28  # of a word behind a head that decides whether it is one
_LONGEST = 240  # no body's name is longer, not even a steering committee's


@dataclass(frozen=True, slots=True)
class BodyMention:
    """One body in a normal text. ``kind`` without ``name``: "Ban Chỉ đạo 35 huyện"."""

    start: int
    end: int
    body: str  # without its unit
    kind: str | None = None
    name: str | None = None
    is_central: bool = False
    organisation: str | None = None  # proper name of a school, company …
    organisation_kind: str | None = None
    within: tuple[UnitPhrase, ...] = ()  # units said to hold it: "(tỉnh Thanh Hóa)"

    @property
    def reach(self) -> int:
        """Where the body and the address behind it end."""
        return max(self.end, *(unit.end for unit in self.within)) if self.within else self.end

    @property
    def is_private(self) -> bool:
        """Whether its legal form is a private company's."""
        return lowered(self.body).startswith(_PRIVATE)


def find_bodies(text: str, lower: str, start: int = 0, end: int | None = None) -> Iterator[BodyMention]:
    """Every body of Vietnam named in ``text[start:end]``, in reading order, none inside another."""
    end = len(text) if end is None else min(end, len(text))
    at = start
    while head := _HEAD.search(lower, at, end):
        if not _is_head(text, head):
            at = head.end()
            continue
        mention = _read_body(text, lower, head, end)
        if not _is_foreign(text, head, mention):
            yield mention
        at = max(mention.end, head.end())


def _is_foreign(text: str, head: re.Match[str], mention: BodyMention) -> bool:
    at = head.end() if head.group() in _CENTRAL else mention.end
    country = _FOREIGN.match(text, at)
    # "Tỉnh ủy Lào Cai", "Ban Pháp chế": the word goes on into another name.
    if mention.kind is None and _FOREIGN_END.search(mention.body):
        return True
    return country is not None and (head.group() in _CENTRAL or not _GOES_ON.match(text, country.end()))


def _is_head(text: str, head: re.Match[str]) -> bool:
    form = form_of(head.group())
    if form in _NOT_BEFORE and _goes_on(text, head.end(), _NOT_BEFORE[form]):
        return False
    if form in _ONLY_BEFORE and not _goes_on(text, head.end(), _ONLY_BEFORE[form]):
        return False
    if text[head.start()].isupper():
        return form not in _CAPITAL or not _NOT_AFTER.search(
            lowered(text[max(0, head.start() - 8) : head.start()].rstrip())
        )
    return form in _ANY_CASE


def _goes_on(text: str, at: int, words: list[str]) -> bool:
    following = lowered(text[at : at + _GUARD_CHARS].lstrip(" \t"))
    return any(following == word or following.startswith((f"{word} ", f"{word},", f"{word}.")) for word in words)


def _read_body(text: str, lower: str, head: re.Match[str], end: int) -> BodyMention:
    limit = min(end, head.start() + _LONGEST)
    if acting := _ACTING.match(lower, head.start()):
        return _acting(text, lower, acting, limit)
    at = head.end()
    last_head = head
    if head.group() in _CLOSED:
        return _finish(text, lower, head, head, BodyMention(head.start(), at, _clean(text[head.start() : at])), limit)
    while at < limit:
        if (next_head := _HEAD.match(lower, at)) and (text[at].isupper() or next_head.group() in _SCHOOL_LEVELS):
            if _PARENT.search(lower, head.end(), at) and form_of(next_head.group()) in _CENTRAL:
                break  # "Tổng cục Du lịch - Bộ Văn hóa": the ministry above
            if _ORGANISATIONS.get(form_of(last_head.group())) != _COMPANY:  # "Công ty Điện lực": its proper name
                last_head = next_head
            at = next_head.end()
            continue
        if unit := unit_at(text, lower, at):
            return _with_unit(text, lower, head, last_head, unit, limit)
        if alone := kind_at(text, lower, at):
            kind, kind_end = alone
            if _PLURAL.search(lower, head.start(), at):
                at = kind_end
                continue
            mention = BodyMention(head.start(), kind_end, _clean(text[head.start() : at]), kind=kind)
            return _finish(text, lower, head, last_head, mention, limit)
        if text[at] == "," and form_of(last_head.group()) in _NAMED_BY_KIND and text[last_head.end() : at].strip():
            break  # "Quận ủy Ninh Kiều, TP Cần Thơ": the name is told, an address follows
        step = _step(text, lower, at, limit)
        if step is None and _OFFICE.match(lower, head.start()) and (joined := _OFFICE_AND.match(lower, at)):
            step = joined.end()
        if step is None and lower.startswith(_WITH_QUOTES, head.start()):
            step = _quoted(text, at, limit)
        if step is None and head.group().startswith(_LONG):
            step = _task_step(text, lower, head.start(), at, limit)
        if step is None:
            break
        at = step
    stop = head.start() + len(text[head.start() : at].rstrip(" \t-–,"))
    mention = BodyMention(head.start(), max(stop, head.end()), _clean(text[head.start() : at]))
    return _finish(text, lower, head, last_head, mention, limit)


def _task_step(text: str, lower: str, start: int, at: int, limit: int) -> int | None:
    """The next step inside a task's own words, while a unit, or for a central body a verb, still comes."""
    if text[at] == ",":
        listed = _LISTED.match(text, at, limit)
        return listed.end() if listed and not _ORDERS.search(listed.group()) else None
    if stage := _STAGE.match(text, at, limit):
        return stage.end()
    if not text[at - 1].isspace() or not text[at].isalpha():
        return None
    if _MARKER.search(lower, start, at):  # "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng": no unit will come
        task = _TASK.match(text, at, limit)
        return task.end() if task and not _ORDERS.search(task.group()) else None
    word = _WORD.match(text, at) if _RUNS_TO_UNIT.match(text, at, limit) else None
    return word.end() if word else None


def _step(text: str, lower: str, at: int, limit: int) -> int | None:
    """The end of the next word of the name, or None where the name ends."""
    char = text[at]
    if char.islower() and lower.endswith("việt nam ", 0, at) and not _OF_COUNTRY.match(lower, at):
        return None
    if char in '\n;:.()"…|»>/?!':
        return None
    if char == ",":
        return at + 1 if _CONTINUED.match(lower, at + 2) or _runs_on(text, lower, at + 1, limit) else None
    if char == "'" and text[at - 1].isspace():
        return None  # a quoted word follows
    if not char.isalnum():
        return at + 1
    if text[at - 1].isalnum():
        return None
    # A name's own words are written large ("Ban Tổ chức"); a small stop word ends it.
    if char.islower() and _STOP.match(lower, at) and not _is_in_phrase(lower, at, limit):
        return None
    if lower.startswith("và ", at) and (_HEAD.match(lower, at + 3) or _JOINED.match(lower, at + 3)):
        return None
    word = _WORD.match(text, at)
    return word.end() if word else None


def _is_in_phrase(lower: str, at: int, limit: int) -> bool:
    """Whether a stop word is part of a phrase of names: "Ban Quản lý dự án", "Cảng hàng không"."""
    near = _INNER_PHRASE.finditer(lower, max(0, at - _PHRASE_CHARS), min(limit, at + _PHRASE_CHARS))
    return any(phrase.start() <= at < phrase.end() for phrase in near)


def _quoted(text: str, at: int, limit: int) -> int | None:
    """Where a movement's name in quotation marks ends: 'Ban Chỉ đạo phong trào "…" tỉnh'."""
    quoted = _IN_QUOTES.match(text, at, limit)
    return quoted.end() if quoted else None


def _runs_on(text: str, lower: str, at: int, limit: int) -> bool:
    """After a comma a name goes on only when it still reaches its unit ("… của Đảng, đấu tranh … huyện")."""
    while at < limit:
        if text[at].isspace():
            at += 1
            continue
        if kind_at(text, lower, at) or _MARKER.match(lower, at):
            return True
        if text[at].isupper() and _POST.match(lower, at):
            return False
        if _HEAD.match(lower, at) and text[at].isupper():
            return False
        if text[at] == ",":
            at += 1
            continue
        step = None if text[at] in '\n;:.()"' else _step(text, lower, at, limit)
        if step is None:
            return False
        at = step
    return False


def _with_unit(
    text: str, lower: str, head: re.Match[str], last_head: re.Match[str], unit: UnitPhrase, limit: int
) -> BodyMention:
    mention = BodyMention(
        head.start(), unit.end, _clean(text[head.start() : unit.start]), kind=unit.kind, name=unit.name
    )
    return _finish(text, lower, head, last_head, mention, limit)


def _acting(text: str, lower: str, acting: re.Match[str], limit: int) -> BodyMention:
    entry = _ACTING_FOR[form_of(acting.group())]
    mention = BodyMention(
        acting.start(), acting.end(), entry["body"], kind=entry["kind"] or None, is_central=not entry["kind"]
    )
    if mention.is_central:
        return mention
    if bare := _BARE_NAME.match(text, acting.end(), limit):
        mention = replace(mention, end=bare.end(), name=bare["name"])
    return replace(mention, within=tuple(address_after(text, lower, mention.end, limit)))


def _finish(
    text: str, lower: str, head: re.Match[str], last_head: re.Match[str], mention: BodyMention, limit: int
) -> BodyMention:
    """Add what the head decides: an implied kind, an organisation's name, the whole country; then the alias."""
    body, form = mention.body, form_of(last_head.group())
    if form in _ORGANISATIONS and not (mention.kind and _ORGANISATIONS[form] in _BY_PLACE):
        mention = _organisation(text, head, last_head, _before_address(text, lower, last_head, mention))
    elif mention.kind is None and form in _NAMED_BY_KIND:
        name = text[last_head.end() : mention.end].strip(" \t-–")
        body = _clean(text[head.start() : last_head.end()])
        # "Ban Tuyên giáo Tỉnh ủy Quảng Ninh": a name written large follows, or nothing does.
        name = name if name and name[0].isupper() else ""
        mention = replace(mention, body=body, kind=_NAMED_BY_KIND[form], name=name or None)
    elif mention.kind is None and (form == "bộ" or _is_central(lowered(body), form)):
        mention = replace(mention, is_central=True)
    elif mention.kind is None and _PROVINCE_HEAD.match(lower, head.start()):
        mention = replace(mention, kind="tỉnh")
    alias = _ALIAS.match(text, mention.end)
    if alias and (short := next(find_bodies(alias[1], lowered(alias[1])), None)) and short.start == 0:
        mention = _with_bracket(mention, short, alias.end())
    return replace(mention, within=tuple(address_after(text, lower, mention.end, limit)))


def _with_bracket(mention: BodyMention, inner: BodyMention, end: int) -> BodyMention:
    """ "Ban Chỉ đạo … (Ban Chỉ đạo 35)" is called so; "Tổng cục Thuế (Bộ Tài chính)" belongs to the ministry."""
    own, other = lowered(mention.body), lowered(inner.body)
    if own.split()[0] != other.split()[0] and other != "".join(word[0] for word in own.split()):
        return replace(mention, end=end, is_central=mention.is_central or (inner.is_central and not mention.kind))
    # "Ban Chỉ đạo Trung ương về … (Ban Chỉ đạo)": a mere beginning says less than the whole.
    is_beginning = own.startswith(f"{other} ")
    return replace(mention, body=mention.body if is_beginning else inner.body, end=end)


def _before_address(text: str, lower: str, last_head: re.Match[str], mention: BodyMention) -> BodyMention:
    """ "Công ty Than Hà Tu, phường Hà Tu": behind a comma the unit is the organisation's address, not its name."""
    comma = text.rfind(",", last_head.end(), mention.end)
    gap = _BLANKS.match(text, comma + 1)
    is_address = comma >= 0 and mention.kind and gap and unit_at(text, lower, gap.end())
    return replace(mention, end=comma) if is_address else mention


def _organisation(text: str, head: re.Match[str], last_head: re.Match[str], mention: BodyMention) -> BodyMention:
    kind = _ORGANISATIONS[form_of(last_head.group())]
    words = text[last_head.end() : mention.end].strip(" \t,").split()
    form_end = 0
    while form_end < len(words) and words[form_end].casefold() in _FORM_WORDS:
        form_end += 1
    name = " ".join(words[form_end:])
    legal_form = [*text[last_head.start() : last_head.end()].split(), *words[:form_end]]
    legal_form = [_SCHOOLS.get(lowered(word), word) for word in legal_form]
    if kind == "trường":
        # "Trường Cao đẳng Sư phạm": the kind of school belongs to the name as well.
        first = 1 if lowered(legal_form[0]) == "trường" else 0
        name = " ".join([*legal_form[first:], name])
    body = text[head.start() : last_head.start()].strip() or " ".join(legal_form)
    if not name.strip():
        return mention
    return replace(mention, body=_clean(body), kind=None, name=None, organisation=name.strip(), organisation_kind=kind)


def _is_central(body: str, last_form: str) -> bool:
    return last_form in _CENTRAL or any(body.startswith(form) for form in _CENTRAL) or bool(_MARKER.search(body))


def is_state_wide(body: str) -> bool:
    """Whether a body without a unit is the whole state's by its kind: "Tổng cục Thuế", "Đảng ủy Quân khu 9"."""
    return _STATE_WIDE.search(lowered(body)) is not None


def is_named_by_kind(body: str) -> bool:
    """Whether the unit's name follows the body without its kind: "Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy"."""
    return lowered(body).endswith(tuple(_NAMED_BY_KIND))


def fold_inner(body: str) -> str:
    """``body`` without the inner organ that acts for it ("Ban Thường vụ Huyện ủy" -> "Huyện ủy")."""
    inner = _INNER.match(lowered(body))
    rest = body[inner.end() :] if inner else body
    # The party's central committee is a body of its own, not an organ of "Trung ương".
    is_party = lowered(rest).startswith("trung ương") and not _MASS.match(lowered(rest))
    return rest if inner and _HEAD.match(lowered(rest)) and not is_party else body


def _clean(body: str) -> str:
    return " ".join(body.split()).strip(" -–,")
