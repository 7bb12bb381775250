"""Meetings that never were, each told by one to five articles in words of their own: the truth for merging.

A meeting has a body, a unit of the register, a day, a kind, a chair and figures. Its reports differ in spelling
("Hoà", "Hòa"), in how and whether they tell the day, in how fully they name the body, in the order and choice
of facts; some are the same release on another site. Twins are two sessions of one body on one day; every third
body meets again on another day. The same seed gives the same reports.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

from bienban.records import Unit
from bienban.register import load
from tests.warehouse.report_writing import PARTS, WORDS, Meeting, Report, write_report

_MONTHS = {"mid_term_review": (6, 7), "year_end_review": (12, 1), "briefing": (4, 7, 10), "launch": (1, 4, 7)}


def make_reports(meetings: int, seed: int) -> list[Report]:
    """All reports of so many meetings, shuffled."""
    random = Random(seed)
    told = [report for meeting in _meetings(meetings, random) for report in _reports(meeting, random)]
    random.shuffle(told)
    return told


def pairwise_f1(found: Iterable[tuple[object, object]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of reports: of (truth, found meeting) per report."""
    both, truth, made = (Counter[object]() for _ in range(3))
    for true, cluster in found:
        both[true, cluster] += 1
        truth[true] += 1
        made[cluster] += 1
    together, wanted, merged = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in (both, truth, made))
    precision, recall = together / max(merged, 1), together / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _meetings(count: int, random: Random) -> list[Meeting]:
    made: list[Meeting] = []
    while len(made) < count:
        made.append(_meeting(len(made), random))
        for follow, share in ((_twin, 0.08), (_later, 0.3)):
            if len(made) < count and random.random() < share:
                made.append(follow(made[-1], random))
    return made


def _meeting(number: int, random: Random) -> Meeting:
    level = random.choices(("province", "district", "commune"), (1, 5, 2))[0]
    kind = random.choice(list(WORDS["sessions"]))
    return Meeting(
        number=number,
        body=random.choice([each for each in WORDS["bodies"] if level in each["levels"]]),
        unit=random.choice(_units(level)),
        held_on=_day(kind, random),
        part=random.choice(list(PARTS)),
        kind=kind,
        chair=_name(random),
        other=_name(random),
        figures=_figures(random),
    )


def _twin(first: Meeting, random: Random) -> Meeting:
    """The same body in the other half of the same day, on the same matter or another."""
    return replace(
        first,
        number=first.number + 1,
        part="afternoon" if first.part == "morning" else "morning",
        kind=random.choice((first.kind, random.choice(list(WORDS["sessions"])))),
        chair=random.choice((first.chair, _name(random))),
        other=_name(random),
        figures=_figures(random),
    )


def _later(first: Meeting, random: Random) -> Meeting:
    """The same body under the same chair some weeks on."""
    kind = random.choice(list(WORDS["sessions"]))
    held_on = first.held_on + timedelta(days=random.randint(5, 60)) if kind == first.kind else _day(kind, random)
    number = first.number + 1
    return replace(first, number=number, kind=kind, held_on=held_on, other=_name(random), figures=_figures(random))


def _day(kind: str, random: Random) -> date:
    month = random.choice(_MONTHS.get(kind, tuple(range(1, 13))))
    return date(random.choice((2022, 2023, 2024)), month, random.randint(1, 28))


@cache
def _units(level: str) -> list[Unit]:
    """The units of a level that stood all those years."""
    first, last = date(2021, 12, 1), date(2025, 6, 1)
    stood = [each for each in load().versions() if each.holds_on(first) and each.holds_on(last)]
    return [each.unit for each in stood if each.unit.level == level]


def _name(random: Random) -> str:
    return " ".join(random.choice(WORDS[part]) for part in ("surnames", "middles", "given"))


def _figures(random: Random) -> tuple[tuple[int, int], ...]:
    places = random.sample(range(len(WORDS["figures"])), random.randint(4, 7))
    kinds = WORDS["figures"]
    return tuple((place, random.randint(kinds[place]["low"], kinds[place]["high"])) for place in places)


def _reports(meeting: Meeting, random: Random) -> Iterator[Report]:
    written: list[Report] = []
    for number in range(random.randint(1, 5)):
        if written and random.random() < 0.15:
            written.append(_reprint(random.choice(written), number, random))
        else:
            written.append(write_report(meeting, random, number))
    yield from written


def _reprint(report: Report, number: int, random: Random) -> Report:
    """The same text elsewhere, with a line of the other editors."""
    later = report.published_on and report.published_on + timedelta(days=random.randint(0, 2))
    text = f"{report.text}\n\nTheo Báo điện tử số {number}"
    return replace(report, text=text, published_on=later, url=f"https://reprint-{number}.example/{report.meeting}")
