"""One stage for all tests of this folder: its imports are the slow part."""

from collections.abc import Iterator

import pytest

from tests.chaos.stage import Stage


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A warehouse that may be emptied, killed and filled again."""
    made = Stage(tmp_path_factory.mktemp("chaos") / "home")
    yield made
    made.close()
