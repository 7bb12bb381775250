"""Annotated articles outside the project (``BIENBAN_CASES``): the agreement that releases are held to."""

import pytest

from bienban.evaluation import load_gold, predict, score
from tests.gold.conftest import CASES

TARGETS = {
    "is_meeting_report": 0.97,
    "held_on": 0.95,
    "session_primary": 0.92,
    "host_unit": 0.95,
    "host_province": 0.95,
    "host_body": 0.95,
    "reviewed_stated": 0.92,
    "planned_stated": 0.92,
    "chairs": 0.96,
    "people": 0.92,
    "roles": 0.9,
    "positions": 0.88,
    "documents": 0.96,
    "figures_value": 0.95,
    "figures_head": 0.88,
    "figures_strict": 0.78,
    "authors": 0.9,
}
GOLD = load_gold(CASES / "gold") if CASES else []
SCORES = score([item.annotation for item in GOLD], predict(GOLD))


@pytest.mark.parametrize("field", TARGETS)
def test_agreement_with_careful_reading(field):
    assert SCORES.fields[field].score >= TARGETS[field]


def test_no_province_is_invented():
    found = predict(GOLD)
    for item in GOLD:
        wanted = (item.annotation["meeting"] or {}).get("host", {}).get("unit", {})
        given = (found[item.annotation["id"]]["meeting"] or {}).get("host", {}).get("unit", {})
        if wanted and wanted["province"] is None:
            assert given["province"] is None
