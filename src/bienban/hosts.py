"""Whose meeting it was: the organising body and the unit that bears it.

The body comes from the clause that names the meeting; inner organs fold into their body. The unit's
name may stand elsewhere ("Ban Chỉ đạo 35 huyện" under a banner "Huyện Đầm Hà …"); its province is
given only when the text decides it or the register knows one unit of that kind and name.

Not here: reading a body's name (``bodies.py``), which unit a name means (``host_units.py``).
"""

import re
from collections import Counter
from datetime import date

from bienban.bodies import BodyMention, find_bodies, fold_inner, is_named_by_kind, is_state_wide
from bienban.clause_words import is_office
from bienban.events import Event
from bienban.host_units import (
    Reading,
    bracketed_province,
    find_place,
    find_unit,
    is_person,
    known_name,
    level_of,
    map_day,
    province_of_page,
    province_of_units,
    province_said,
    units_on_day,
)
from bienban.letters import UPPER
from bienban.lexicon import load_lexicon, lowered
from bienban.records import Host, HostUnit
from bienban.unit_phrases import KIND_LEVELS, find_units

_LOCAL_KINDS = load_lexicon("bodies")["kinds_of_heads"].forms
_CENTRAL_SINCE = load_lexicon("bodies")["central_since"].forms
_SAID_AGAIN = frozenset(load_lexicon("bodies")["said_again"].forms)
_NAMESAKES = frozenset(load_lexicon("bodies")["namesakes"].forms)
_BARE_HEADS = frozenset(load_lexicon("bodies")["capital"].forms)
_LONG_HEADS = frozenset(load_lexicon("bodies")["long_names"].forms)
_PARTY = frozenset(load_lexicon("bodies")["party_of_bodies"].forms)
_OF_UNITS = tuple(load_lexicon("bodies")["party_of_bodies"].fields["not_of"])
_NEAR = 100  # from the committee to the end of the body that it is of
_CAPITALS = re.compile(rf"[{UPPER}]\w*(?: [{UPPER}]\w*)+")
_LONGEST_PROVINCE = 4  # words
_COMPANY = "công ty"
_MOST_WORDS = 6
_UNCOUNTED = ("và", "-")  # have no letter in the short form
_INITIALS = re.compile(rf"[{UPPER}]{{2,}}(?:[-& ]+[{UPPER}]{{1,}})*|[{UPPER}]{{2,8}}")


def find_host(reading: Reading, event: Event | None, on: date | None) -> Host | None:
    """The host of the meeting that ``event`` names, its unit as of ``on``; None when nobody is named."""
    on = on or map_day(reading)
    mention = _host_mention(reading, event)
    if mention is None:
        return None
    mention = _named_before(reading, _with_its_party(reading, mention))
    body = _spelled_out(reading, fold_inner(mention.body))
    if mention.organisation:
        return _organisation(reading, mention, body, on)
    body = _without_person(body)
    if mention.is_central:
        return _central(body)
    return _local(reading, event, mention, body, on)


def _central(body: str) -> Host:
    short = body.removesuffix(" Việt Nam").strip() or body
    return Host(name=body, body=short, unit=HostUnit(level="central", kind=None, name="Việt Nam", province=None))


def _named_before(reading: Reading, mention: BodyMention) -> BodyMention:
    """ "Ủy ban này": the body of that head that the text has named last."""
    is_bare = " " not in mention.body or lowered(mention.body) in _LONG_HEADS
    if is_bare and mention.name is None and mention.organisation is None:
        return _in_full(reading, mention)
    head, _, rest = mention.body.rpartition(" ")
    if lowered(rest) not in _SAID_AGAIN:
        return mention
    earlier = [
        body
        for body in find_bodies(reading.text, reading.lower, 0, mention.start)
        if lowered(body.body).startswith(lowered(head)) and " " in body.body
    ]
    return earlier[-1] if earlier else mention


def _with_its_party(reading: Reading, mention: BodyMention) -> BodyMention:
    """ "Đảng ủy, Bộ Chỉ huy Bộ đội Biên phòng tỉnh": the party committee of the body that follows; a unit's stays."""
    if lowered(mention.body) not in _PARTY or mention.kind or mention.organisation:
        return mention
    following = next(find_bodies(reading.text, reading.lower, mention.end, mention.end + _NEAR), None)
    if following is None or reading.text[mention.end : following.start].strip() not in (",", "-", "và"):
        return mention
    return mention if lowered(following.body).startswith(_OF_UNITS) else following


def _in_full(reading: Reading, mention: BodyMention) -> BodyMention:
    """ "Cục", "Bộ" alone: the body of that head that the text names in full, most often, then first."""
    if lowered(mention.body) not in _BARE_HEADS | _LONG_HEADS:
        return mention
    start = f"{lowered(mention.body)} "
    named = [body for body in find_bodies(reading.text, reading.lower) if lowered(body.body).startswith(start)]
    named = [body for body in named if mention.kind is None or body.kind in (None, mention.kind)]
    often = Counter(lowered(body.body) for body in named)
    return max(named, key=lambda body: often[lowered(body.body)], default=mention)


def _spelled_out(reading: Reading, body: str) -> str:
    """ "Bộ NN-PTNT" as the text spells it elsewhere: "Bộ Nông nghiệp và Phát triển nông thôn"."""
    head, _, rest = body.partition(" ")
    if not _INITIALS.fullmatch(rest):
        return body
    letters = "".join(char for char in lowered(rest) if char.isalpha())
    for other in find_bodies(reading.text, reading.lower):
        words = other.body.split()
        if lowered(words[0]) != lowered(head):
            continue
        for size in range(2, len(words) + 1):
            if "".join(lowered(word)[0] for word in words[1:size] if word not in _UNCOUNTED) == letters:
                return " ".join(words[:size])
    return body


def _host_mention(reading: Reading, event: Event | None) -> BodyMention | None:
    if event is not None and event.host is not None and event.shape != "office_chaired":
        return event.host
    counts = _bodies_by_use(reading)
    if event is None or event.host is None:
        return _most_used(counts, reading)
    # "Phó Bí thư Huyện ủy, Chủ tịch HĐND huyện, Trưởng Ban Chỉ đạo 35 huyện chủ trì": the posts of a
    # chair name several bodies; the meeting's is the one that the article itself speaks of.
    posts = [
        body for body in find_bodies(reading.text, reading.lower, *event.sentence) if is_office(reading.lower, body)
    ]
    return max(posts or [event.host], key=lambda body: (counts[_key(body)], body.start))


def _bodies_by_use(reading: Reading) -> Counter[str]:
    """How often each body is named other than in somebody's post."""
    counts: Counter[str] = Counter()
    for paragraph in reading.layout.of_kind("title", "lead", "body", "caption"):
        for body in find_bodies(reading.text, reading.lower, *paragraph.span):
            if not is_office(reading.lower, body):
                counts[_key(body)] += 1
    return counts


def _most_used(counts: Counter[str], reading: Reading) -> BodyMention | None:
    if not counts:
        return None
    wanted = counts.most_common(1)[0][0]
    for paragraph in reading.layout.of_kind("title", "lead", "body", "caption"):
        for body in find_bodies(reading.text, reading.lower, *paragraph.span):
            if _key(body) == wanted:
                return body
    return None


def _key(body: BodyMention) -> str:
    return lowered(fold_inner(body.body))


def _organisation(reading: Reading, mention: BodyMention, body: str, on: date | None) -> Host:
    name = mention.organisation or ""
    branch = _trailing_unit(name, on) if mention.organisation_kind == _COMPANY else None
    place = find_place(reading, mention, on)
    province = (
        province_said(mention.within, on)
        or bracketed_province(reading.text, mention.end, on)
        or (place and place.province)
        or (branch[2] if branch and branch[1] != "huyện" else None)
    )
    unit = HostUnit(
        level="organisation",
        kind=mention.organisation_kind,
        name=name,
        province=province,
        place_id=place.unit_id if place else None,
    )
    kind = mention.organisation_kind or ""
    if kind not in lowered(body):  # "Ban Chỉ đạo 35" of a school
        full = f"{body} {name}" if lowered(name).startswith(kind) else f"{body} {kind.capitalize()} {name}"
    else:
        form, _, level = body.partition(" ")  # "Trường", "Đại học": the level stands in the name as well
        full = f"{form} {name}" if level and lowered(name).startswith(lowered(level)) else f"{body} {name}"
    return Host(name=full, body=body, unit=unit)


def _local(reading: Reading, event: Event | None, mention: BodyMention, body: str, on: date | None) -> Host:
    kind, name = mention.kind, mention.name
    if name is not None:
        name = known_name(kind, name)
    elif not is_named_by_kind(body) and (trailing := _trailing_unit(body, on)):
        body, kind, name = trailing
    elif (kind is None or _is_central_by(body, mention, on)) and is_state_wide(body):
        return _central(body)
    if kind is None:
        kind = next((kind for head, kind in _LOCAL_KINDS.items() if lowered(body).startswith(head)), None)
    if name is None:
        is_implied = kind is not None and kind not in reading.lower[mention.start : mention.end]
        kind, name = (
            _beside(reading, event, kind)
            or _with_bare_name(reading, body, kind, on)
            or _named_elsewhere(reading, kind, on, is_implied=is_implied)
        )
        if name is None and is_implied and is_state_wide(body):
            return _central(body)
    unit = find_unit(reading, kind, name, mention.within, on)
    return Host(name=_full_name(body, unit), body=body, unit=unit)


def _is_central_by(body: str, mention: BodyMention, on: date | None) -> bool:
    """ "Cục Thuế" without a unit: a province's once, the state's since the reform."""
    since = _CENTRAL_SINCE.get(lowered(body))
    names_kind = mention.kind is not None and mention.end - mention.start > len(body)
    return since is not None and on is not None and on.isoformat() >= since and not names_kind


def _full_name(body: str, unit: HostUnit) -> str:
    kind = None if is_named_by_kind(body) else unit.kind
    return " ".join(part for part in (body, kind, unit.name) if part)


def _without_person(body: str) -> str:
    """ "Sở Tài chính Trương Hồng Phấn nhận định": the name of its head ends the body's in a chain of posts."""
    words = body.split()
    for at in range(1, len(words) - 2):
        stop = next((end for end in range(at, len(words)) if not _is_name_word(words[end])), len(words))
        name = lowered(" ".join(words[at:stop]))
        if 3 <= stop - at <= 4 and name not in _NAMESAKES and is_person(words[at:stop]):
            return " ".join(words[:at]).rstrip(" -")
    return body


def _is_name_word(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def _trailing_unit(body: str, on: date | None) -> tuple[str, str, str] | None:
    """ "Sở Y tế Hà Nội", "Công an Đà Nẵng": a province's or district's bare name ends the body's."""
    parts = body.split()
    for size in range(min(4, len(parts) - 1), 0, -1):
        name = " ".join(parts[-size:])
        if not name[0].isupper():
            continue
        units = [unit for unit in units_on_day(name, None, on) if unit.level in ("province", "district")]
        units = [unit for unit in units if unit.level == "province"] or units
        if units:
            return " ".join(parts[:-size]).rstrip(" -"), units[0].kind, units[0].name
    return None


def _beside(reading: Reading, event: Event | None, kind: str | None) -> tuple[str, str] | None:
    """ "Chủ tịch UBND TP Hà Nội cùng tổ đại biểu HĐND tiếp xúc cử tri": the unit of a body in the same clause."""
    if event is None or kind is not None:
        return None
    for body in find_bodies(reading.text, reading.lower, event.sentence.start, event.topic):
        if body.kind and body.name and (name := known_name(body.kind, body.name)):
            return body.kind, name
    return None


def _with_bare_name(reading: Reading, body: str, kind: str | None, on: date | None) -> tuple[str, str] | None:
    """ "Công an Quảng Ngãi" in the headline, for "Công an tỉnh": the same body with its unit's bare name."""
    for paragraph in reading.layout.of_kind("title", "lead"):
        for other in find_bodies(reading.text, reading.lower, *paragraph.span):
            is_bare = other.name is None and other.organisation is None
            trailing = _trailing_unit(other.body, on) if is_bare else None
            if (
                trailing
                and lowered(trailing[0]) == lowered(body)
                and KIND_LEVELS.get(trailing[1]) in (None, KIND_LEVELS.get(kind or ""))
            ):
                return trailing[1], trailing[2]
    return None


def _named_elsewhere(
    reading: Reading, kind: str | None, on: date | None, *, is_implied: bool
) -> tuple[str | None, str | None]:
    """The unit of that kind that the whole page names most, in its furniture too; then bare names.

    ``is_implied``: the body's head tells the kind, "Sở" a province's: then a city of that level will do.
    """
    votes: Counter[tuple[str, str]] = Counter()
    for phrase in find_units(reading.text, reading.lower):
        name = known_name(phrase.kind, phrase.name)
        alike = is_implied and name is not None and level_of(phrase.kind, name) == KIND_LEVELS.get(kind or "")
        if name and (alike or kind in (None, phrase.kind)):
            votes[phrase.kind, name] += 1
    for body in find_bodies(reading.text, reading.lower):
        is_wanted = is_named_by_kind(body.body) and body.name and kind in (None, body.kind)
        if is_wanted and (name := known_name(body.kind, body.name or "")):
            votes[body.kind or "", name] += 1
    if votes:
        return votes.most_common(1)[0][0]
    return kind, _bare_name(reading, kind, on)


def _bare_name(reading: Reading, kind: str | None, on: date | None) -> str | None:
    """ "Krông Nô: Tổng kết …" in the title, the paper in brackets, the portal's address."""
    level = KIND_LEVELS.get(kind or "")
    for paragraph in reading.layout.of_kind("title", "lead"):
        words = reading.text[paragraph.span.start : paragraph.span.end].split(":")[0].split()
        for size in range(min(_MOST_WORDS, len(words)), 0, -1):
            if any(unit.level == level for unit in units_on_day(" ".join(words[:size]), kind, on)):
                return " ".join(words[:size])
    if level != "province":
        return None
    return province_of_page(reading, on) or province_of_units(reading, on) or _province_in_head(reading, on)


def _province_in_head(reading: Reading, on: date | None) -> str | None:
    """ "Ngành ngân hàng Quảng Ninh …": the only province whose bare name stands in title and lead."""
    found: set[str] = set()
    for paragraph in reading.layout.of_kind("title", "lead"):
        for run in _CAPITALS.finditer(reading.text, *paragraph.span):
            words = run.group().split()
            for at in range(len(words)):
                for size in range(min(_LONGEST_PROVINCE, len(words) - at), 1, -1):
                    units = units_on_day(" ".join(words[at : at + size]), None, on)
                    found |= {unit.name for unit in units if unit.level == "province"}
    return found.pop() if len(found) == 1 else None
