"""Peers' cases live outside the project: ``BIENBAN_CASES`` names the folder, unset nothing is collected."""

import os
from pathlib import Path

import pytest

CASES = os.environ.get("BIENBAN_CASES")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave the tests of this folder out without a folder of cases."""
    return True if CASES is None and collection_path.name.startswith("test_") else None


@pytest.fixture(scope="session")
def peers() -> Path:
    """The folder of peers' cases, one JSON Lines file per peer and subject."""
    return Path(os.environ["BIENBAN_CASES"]) / "peers"
