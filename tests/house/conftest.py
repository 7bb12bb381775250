"""What dbt itself reads in the project, parsed once for all house rules."""

import json
from typing import Any

import pytest

from bienban.io.dbt import parse
from bienban.settings import load_settings


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    config = load_settings({"BIENBAN_HOME": str(tmp_path_factory.mktemp("home"))})
    parse(config)
    return json.loads((config.home / "dbt" / "parse" / "manifest.json").read_text())
