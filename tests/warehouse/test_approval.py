"""Failed warnings before a person: who is asked, and what the answer does."""

import pytest

from bienban import jobs
from bienban.io.database import connect
from bienban.io.runs import start_run
from bienban.settings import settings
from tests.warehouse.candidates import make_candidate

pytestmark = pytest.mark.usefixtures("warehouse")

_WARNED = {"failed_warnings": 2}


def _answer(option: str) -> dict[str, object]:
    """As Airflow's HITLOperator hands it over."""
    return {
        "chosen_options": [option],
        "params_input": {"note": "the flood week has fewer reports"},
        "responded_by_user": {"id": "7", "name": "editor"},
    }


def _begin(run_id: str) -> None:
    make_candidate({"m1": 1}, {"v1": ("m1", 10)})
    with connect("loader", autocommit=True) as connection:
        start_run(connection, run_id, "build_warehouse", "0+test")


def test_nobody_is_asked_by_default_nor_without_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not jobs.needs_a_person(_WARNED)
    monkeypatch.setenv("BIENBAN_APPROVE", "ask")
    settings.cache_clear()
    assert jobs.needs_a_person(_WARNED)
    assert not jobs.needs_a_person({"failed_warnings": 0})


def test_a_yes_is_kept_with_the_version() -> None:
    _begin("asked")
    assert jobs.publish_candidate("asked", _answer("Approve"))["status"] == "published"
    with connect("auditor") as connection:
        row = connection.execute("select approved_by, approval, approval_note from audit.published_versions").fetchone()
    assert row == ("editor", "asked", "the flood week has fewer reports")


@pytest.mark.parametrize(
    ("answer", "who"),
    [
        pytest.param(_answer("Reject"), "editor", id="no"),
        pytest.param({"chosen_options": ["Reject"], "params_input": {}}, "nobody in time", id="no answer in time"),
    ],
)
def test_a_no_leaves_marts_as_they_are(answer: dict[str, object], who: str) -> None:
    _begin("asked")
    with pytest.raises(jobs.NotApproved, match=who):
        jobs.publish_candidate("asked", answer)
    with connect("auditor") as connection:
        assert connection.execute("select count(*) from audit.published_versions").fetchone() == (0,)
        assert connection.execute("select status from audit.pipeline_runs").fetchone() == ("refused",)
