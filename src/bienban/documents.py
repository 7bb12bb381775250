"""Documents that an article cites by number: kind, number, issuer, day.

"Nghị quyết số 35-NQ/TW ngày 22/10/2018 của Bộ Chính trị". A short number ("Nghị quyết 35") stays short
unless the same article writes it in full. Documents without a number are no records.

Not here: what the document says; the words (``lexicon/documents.yml``).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bienban.layout import Layout
from bienban.letters import UPPER
from bienban.lexicon import alternation, load_lexicon, lowered, whole_words
from bienban.records import Article, Document, Span

_LEXICON = load_lexicon("documents")
_KINDS = _LEXICON["kinds"].forms
_SHORT = frozenset(_LEXICON["short"].forms)
_ABBREVIATIONS = _LEXICON["abbreviations"].forms

# A part of a number's tail: at least two capitals or digits ("NQ", "QĐi", "TTr", "QH15", "T.Ư"); "Ban" is none.
_PART = r"(?:[A-ZĐƯÔ][a-zđư]{0,3}[A-ZĐƯÔ][A-Za-zĐđƯưÔ0-9]{0,12}|T\.?[ƯWU])(?!\w)"
_DIGITS = r"\d{1,5}(?:[a-zA-ZĐđ](?![\w]))?"
_FULL = (
    rf"{_DIGITS}(?:\s{{0,2}}/\s{{0,2}}(?:19|20)\d\d)?(?:\s{{0,2}}[-/.]\s{{0,2}}{_PART}|\s{{1,2}}{_PART}(?=[-/])){{1,4}}"
)
_YEARED = rf"{_DIGITS}/(?:19|20)\d\d(?![\d/])"
_FULL_NUMBER = re.compile(_FULL)
_NUMBER = re.compile(
    rf"(?P<full>{_FULL}|{_YEARED}(?=\s*/?\s*[A-ZĐ]{{2}}))|(?P<short>{_DIGITS})(?![\w%°]|[.,/]\d|\s?[-–]\s?\d)"
)
_KIND = re.compile(whole_words([*_KINDS, *(form.lower() for form in _ABBREVIATIONS)]))
_SAID = re.compile(r"[\s(]{0,3}(?P<so>số\s{0,2}:?\s{0,2})?")
# "Luật Đất đai số 45/2013/QH13", "Nghị quyết của Bộ Chính trị số 57-NQ/TW"
_NAMED = re.compile(r"(?:,?\s[^\s,.;:()\"]{1,12}){1,14}?\s(?:\(\S{2,12}\)\s)?số:?\s{0,2}(?=\d)")
_AND = re.compile(r"\s{0,2}(?:,|;|\bvà\b)\s{0,2}(?:số\s{0,2})?(?=\d)")
_FOLLOWS = re.compile(rf"\s*(?:[,.;:()\"'…/?!\n-]|\Z|{alternation(_LEXICON['follows'].forms)}(?!\w))")
_DAY = re.compile(
    r"[\s,(]{0,3}(?:(?:ban hành|ký)\s)?ngày\s{1,2}(\d{1,2})(?:\s{0,2}[/.-]\s{0,2}(\d{1,2})\s{0,2}[/.-]\s{0,2}(\d{4})|"
    r"\s{1,2}tháng\s{1,2}(\d{1,2})\s{1,2}năm\s{1,2}(\d{4}))\)?"
)
_SESSION = re.compile(r"[\s,(]{0,3}khóa\s{1,2}[IVX]{1,6}(?!\w)\)?")  # "29-NQ/TW (khóa XI)"
_OF = re.compile(rf"[\s,]{{0,3}}(?:của|do)\s{{1,2}}(?=[{UPPER}])")
_ISSUER_WORD = re.compile(r"\s{0,2}(?:-\s)?([\w&.-]+)")
_ISSUER_WORDS = frozenset(_LEXICON["issuer_words"].forms)
_ISSUER_STOP = re.compile(rf"\s*{alternation(_LEXICON['issuer_stops'].forms)}(?!\w)")
_AND_SMALL = re.compile(rf"\s+và\s+(?:(?i:{alternation(_KINDS)})(?!\w)|[^{UPPER}])")
_ISSUER_LONGEST = 14
_ISSUED = re.compile(
    rf"(?:\A|[.;:,\n]\s*)(?P<body>[{UPPER}][^.;:,\n]{{2,70}}?)\s"
    r"(?:(?:(?:đã|vừa|mới|kịp thời|sớm|ký)\s){0,2}ban hành|(?:đã |vừa )?có)\s{1,2}\Z"
)
_JOINED = re.compile(r"(?: ngày \d[\d/.-]{2,9}| ngày \d{1,2} tháng \d{1,2} năm \d{4})?(?:,| và|, và|;) ")
_PLURAL = re.compile(r"(?<!\w)(?:các|những|hai|ba|bốn|năm|sáu|\d{1,2})\s{1,2}\Z")
_NAMED_REACH = 130  # characters between a kind and its number: "Luật Phòng, chống … số 36/2018/QH14"
_DIGIT = re.compile(r"\d+")
_WORDS_BEFORE = frozenset(form.split()[-1] for form in (*_KINDS, *map(lowered, _ABBREVIATIONS))) | {"số"}


def find_documents(article: Article, layout: Layout) -> list[Document]:
    """Every numbered document of the article's own text, in reading order, each once.

    Boilerplate is not read: a list of other headlines cites nothing. Spans are of ``article.text``.
    """
    text = article.normal.text
    lower = lowered(text)
    found: list[Document] = []
    for paragraph in layout.paragraphs:
        if paragraph.kind in ("boilerplate", "byline") or paragraph.is_side_event:
            continue
        for document, span in _sharing(text, list(_cited(text, lower, paragraph.span))):
            given = Span(*article.normal.original_span(span))
            found.append(replace(document, span=given, quote=article.text[given.start : given.end]))
    return _once(found)


def _sharing(text: str, cited: list[tuple[Document, Span]]) -> list[tuple[Document, Span]]:
    """ "Nghị quyết số 57-NQ/TW ngày … và Nghị quyết số 71-NQ/TW ngày … của Bộ Chính trị": the issuer of both."""
    for at in range(len(cited) - 2, -1, -1):
        (document, span), (following, later) = cited[at], cited[at + 1]
        is_alike = document.issuer is None and document.kind == following.kind
        if is_alike and following.issuer and _JOINED.fullmatch(text, span.end, later.start):
            cited[at] = replace(document, issuer=following.issuer), span
    return cited


def _cited(text: str, lower: str, bounds: Span) -> Iterator[tuple[Document, Span]]:
    at = bounds.start
    for kind in _kinds_before_numbers(lower, bounds):
        if kind.start() < at:
            continue
        numbers = list(_numbers(text, lower, kind, bounds.end))
        if not numbers:
            continue
        at = numbers[-1].end()
        yield from _documents(text, lower, kind, numbers, bounds.end)


def _kinds_before_numbers(lower: str, bounds: Span) -> Iterator[re.Match[str]]:
    """The kinds that a number may follow: kinds are common words, numbers after "số" or a kind are not."""
    at = bounds.start
    for digit in _DIGIT.finditer(lower, bounds.start, bounds.end):
        before = lower[max(at, digit.start() - 12) : digit.start()].rstrip(" :(\n")
        if before[before.rfind(" ") + 1 :] in _WORDS_BEFORE:
            for kind in _KIND.finditer(lower, max(at, digit.start() - _NAMED_REACH), digit.start()):
                yield kind
                at = kind.end()


def _numbers(text: str, lower: str, kind: re.Match[str], end: int) -> Iterator[re.Match[str]]:
    """The number after a kind, and further ones after "," and "và"."""
    said = _SAID.match(lower, kind.end(), end)
    number = _NUMBER.match(text, said.end(), end) if said else None
    if number is None:
        named = _NAMED.match(lower, kind.end(), end) if text[kind.start()].isupper() else None
        if named and any(text[near.start()].isupper() for near in _KIND.finditer(lower, kind.end(), named.end())):
            return  # the number belongs to the kind that stands nearer
        number = _FULL_NUMBER.match(text, named.end(), end) if named else None
        if number is None:
            return
    elif not number.groupdict().get("full") and not _is_short_number(
        text, lower, kind, bool(said and said["so"]), number
    ):
        return
    while number is not None:
        yield number
        day = _DAY.match(lower, number.end(), end)
        joined = _AND.match(lower, day.end() if day else number.end(), end)
        following = (_FULL_NUMBER if day else _NUMBER).match(text, joined.end(), end) if joined else None
        # "số 217, 218-QĐ/TW": what follows a comma counts only when it carries a code, now or next.
        is_short = following is not None and not day and not following["full"]
        if following is not None and is_short and not _is_listed(text, lower, kind, following, end):
            return
        number = following


def _is_listed(text: str, lower: str, kind: re.Match[str], number: re.Match[str], end: int) -> bool:
    if _PLURAL.search(lower, max(0, kind.start() - 8), kind.start()):
        return True  # "các Nghị quyết số 57, 59, 66 và 68"
    joined = _AND.match(lower, number.end(), end)
    return joined is not None and _FULL_NUMBER.match(text, joined.end(), end) is not None


def _is_short_number(text: str, lower: str, kind: re.Match[str], has_so: bool, number: re.Match[str]) -> bool:
    if kind.group() not in _KINDS:
        return text[kind.start() : kind.end()] in _ABBREVIATIONS and _FOLLOWS.match(lower, number.end()) is not None
    if not has_so and (kind.group() not in _SHORT or text[kind.start()].islower()):
        return False
    return _FOLLOWS.match(lower, number.end()) is not None


def _documents(
    text: str, lower: str, kind: re.Match[str], numbers: list[re.Match[str]], end: int
) -> Iterator[tuple[Document, Span]]:
    name = _KINDS.get(kind.group()) or _ABBREVIATIONS[text[kind.start() : kind.end()]] if _is_kind(text, kind) else None
    if name is None:
        return
    dated, issuer = _day_and_issuer(text, lower, numbers[-1].end(), end)
    issuer = issuer or _issuer_before(text, lower, kind)
    tail = _tail(_compact(numbers[-1].group()))
    for place, match in enumerate(numbers):
        number = _compact(match.group())
        start = kind.start() if place == 0 else match.start()
        yield (
            Document(
                span=Span(start, match.end()),
                quote="",
                rule="documents.kind_number" if tail else "documents.short_number",
                confidence=0.98 if tail else 0.9,
                kind=name,
                number=number if _tail(number) else number + tail,
                issuer=issuer,
                dated=_own_day(lower, match, end) or (dated if len(numbers) == 1 else None),
            ),
            Span(start, match.end()),
        )


def _own_day(lower: str, number: re.Match[str], end: int) -> date | None:
    """ "các Nghị quyết số 70-NQ/TW ngày 20/8/2025, 71-NQ/TW ngày 22/8/2025": each with its day."""
    day = _DAY.match(lower, number.end(), end)
    return _date(day) if day else None


def _is_kind(text: str, kind: re.Match[str]) -> bool:
    return kind.group() in _KINDS or text[kind.start() : kind.end()] in _ABBREVIATIONS


def _compact(number: str) -> str:
    # "35 NQ/TW": the dash was forgotten.
    return re.sub(r"\s+", "", re.sub(r"(?<=\d)\s+(?=[^\W\d])", "-", number))


def _tail(number: str) -> str:
    return number.lstrip("0123456789abcdefghijklmnopqrstuvwxyz") if not number.isdigit() else ""


def _day_and_issuer(text: str, lower: str, at: int, end: int) -> tuple[date | None, str | None]:
    dated = issuer = None
    if session := _SESSION.match(text, at, end):
        at = session.end()
    for _ in range(2):  # "ngày … của …" and "của … ngày …"
        if dated is None and (day := _DAY.match(lower, at, end)):
            dated, at = _date(day), day.end()
        if issuer is None and (of := _OF.match(text, at, end)):
            issuer, at = _issuer(text, lower, of.end(), end)
    return dated, issuer


def _issuer_before(text: str, lower: str, kind: re.Match[str]) -> str | None:
    """ "Nghị quyết của Bộ Chính trị số 57-NQ/TW", "Tỉnh ủy đã ban hành Kế hoạch số …"."""
    if of := _OF.match(text, kind.end()):
        return _issuer(text, lower, of.end(), kind.end() + _NAMED_REACH)[0]
    subject = _ISSUED.search(text[max(0, kind.start() - _NAMED_REACH) : kind.start()])
    if subject is None:
        return None
    start = kind.start() - len(subject.group()) + subject.start("body") - subject.start()
    name, reached = _issuer(text, lower, start, start + len(subject["body"]))
    return name if reached == start + len(subject["body"]) else None


def _date(day: re.Match[str]) -> date | None:
    month, year = (day[2], day[3]) if day[2] else (day[4], day[5])
    try:
        return date(int(year), int(month), int(day[1]))
    except ValueError:
        return None


def _issuer(text: str, lower: str, start: int, end: int) -> tuple[str | None, int]:
    """Read capitalised words with their small second syllables; a small stranger or a stop ends the name."""
    at, after_small = start, False
    for _ in range(_ISSUER_LONGEST):
        word = _ISSUER_WORD.match(text, at, end)
        if word is None or _ISSUER_STOP.match(lower, at):
            break
        if word[1] == "và":
            if _AND_SMALL.match(text, at):
                break
        elif word[1][0].islower():
            if after_small and word[1].rstrip(".-") not in _ISSUER_WORDS:
                break
            after_small = True
        else:
            after_small = False
        at = word.start(1) + len(word[1].rstrip(".-"))
        if at < word.end():
            break
    issuer = text[start:at].removesuffix(" và").strip()
    return (" ".join(issuer.split()) or None), at


def _once(found: list[Document]) -> list[Document]:
    """One entry per document: a short number joins its full form, later mentions fill what is missing."""
    merged: dict[tuple[str, str], Document] = {}
    full: dict[tuple[str, str], tuple[str, str]] = {}  # kind and serial -> key of the full form
    for document in sorted(found, key=lambda document: not _tail(document.number)):
        short = (document.kind, _serial(document.number))
        if _tail(document.number):
            key = ("", _key(document.number))
            full.setdefault(short, key)
        else:
            key = full.get(short, short)
        known = merged.get(key, document)
        merged[key] = replace(known, issuer=known.issuer or document.issuer, dated=known.dated or document.dated)
    return sorted(merged.values(), key=lambda document: document.span)


def _key(number: str) -> str:
    return re.sub(r"[-/.]", "-", number.casefold()).lstrip("0")


def _serial(number: str) -> str:
    match = re.match(r"0*(\d+[a-z]?)", number)
    return match[1] if match else number
