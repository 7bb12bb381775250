"""One article about a made-up meeting, in words of its own (words: ``rewritten_reports.yml``)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bienban.records import Unit

WORDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("rewritten_reports.yml").read_text(encoding="utf-8"))
PARTS = {"morning": "Sáng", "afternoon": "Chiều"}
_OPEN_SYLLABLE = re.compile("(?<![qQ])([ou])([\u0300\u0301\u0303\u0309\u0323])([aey])(?![a-z\u0300-\u036f])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What happened."""

    number: int
    body: dict[str, Any]
    unit: Unit
    held_on: date
    part: str
    kind: str
    chair: str
    other: str
    figures: tuple[tuple[int, int], ...]  # place in WORDS["figures"], value


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article about it. Copies of one text share ``release``."""

    meeting: int
    title: str
    text: str
    url: str
    published_on: date | None
    release: str


def write_report(meeting: Meeting, random: Random, number: int) -> Report:
    """The article number ``number`` about the meeting; ``random`` decides what it tells and how."""
    pick = random.choice
    unit, kind, year = meeting.unit, meeting.unit.kind, meeting.held_on.year
    full = pick(meeting.body["full"]) + f" {kind} {unit.name}"
    short = f"{pick(meeting.body['short'])} {kind}"
    banner, title_form = pick(WORDS["banners"]), pick(WORDS["titles"])
    names_unit = bool(banner) or "{Unit}" in title_form or "{host}" in title_form
    # The lead may name the unit no more once banner or title did; one report in thirty never names it.
    lead_host = short if (names_unit and random.random() < 0.35) or random.random() < 0.03 else full
    period, following = _periods(meeting)
    # One reporter in ten hears of the plans only, or of a meeting on the matter.
    calls = WORDS["sessions"][meeting.kind]["call"] if random.random() < 0.9 or not period else WORDS["other_calls"]
    call = pick(calls).format(period=period, next=following, year=year)
    published = meeting.held_on + timedelta(days=random.choice((0, 0, 1, 1, 2, 3))) if random.random() < 0.85 else None
    office = meeting.body["chair"].format(party=WORDS["parties"][kind], kind=kind)
    words = {
        "host": lead_host, "short": short, "call": call, "Call": call[:1].upper() + call[1:],
        "Unit": unit.name, "UNIT": unit.name.upper(), "KIND": kind.upper(),
        "chair": f"{pick(('đồng chí', 'ông'))} {meeting.chair}, {office}",
        "chair_short": f"{pick(('đồng chí', 'ông'))} {meeting.chair}",
        "others": f"đồng chí {meeting.other}, Phó {office[:1].lower()}{office[1:]}",
        "when": _when(meeting, random, published),
        "span": f"{period}, " if period and random.random() < 0.5 else "",
        "Span": f"{period[:1].upper()}{period[1:]}, " if period else "",
    }  # fmt: skip
    told = [figure for figure in meeting.figures if random.random() < 0.8] or list(meeting.figures[:1])
    random.shuffle(told)
    facts = _listed([_figure(place, value, random) for place, value in told])
    title = title_form.format(**{**words, "host": full})
    paragraphs = [
        pick(WORDS["results"]).format(figures=facts, **words),
        *random.sample(WORDS["remarks"], random.randint(0, 2)),
    ]
    random.shuffle(paragraphs)
    lead = pick(WORDS["leads"]).format(**words)
    body = [lead, *paragraphs, pick(WORDS["closings"]).format(**words)]
    text = banner.format(**words) + title + "\n\n" + "\n\n".join(body)
    return Report(
        meeting=meeting.number,
        title=title,
        text=_spelled(text, random),
        published_on=published,
        url=f"https://bao{number}-{random.randint(0, 40)}.example/{meeting.number}",
        release=f"{meeting.number}/{number}",
    )


def _periods(meeting: Meeting) -> tuple[str, str]:
    """What was reviewed and what is planned, in words; "" when the kind of session reviews nothing."""
    year, month = meeting.held_on.year, meeting.held_on.month
    match WORDS["sessions"][meeting.kind]["period"]:
        case "half":
            return f"6 tháng đầu năm {year}", f"6 tháng cuối năm {year}"
        case "year":
            reviewed = year if month == 12 else year - 1
            return f"năm {reviewed}", f"năm {reviewed + 1}"
        case "quarter":
            quarter = (month - 1) // 3  # the one that ended, counted from 1; 0 is the last of the year before
            names = ("IV", "I", "II", "III", "IV")
            return f"quý {names[quarter]} năm {year - (quarter == 0)}", f"quý {names[quarter + 1]} năm {year}"
    return "", ""


def _when(meeting: Meeting, random: Random, published: date | None) -> str:
    day = meeting.held_on
    if random.random() < 0.12:
        return str(random.choice(WORDS["undated"]))
    forms = WORDS["days"]
    if published is None:  # without a year nothing would tell it
        forms = [form for form in forms if "{dmy}" in form or "{words}" in form]
    elif published == day:
        forms = [*forms, "{part} nay ({dm})"]
    elif published == day + timedelta(days=1):
        forms = [*forms, "Hôm qua ({dm})"]
    return str(random.choice(forms)).format(
        part=PARTS[meeting.part], dm=f"{day.day}/{day.month}", dmy=f"{day.day}/{day.month}/{day.year}",
        words=f"{day.day} tháng {day.month} năm {day.year}",
    )  # fmt: skip


def _figure(place: int, value: int, random: Random) -> str:
    grouped = f"{value:,}".replace(",", ".")
    return str(random.choice(WORDS["figures"][place]["say"])).format(n=random.choice((grouped, grouped, str(value))))


def _listed(facts: list[str]) -> str:
    return facts[0] if len(facts) == 1 else "; ".join(facts[:-1]) + " và " + facts[-1]


def _spelled(text: str, random: Random) -> str:
    """Every third article puts the tone where the older school does: "Hoà", "uỷ"."""
    if random.random() < 0.67:
        return text
    return unicodedata.normalize("NFC", _OPEN_SYLLABLE.sub(r"\1\3\2", unicodedata.normalize("NFD", text)))
