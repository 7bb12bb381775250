"""Every mart and every column of it is expected something that can fail, with a severity and a reason."""

import os

import pytest
import yaml

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
from bienban.io.gate import columns_of
from bienban.settings import load_settings
from expectations.run import load_suites

_MODELS = load_settings({}).project / "dbt_project" / "models" / "marts"


def _columns() -> list[tuple[str, str]]:
    return [
        (model["name"], column["name"])
        for path in sorted(_MODELS.rglob("*.yml"))
        for model in yaml.safe_load(path.read_text())["models"]
        for column in model["columns"]
    ]


@pytest.fixture(scope="module")
def suites():
    return load_suites()


def test_every_column_of_every_mart_has_an_expectation(suites) -> None:
    checked = {
        (suite.name, column)
        for suite in suites
        for expectation in suite.expectations
        for column in columns_of(expectation.configuration)
    }
    assert [pair for pair in _columns() if pair not in checked] == []


def test_every_expectation_has_a_severity_a_reason_and_a_name_of_its_own(suites) -> None:
    for suite in suites:
        names = [str(each.description or each.configuration.kwargs) for each in suite.expectations]
        assert len(names) == len(set(names)), suite.name
        for each in suite.expectations:
            assert each.configuration.severity is not None, (suite.name, each)
            assert len(str(each.notes)) > 15, (suite.name, each)
