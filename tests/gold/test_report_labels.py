"""Reports of the public corpus, labelled by reading (`report_labels.csv`): how often the extractor agrees."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bienban.export import extract_records
from bienban.io.readers import Dump, Record
from bienban.records import Article
from tests.gold.conftest import CASES

LABELS = Path(__file__).with_name("report_labels.csv")
FLOORS = {"is_meeting_report": 0.85, "held_on": 0.85, "unit": 0.85, "session_primary": 0.8}


@cache
def _pairs() -> tuple[tuple[dict[str, str], dict[str, Any] | None], ...]:
    """Each label with the meeting that the extractor found."""
    assert CASES is not None
    labels = {row["locator"]: row for row in csv.DictReader(LABELS.open(encoding="utf-8"))}
    read = Dump(CASES / "dumps" / "vietnews-sample.zip").read()
    texts = {found.locator: found.text for found in read if isinstance(found, Record) and found.locator in labels}
    found = extract_records(Article(id=locator, text=text) for locator, text in texts.items())
    return tuple((labels[record["id"]], record["meeting"]) for record in found)


def _agrees(field: str, label: dict[str, str], meeting: dict[str, Any]) -> bool:
    if field == "held_on":
        return label[field] == (meeting[field] or "")
    if field == "session_primary":
        return label[field] == meeting["session_types"][0]
    unit = meeting["host"]["unit"]
    return label["unit_level"] in ("", unit["level"]) and label["unit_name"] in ("", unit["name"])


@pytest.mark.parametrize("field", FLOORS)
def test_both_read_the_same(field: str) -> None:
    if field == "is_meeting_report":
        answers = [(label[field] == "1") == (meeting is not None) for label, meeting in _pairs()]
    else:
        both = [(label, meeting) for label, meeting in _pairs() if label["is_meeting_report"] == "1" and meeting]
        answers = [_agrees(field, label, meeting) for label, meeting in both]
    print(f"{field}: {sum(answers)} of {len(answers)}")
    assert sum(answers) >= FLOORS[field] * len(answers)
