"""The committed dbt seeds are the packaged register."""

from pathlib import Path

import pytest

from bienban.register.seeds import seed_files

SEEDS = Path(__file__).resolve().parents[3] / "dbt_project" / "seeds" / "register"


@pytest.mark.parametrize("name", ["units.csv", "unit_successions.csv"])
def test_seeds_equal_the_register(name: str) -> None:
    content = (SEEDS / name).read_bytes().decode("utf-8")
    assert content == seed_files()[name], "run: python -m bienban.register.seeds"
