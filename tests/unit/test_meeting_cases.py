"""Short articles, each with what it says of its meeting, and the traps between them.

``meeting_cases.yml``: the meeting itself; ``meeting_reports.yml``: its people, documents and authors as well.
"""

from datetime import date
from pathlib import Path

import pytest
import yaml

from bienban.evaluation.comparing import body_name, unit_name
from bienban.extract import extract
from bienban.records import Article, Extraction, Period
from bienban.register import history

HERE = Path(__file__).parent
CASES = [
    case
    for name in ("meeting_cases.yml", "meeting_reports.yml")
    for case in yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
]


def read(case: dict) -> Extraction:
    published = case.get("published_on")
    return extract(
        Article(
            id="case",
            text=case["text"],
            url=case.get("url"),
            published_on=date.fromisoformat(published) if published else None,
        )
    )


def days(period: Period | None) -> list[str] | None:
    return [period.start.isoformat(), period.end.isoformat()] if period else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_meeting_cases(case):
    found = read(case)
    assert found.is_meeting_report == case.get("report", True)
    if not found.is_meeting_report:
        assert found.meeting is None
        assert found.figures == ()
        return
    meeting = found.meeting
    said = {
        "held_on": meeting.held_on and meeting.held_on.isoformat(),
        "part_of_day": meeting.part_of_day,
        "primary": meeting.session_types[0],
        "reviewed": days(meeting.reviewed_period),
        "planned": days(meeting.planned_period),
    }
    assert {key: value for key, value in said.items() if key in case} == {key: case[key] for key in said if key in case}
    if "host" in case:
        level, name, province, body = case["host"]
        unit = meeting.host.unit
        assert (unit.level, unit_name(unit.name), unit.province) == (level, unit_name(name), province)
        own = {"name": unit.name, "kind": unit.kind}
        assert body_name(meeting.host.body, own) == body_name(body, own)
    if "unit_id" in case:
        assert meeting.host.unit.unit_id == case["unit_id"]
    if "place" in case:
        place = history(meeting.host.unit.place_id or "")
        assert [f"{unit.kind} {unit.name}" for unit in place[-1:]] == ([case["place"]] if case["place"] else [])
    told = {
        "chairs": sorted(person.name for person in found.people if person.role == "chair"),
        "documents": [f"{document.kind} {document.number}" for document in found.documents],
        "authors": list(found.byline.authors) if found.byline else [],
    }
    wanted = {key: sorted(case[key]) if key == "chairs" else case[key] for key in told if key in case}
    assert {key: told[key] for key in wanted} == wanted
    people = {person.name: [person.role, *person.positions] for person in found.people}
    assert {name: people.get(name) for name in case.get("people", {})} == case.get("people", {})
