"""Whose meeting it was: the organising body and the unit that bears it.

The body comes from the clause that names the meeting; inner organs fold into their body. The unit's
name may stand elsewhere ("Ban Chỉ đạo 35 huyện" under a banner "Huyện Đầm Hà …"); its province is
given only when the text decides it or the register knows one unit of that kind and name.

Not here: reading a body's name (``bodies.py``), the units themselves (``bienban.register``).
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bienban.bodies import BodyMention, find_bodies, fold_inner, is_named_by_kind, is_state_wide
from bienban.events import Event, is_office
from bienban.layout import Layout
from bienban.letters import UPPER
from bienban.lexicon import load_lexicon, lowered
from bienban.people_names import is_surname
from bienban.records import Host, HostUnit, Unit, UnitLevel
from bienban.register import province_of_site, units_named
from bienban.unit_phrases import KIND_LEVELS, UnitPhrase, address_after, find_units

_CENTRAL_CITIES = frozenset(load_lexicon("bodies")["central_cities"].forms)
_LOCAL_KINDS = load_lexicon("bodies")["kinds_of_heads"].forms
_SAID_AGAIN = frozenset(load_lexicon("bodies")["said_again"].forms)
_NAMESAKES = frozenset(load_lexicon("bodies")["namesakes"].forms)
_BARE_HEADS = frozenset(load_lexicon("bodies")["capital"].forms)
_COMPANY = "công ty"
_MOST_WORDS = 6
_BRACKETS = re.compile(r"[ \t]*[(-][ \t]*([^()\d\n]{2,40})\)")
_UNCOUNTED = ("và", "-")  # have no letter in the short form
_INITIALS = re.compile(rf"[{UPPER}]{{2,}}(?:[-& ]+[{UPPER}]{{1,}})*|[{UPPER}]{{2,8}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the host is read from."""

    text: str
    lower: str
    layout: Layout
    url: str | None
    agency: str | None


def find_host(reading: Reading, event: Event | None, on: date | None) -> Host | None:
    """The host of the meeting that ``event`` names, its unit as of ``on``; None when nobody is named."""
    mention = _host_mention(reading, event)
    if mention is None:
        return None
    mention = _named_before(reading, mention)
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
    if " " not in mention.body and mention.name is None and mention.organisation is None:
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


def _in_full(reading: Reading, mention: BodyMention) -> BodyMention:
    """ "Cục", "Bộ" alone: the body of that head that the text names in full, the first one."""
    if lowered(mention.body) not in _BARE_HEADS:
        return mention
    start = f"{lowered(mention.body)} "
    named = (body for body in find_bodies(reading.text, reading.lower) if lowered(body.body).startswith(start))
    return next((body for body in named if body.kind in (None, mention.kind)), mention)


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
    province = (
        _province_said(mention.within, on)
        or _bracketed(reading.text, mention.end, on)
        or (branch[2] if branch and branch[1] != "huyện" else None)
    )
    unit = HostUnit(level="organisation", kind=mention.organisation_kind, name=name, province=province)
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
    elif kind is None and is_state_wide(body):
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
    unit = _unit(reading, kind, name, mention.within, on)
    return Host(name=_full_name(body, unit), body=body, unit=unit)


def _full_name(body: str, unit: HostUnit) -> str:
    kind = None if is_named_by_kind(body) else unit.kind
    return " ".join(part for part in (body, kind, unit.name) if part)


def known_name(kind: str | None, words: str) -> str | None:
    """``words`` cut to the longest name that the register knows for ``kind`` ("Gia Lai Đinh Quốc" -> "Gia Lai").

    A name that it does not know stays whole, up to three words; a person's name gives None.
    """
    parts = words.split()
    for size in range(min(len(parts), _MOST_WORDS), 0, -1):
        name = " ".join(parts[:size]).rstrip(" -")
        units = units_named(name, kind=kind) or units_named(name)
        if units:
            return units[0].name if name.isupper() else name
    if _is_person(parts):
        return None
    return " ".join(parts[:3]) if not words.isupper() else words.title()


def _is_person(words: list[str]) -> bool:
    return len(words) >= 3 and is_surname([lowered(word) for word in words])


def _without_person(body: str) -> str:
    """ "Sở Tài chính Trương Hồng Phấn nhận định": the name of its head ends the body's in a chain of posts."""
    words = body.split()
    for at in range(1, len(words) - 2):
        stop = next((end for end in range(at, len(words)) if not _is_name_word(words[end])), len(words))
        name = lowered(" ".join(words[at:stop]))
        if 3 <= stop - at <= 4 and name not in _NAMESAKES and _is_person(words[at:stop]):
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
        units = [unit for unit in _on_day(name, None, on) if unit.level in ("province", "district")]
        units = [unit for unit in units if unit.level == "province"] or units
        if units:
            return " ".join(parts[:-size]), units[0].kind, units[0].name
    return None


def _on_day(name: str, kind: str | None, on: date | None) -> list[Unit]:
    return units_named(name, kind=kind, on=on) or units_named(name, kind=kind)


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
            trailing = _trailing_unit(other.body, on) if other.kind is None and other.organisation is None else None
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
        alike = is_implied and name is not None and _level(phrase.kind, name) == KIND_LEVELS.get(kind or "")
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
    for paragraph in reading.layout.of_kind("title"):
        words = reading.text[paragraph.span.start : paragraph.span.end].split(":")[0].split()
        for size in range(min(_MOST_WORDS, len(words)), 0, -1):
            if any(unit.level == level for unit in _on_day(" ".join(words[:size]), kind, on)):
                return " ".join(words[:size])
    province = _province_of_page(reading, on)
    return province if level == "province" else None


def _province_of_page(reading: Reading, on: date | None) -> str | None:
    """The province of the portal's address or of the paper that signs: "Điện Biên TV", "Báo Lào Cai"."""
    if reading.url and (host := urlsplit(reading.url).hostname):
        unit = province_of_site(host, on)
        if unit:
            return unit.name
    if reading.agency and (unit := province_of_site(reading.agency.lower(), on)):  # "(Baoquangngai.vn)"
        return unit.name
    words = (reading.agency or "").split()
    for start in range(len(words)):
        for size in range(min(4, len(words) - start), 0, -1):
            units = [
                unit for unit in _on_day(" ".join(words[start : start + size]), None, on) if unit.level == "province"
            ]
            if units:
                return units[0].name
    return None


def _unit(
    reading: Reading, kind: str | None, name: str | None, within: tuple[UnitPhrase, ...], on: date | None
) -> HostUnit:
    if name is None:
        return HostUnit(level=_level(kind, None), kind=kind, name=None, province=None)
    candidates = _on_day(name, kind, on)
    said = (
        _province_said(within, on)
        or _province_by_address(reading, kind, name, on)
        or _province_in_brackets(reading, kind, name, on)
    )
    level = _level(kind, name) if not candidates else candidates[0].level
    candidates = [unit for unit in candidates if unit.level == level]
    if level == "province":
        return _as_host(candidates, level, kind, name, candidates[0].name if candidates else name)
    chosen = [unit for unit in candidates if said in (None, unit.province)]
    province = said or _one([unit.province for unit in candidates])
    if province is None and candidates:
        province = _decided(reading, {unit.province for unit in candidates if unit.province}, on)
        chosen = [unit for unit in candidates if unit.province == province] if province else []
    return _as_host(chosen, level, kind, name, province)


def _as_host(units: list[Unit], level: UnitLevel, kind: str | None, name: str, province: str | None) -> HostUnit:
    sure = units[0] if len({unit.unit_id for unit in units}) == 1 else None
    return HostUnit(
        level=level,
        kind=kind or (sure.kind if sure else None),
        name=name,
        province=province,
        unit_id=sure.unit_id if sure else None,
        code=sure.code if sure else None,
    )


def _level(kind: str | None, name: str | None) -> UnitLevel:
    if kind == "thành phố" and name and lowered(name) in _CENTRAL_CITIES:
        return "province"
    return KIND_LEVELS.get(kind or "", "organisation")  # type: ignore[return-value]  # a test reads the levels


def _one(values: list[str | None]) -> str | None:
    return values[0] if len(set(values)) == 1 else None


def _province_said(within: tuple[UnitPhrase, ...], on: date | None) -> str | None:
    """The province that an address beside the unit names, or its district decides."""
    for phrase in reversed(within):
        name = known_name(phrase.kind, phrase.name)
        if name is None:
            continue
        units = _on_day(name, phrase.kind, on)
        if phrase.kind == "tỉnh" or any(unit.level == "province" for unit in units):
            return units[0].name if units else name
        if province := _one([unit.province for unit in units]):
            return province
    return None


def _province_by_address(reading: Reading, kind: str | None, name: str, on: date | None) -> str | None:
    """The province that stands beside another mention of the unit: "xã Yên Định, huyện Hải Hậu, tỉnh Nam Định"."""
    for phrase in find_units(reading.text, reading.lower):
        if phrase.kind == kind and phrase.name.startswith(name):
            address = tuple(address_after(reading.text, reading.lower, phrase.end, phrase.end + 120))
            if province := _province_said(address, on):
                return province
    return None


def _province_in_brackets(reading: Reading, kind: str | None, name: str, on: date | None) -> str | None:
    """ "xã Hồng Thái (Na Hang)": a bare name behind the unit, when it means one district or province."""
    for phrase in find_units(reading.text, reading.lower):
        if phrase.kind == kind and phrase.name == name and (province := _bracketed(reading.text, phrase.end, on)):
            return province
    return None


def _bracketed(text: str, at: int, on: date | None) -> str | None:
    """The province of the bare names in the bracket that begins at ``at``, when they mean one."""
    bare = _BRACKETS.match(text, at)
    for part in reversed(bare[1].split(",")) if bare else ():
        units = [unit for unit in _on_day(part.strip(), None, on) if unit.level in ("district", "province")]
        if province := _one([unit.province for unit in units]):
            return province
    return None


def _decided(reading: Reading, provinces: set[str], on: date | None) -> str | None:
    """The one of ``provinces`` that the page speaks for: named with its kind, by its site or paper, by its units."""
    named = {
        known_name(p.kind, p.name) for p in find_units(reading.text, reading.lower) if p.kind in ("tỉnh", "thành phố")
    }
    if len(named & provinces) == 1:
        return next(iter(named & provinces))
    if (page := _province_of_page(reading, on)) in provinces:
        return page
    votes: set[str] = set()
    for phrase in find_units(reading.text, reading.lower):
        if phrase.kind not in ("tỉnh",):
            units = _on_day(known_name(phrase.kind, phrase.name) or "", phrase.kind, on)
            if (only := _one([unit.province for unit in units])) in provinces and only:
                votes.add(only)
    return next(iter(votes)) if len(votes) == 1 else None
