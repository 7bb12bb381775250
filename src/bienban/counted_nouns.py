"""What a number counts: the noun phrase after it, or what stands before it is measured.

"5080 tin bài, phóng sự" counts what follows; "thu ngân sách trên địa bàn 74,6 tỷ đồng" measures what
stands before. Phrases are cut at function words, clause verbs, numbers and punctuation.

Not here: the words (``lexicon/nouns.yml``, ``noun_edges.yml``, ``measures.yml``).
"""

import re
from dataclasses import dataclass

from bienban.lexicon import all_forms, alternation, any_form, form_of, load_lexicon, whole_words
from bienban.records import Span

_KINDS = {form: key for key, entry in load_lexicon("nouns").items() for form in entry.forms}
_TAKE_VERB = frozenset(key for key, entry in load_lexicon("nouns").items() if entry.fields.get("takes_verb"))
_NOUN = re.compile(rf"{alternation(_KINDS)}(?!\w)")
_INNER_NOUN = re.compile(rf"{alternation(form for form in _KINDS if ' ' in form)}(?!\w)")
_ALWAYS = re.compile(rf"{any_form('noun_edges', 'always')}(?!\w)")
_VERBS = re.compile(rf"{any_form('noun_edges', 'verbs')}(?!\w)")
_COMPOUND = re.compile(rf"{any_form('noun_edges', 'compounds')}(?!\w)")
_DUTY_BEFORE = re.compile(
    r"(?<!\w)được (?P<duty>[^\W\d]+(?: [^\W\d]+){0,3}?)(?: (?:xong|dứt điểm))?"
    r" (?:trong|không quá|tối đa|sau)(?: (?:vòng|thời hạn|thời gian))? $"
)
_AND_VERB = re.compile(rf"(?<!\w)và (?={any_form('noun_edges', 'verbs')}(?!\w))")
_DUTY_VERB = re.compile(whole_words(all_forms("noun_edges", "verbs")))
_WORD = re.compile(r"[^\W\d_]+(?:[-&][^\W\d_]+)*(?!\w)")
_GAP = re.compile(r" {1,2}(?=\w)")
_JOIN = re.compile(r"(?:,| ?/| (?:và|hoặc|&)) {0,2}(?=[^\W\d_])")
_MEASURE_WORDS = frozenset({"con", "chiếc", "cái", "quả"})  # "bò vàng 420 con, gà đen": they open no list
_ACTORS = frozenset({"places", "bodies", "persons", "households"})
_ALIKE = {"places", "bodies"}  # "cơ quan, đơn vị, địa phương" is one list
_LONGEST = 4  # words of one conjunct after its head

_BASE = re.compile(rf" {{0,2}}(?:{any_form('measures', 'bases')})(?!\w)")
_BARE_BASE = re.compile(any_form("measures", "bare_bases"))
_IS = re.compile(r" {1,2}(?:trong (?:số )?(?:đó|này) )?là(?= )")
_IN = re.compile(r" {1,2}về(?: số)?(?= (?!trước|sau|cuối|đích|đến|tay)[^\W\d])")  # "tăng 15% về lượng"
_ALL = re.compile(rf"(?: {{1,2}}{any_form('measures', 'all_of')}(?!\w))+")
_NOT_OF_HEAD = alternation(load_lexicon("measures")["heads"].fields["not_before"])
_HEAD = re.compile(rf"(?<!\w)(?<!đánh )(?:{any_form('measures', 'heads')})(?!\w)(?! {_NOT_OF_HEAD}(?!\w))")
_BASE_AND = re.compile(rf"{_BASE.pattern}(?: \w+){{0,4}}? (?:và|,)(?= )")
_NOT_OPENING = alternation(load_lexicon("measures")["openers"].fields["not_before"])
_OPENER = re.compile(rf"{whole_words(all_forms('measures', 'openers'))}(?! {_NOT_OPENING}(?!\w))")
_EMPTY = re.compile(rf"(?:{any_form('measures', 'empty')}) *")
# "thuế giá trị gia tăng" rises no more than any other tax.
_GROWTH = re.compile(any_form("measures", "growths"))
_NO_LINK = r"(?<!\bgia )(?!(?<=\bthôn )mới)"  # "gia tăng", "nông thôn mới"
_LINK = re.compile(rf"(?:^|(?<!\w)){_NO_LINK}(?:{any_form('measures', 'links')})[ ,:]*$")
_COMPOUND_LAST = re.compile(rf"(?<!\w){alternation(load_lexicon('measures')['links'].fields['compounds'])}$")
_NO_LEAD = alternation(load_lexicon("measures")["leads"].fields["unless"])
_LEAD = re.compile(rf"(?!{_NO_LEAD}(?!\w)){any_form('measures', 'leads')}(?!\w) *")
_STOCK = re.compile(rf"(?<!\w)(?<!về )(?:{any_form('nouns', 'stocks')})(?!\w)[^\d.;:(]{{0,40}}$")
_TOTAL = re.compile(
    r"(?<!\w)(?:tổng )?số (?P<noun>(?!đó|này|còn)[^\W\d]+(?: [^\W\d]+){0,7}?)"
    r" (?:(?:ước )?đạt|là|có|tăng lên|giảm còn|lên)(?: \w+)? $"
)
# "+ Học sinh bỏ học: 02 em": an item of a list.
_LABEL = re.compile(r"(?:[\n;] ?|[-+*•] ?)(?P<noun>[^\W\d]+(?: [^\W\d]+){1,7}): $")
_COMPARES = re.compile(r"(?:cao|thấp|nhiều|ít|lớn|nhỏ|nhanh|chậm) hơn(?: [^\W\d]+){1,5}|thua(?: [^\W\d]+){1,5}")
_LIST_OPENS = re.compile(
    r"(?<!\w)(?:t[ỷỉ] lệ|số tiền)(?: [^\W\d]+){1,4}(?:,(?: [^\W\d]+){1,4}){0,3},$"
)  # "tỷ lệ cơ quan, đơn vị đạt chuẩn là 98%"
_HERD = re.compile(rf"{whole_words(all_forms('nouns', 'herds'))}(?: [^\W\d]+){{0,2}} $")
_PLACED = re.compile(r"(?<!\w)(?:ở|tại|cho|của|với|trong|về|thuộc) $")  # "tổng số phải thu, tập trung ở 1.873 đơn vị"
_SUFFERED = re.compile(r"(?<!\w)(?:được|bị|làm|khiến)(?!\w)")
_PERIOD_HEAD = re.compile(
    r"(?:năm vừa qua|thời gian (?:vừa )?qua|vừa qua|năm \d{4}|\d{1,2} tháng(?: (?:đầu|cuối) năm)?(?: \d{4})?"
    r"|quý \w+(?:/\d{4})?)(?!\w),? *"
)
_PERIOD_TAIL = re.compile(
    r"(?:^| )(?:(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười một) tháng(?: (?:đầu|cuối))?(?: năm)?(?: \d{4})?"
    r"|(?:cả |trong )?năm(?: \d{4}| nay| ngoái| trước)?"
    r"|quý \w+(?:/\d{4})?"
    r"|tháng \d+(?:/\d{4})?|cùng kỳ(?: năm (?:\d{4}|trước|ngoái))?|đến nay"
    r"|(?:hằng|hàng|mỗi) (?:năm|quý|tháng|tuần|ngày)"
    r"|(?:đến |tới |trước )?(?:ngày )?\d{1,2}/\d{1,2}(?:/\d{4})?|so với \w+(?: \w+){0,3})$"
)
_INNER = re.compile(
    r" (?:ấy|này|do|nhưng|của|cho|(?<!thông )qua|tại|hiện|trong|những|các|đối với) "
    r"| (?:\d{1,2} tháng|năm \d{4}|quý \w+)(?!\w)"
)
# "TP. Huế" ends no clause, nor does a short name in brackets: "chỉ số giá tiêu dùng (CPI)".
_SHORT_NAME = r" ?\((?:[^\W\d]{2,6}|(?:theo )?giá [^()\n]{3,24})\)"
_CLAUSE = re.compile(rf"(?P<short_name>{_SHORT_NAME})|(?<!\btp)(?<!\btx)(?<!\btt)\.|[;:!?()\n]|,(?!\d)")
_SHORT_NAME_LAST = re.compile(rf"{_SHORT_NAME}$")
_MUST = re.compile(rf" {{1,2}}{any_form('measures', 'must')}(?!\w)")
_PURPOSE = re.compile(rf" (?:{any_form('measures', 'purposes')} )?(?=[^\W\d])")
_FEW = 4
_LONGEST_MEASURE = 9  # words of a measured phrase
_LONGEST_OF_HEAD = 13  # the same when a head opens it


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A counted phrase of a normal text; ``kind`` is an entry of ``lexicon/nouns.yml`` or None."""

    span: Span
    kind: str | None


def noun_after(lower: str, at: int, stop: int) -> NounPhrase | None:
    """The noun phrase that begins at ``at`` (blanks allowed) in a lower-case normal text; None: none does."""
    gap = _GAP.match(lower, at, stop)
    start = gap.end() if gap else at
    head = _NOUN.match(lower, start, stop)
    if head is None and _ends_phrase(lower, start, stop):
        return None
    if head is not None and _ends_here(lower, head, stop):
        return NounPhrase(Span(start, head.end()), _kind(head.group()))
    kind = _kind(head.group()) if head else None
    end, last = _conjunct(lower, start, head, stop)
    if end is None:
        return None
    while (join := _JOIN.match(lower, end, stop)) and lower[start:end] not in _MEASURE_WORDS:
        following = _NOUN.match(lower, join.end(), stop)
        is_verb = "và" in join.group() and _VERBS.match(lower, join.end(), stop) is not None
        if (
            following is None
            or is_verb
            or _ALWAYS.match(lower, join.end(), stop)
            or not (_joins(kind, following) or _joins(last, following))
        ):
            break
        further, last = _conjunct(lower, join.end(), following, stop)
        if further is None:
            break
        end = further
    return NounPhrase(Span(start, end), kind)


def share_after(lower: str, at: int, stop: int) -> NounPhrase | None:
    """What a percentage that ends at ``at`` is a share of; None before a base or a clause ("92% dự toán")."""
    if is_of := _IS.match(lower, at, stop) or _IN.match(lower, at, stop):
        return noun_after(lower, is_of.end(), stop)
    if all_of := _ALL.match(lower, at, stop):
        noun = noun_after(lower, all_of.end(), stop)
        return None if noun is None or noun.kind is None else noun
    noun = None if _BASE.match(lower, at) else noun_after(lower, at, stop)
    if noun is None or (_BARE_BASE.fullmatch(lower, *noun.span) and not _WORD.match(lower, noun.span.end + 1, stop)):
        return None
    return noun


def base_after(lower: str, at: int, stop: int) -> NounPhrase | None:
    """The plan that a percentage is a share of: what is told when nothing else is ("hoàn thành 100% chỉ tiêu")."""
    gap = _GAP.match(lower, at, stop)
    return noun_after(lower, gap.end(), stop) if gap and _BASE.match(lower, at) else None


def words_around(lower: str, floor: int, start: int, end: int, stop: int, is_limit: bool) -> Span | None:
    """The last words of the clause before a quantity, else the first after it: better than losing the number.

    What a time limit is given for (``is_limit``) stands behind it when nothing before it is measured.
    """
    if is_limit and (span := _words_behind(lower, end, stop)):
        return span
    clause = max(_clause_ends(lower, floor, start), default=floor)
    last = _without_links(lower, clause, start)
    before = list(_WORD.finditer(lower, clause, last if last > clause else start))[-_FEW:]
    if before and _EMPTY.fullmatch(lower, before[-1].start(), before[-1].end()):
        return Span(*before[-1].span())  # "được vay theo chuỗi với mức 100 triệu đồng"
    if before:
        return Span(before[0].start(), before[-1].end())
    return _words_behind(lower, end, stop)


def last_verb(lower: str, floor: int, at: int) -> Span | None:
    """The verb whose object begins at ``at``, in its clause: "xử lý xong 100% …"; None: none is known."""
    clause = max(_clause_ends(lower, floor, at), default=floor)
    verbs = list(_DUTY_VERB.finditer(lower, clause, at))
    return Span(*verbs[-1].span()) if verbs else None


def _words_behind(lower: str, end: int, stop: int) -> Span | None:
    clause = min(_clause_ends(lower, end, stop), default=stop)
    if must := _MUST.match(lower, end, clause):
        end = must.end()
    after = list(_WORD.finditer(lower, end, clause))[:_FEW]
    return Span(after[0].start(), after[-1].end()) if after else None


def fund_after(lower: str, at: int, stop: int) -> Span | None:
    """The fund that money given comes from: "trao 28 triệu đồng từ quỹ Mái ấm"; None: no fund is named."""
    if not lower.startswith(" từ quỹ ", at):
        return None
    noun = noun_after(lower, at + len(" từ"), stop)
    return noun.span if noun else None


def duty_before(lower: str, floor: int, at: int) -> Span | None:
    """What must be done in the time told at ``at``: "95% ý kiến được phản hồi trong vòng 5 ngày"."""
    match = _DUTY_BEFORE.search(lower, floor, at)
    return Span(*match.span("duty")) if match else None


def purpose_after(lower: str, at: int, stop: int) -> Span | None:
    """The words directly behind money that say what it is spent on, without "cho", "để"; None: nothing is said."""
    clause = min(_clause_ends(lower, at, stop), default=stop)
    opening = _PURPOSE.match(lower, at, clause)
    words = list(_WORD.finditer(lower, opening.end(), clause))[:_FEW] if opening else []
    for count, word in enumerate(words):
        if _ALWAYS.match(lower, word.start(), clause):
            words = words[:count]
            break
    return Span(words[0].start(), words[-1].end()) if words else None


def measured_before(lower: str, floor: int, at: int, is_first: bool) -> Span | None:
    """What a quantity at ``at`` measures: the nearest noun phrase between ``floor`` and it; None: nothing.

    "đạt", "tăng", "ước" and periods between the noun and the number are left out, as are subjects and
    verbs of the report before it. Unless ``is_first``, a figure ends at ``floor``: what follows it up to
    the next comma is still its own ("61/83 trường đạt chuẩn quốc gia, chiếm 73,5%").
    """
    marks = _clause_ends(lower, floor, at)
    if not is_first and (base := _BASE_AND.match(lower, floor, at)):
        floor = base.end()  # "121,5% dự toán tỉnh giao và bằng 108% so với cùng kỳ"
    elif not is_first and marks:
        floor, marks = marks[0], marks[1:]
    start = floor
    for mark in marks:
        if not _only_links(lower[mark:at]) and not _LIST_OPENS.search(lower, start, mark):
            start = mark
    end = _without_links(lower, start, at)
    # "chiều dài 11,6 km": a head of two words is no link, though its last word may be one.
    if opener := list(_OPENER.finditer(lower, start, at)):
        if _without_links(lower, opener[-1].end(), at) > opener[-1].end():
            start = opener[-1].end()
        elif _HEAD.search(lower, start, opener[-1].start()):  # "thu ngân sách phấn đấu đạt …"
            end = _without_links(lower, start, opener[-1].start())
        else:
            return None
    heads = [head for head in _HEAD.finditer(lower, start, at) if head.end() <= end or " " in head.group()]
    end = max(end, heads[-1].end() if heads else start)
    start = _head(lower, heads, end) if heads else _without_leads(lower, start, end)
    if inner := _INNER.search(lower, start, end):
        end = inner.start()
    words = list(re.finditer(r"[^\s]+", lower[start:end]))
    if lower.startswith("của ", start):
        return None  # "…; của huyện đạt 78%"
    says_nothing = _EMPTY.fullmatch(lower, start, end) or (not is_first and _COMPARES.fullmatch(lower, start, end))
    if not words or says_nothing or (not is_first and _GROWTH.fullmatch(lower, start, end)):
        return None
    if heads and len(words) > _LONGEST_OF_HEAD:  # a head opens its phrase: what is too long goes at the end
        return Span(start, start + words[_LONGEST_OF_HEAD - 1].end())
    joined = list(_AND_VERB.finditer(lower, start, end)) if not heads else []
    if joined:  # "ông A biểu dương và trao thưởng nóng 150 triệu đồng"
        start = joined[-1].end()
        words = list(re.finditer(r"[^\s]+", lower[start:end]))
    if not heads and len(words) > _LONGEST_MEASURE:
        start += words[-_LONGEST_MEASURE].start()
    else:
        start += words[0].start()
    return Span(start, end) if end > start else None


def _head(lower: str, heads: list[re.Match[str]], end: int) -> int:
    """Where the measured phrase begins: at the first head from which it is not too long."""
    near = (head.start() for head in heads if lower.count(" ", head.start(), end) <= _LONGEST_OF_HEAD)
    return next(near, heads[-1].start())


def stock_before(lower: str, floor: int, at: int) -> Span | None:
    """The stock or total whose size is told ("dân số", "đàn lợn"), directly before the number."""
    match = _STOCK.search(lower, floor, at)  # a comma may stand inside: "tổng đàn trâu, bò 24.500 con"
    if match is None or _SUFFERED.search(match.group()) or _PLACED.search(match.group()):
        return None  # "tai nạn giao thông được kéo giảm, làm chết 7 người": people are counted
    end = _without_links(lower, match.start(), at)
    return Span(match.start(), end) if end > match.start() else None


def total_before(lower: str, floor: int, at: int) -> Span | None:
    """What a classifier counts that "số" opens: "số lao động có việc làm đạt 2.345 người" are "lao động"."""
    match = _TOTAL.search(lower, floor, at) or _LABEL.search(lower, max(0, floor - 2), at)
    return Span(*match.span("noun")) if match else None


def herd_before(lower: str, floor: int, at: int) -> Span | None:
    """The animals that "con" counts, directly before the number: "gia cầm 560.000 con", "bò vàng 420 con"."""
    match = _HERD.search(lower, floor, at)
    end = _without_links(lower, match.start(), at) if match else at
    return Span(match.start(), end) if match and end > match.start() else None


def _clause_ends(lower: str, start: int, end: int) -> list[int]:
    return [mark.end() for mark in _CLAUSE.finditer(lower, start, end) if mark.lastgroup is None]


def _kind(noun: str) -> str | None:
    return _KINDS.get(form_of(noun))


def _ends_phrase(lower: str, at: int, stop: int) -> bool:
    """Whether a function word or a verb stands at ``at``, and no longer word that only begins so."""
    if _COMPOUND.match(lower, at, stop):
        return False
    return _ALWAYS.match(lower, at, stop) is not None or _VERBS.match(lower, at, stop) is not None


def _joins(kind: str | None, following: re.Match[str]) -> bool:
    other = _kind(following.group())
    return kind is not None and (kind == other or {kind, other} == _ALIKE)


def _ends_here(lower: str, head: re.Match[str], stop: int) -> bool:
    gap = _GAP.match(lower, head.end(), stop)
    return gap is None and _JOIN.match(lower, head.end(), stop) is None


def _conjunct(lower: str, start: int, head: re.Match[str] | None, stop: int) -> tuple[int | None, str | None]:
    """Where one noun with its attributes ends and the kind of its last noun; None when no word stands at ``start``."""
    kind = _kind(head.group()) if head else None
    takes_verb = kind in _TAKE_VERB
    acts = kind in _ACTORS  # "45 chi bộ tổ chức đại hội"
    head = head or _COMPOUND.match(lower, start, stop)
    end = head.end() if head else None
    at, count = (head.end(), 0) if head else (start, 0)
    while count < _LONGEST:
        if end is not None:
            gap = _GAP.match(lower, at, stop)
            if gap is None:
                break
            at = gap.end()
            inner = _INNER_NOUN.match(lower, at, stop)
            if compound := _COMPOUND.match(lower, at, stop):
                at = end = compound.end()
                count += 1
                continue
            is_act = acts and inner and _kind(inner.group()) == "bodies" and _VERBS.fullmatch(lower, *inner.span())
            if inner and not is_act and not _ALWAYS.fullmatch(lower, *inner.span()):  # "lượt cá nhân": a known noun
                at = end = inner.end()
                kind = _kind(inner.group())
                count += 2
                continue
            if _ALWAYS.match(lower, at, stop) or (not takes_verb and _VERBS.match(lower, at, stop)):
                break
        word = _WORD.match(lower, at, stop)
        if word is None:
            break
        at = end = word.end()
        count += 1
    return end, kind


def _without_links(lower: str, start: int, end: int) -> int:
    while True:
        stripped = lower[start:end].rstrip(' ,:(-"')
        end = start + len(stripped)
        if _COMPOUND_LAST.search(lower, start, end):
            return end
        link = (
            _LINK.search(lower, start, end)
            or _PERIOD_TAIL.search(lower, start, end)
            or _SHORT_NAME_LAST.search(lower, start, end)
        )
        if link is None or end <= start:
            return end
        end = link.start()


def _only_links(piece: str) -> bool:
    return _without_links(piece, 0, len(piece)) == 0


def _without_leads(lower: str, start: int, end: int) -> int:
    while start < end:
        blank = re.compile(r"[\s,\-+*•]+").match(lower, start, end)
        start = blank.end() if blank else start
        lead = _LEAD.match(lower, start, end) or _PERIOD_HEAD.match(lower, start, end)
        if lead is None:
            return start
        start = lead.end()
    return end
