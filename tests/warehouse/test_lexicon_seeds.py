"""The seeds that are written from lexicons say what the lexicons say."""

import pytest

from bienban.lexicon import load_lexicon
from bienban.lexicon_seeds import seed_files
from bienban.settings import load_settings

SEEDS = load_settings({}).project / "dbt_project" / "seeds"


@pytest.mark.parametrize(("name", "content"), seed_files().items(), ids=list(seed_files()))
def test_a_seed_equals_its_lexicon(name: str, content: str) -> None:
    told = "run `python -m bienban.lexicon_seeds` and commit the seeds"
    assert (SEEDS / name).read_text(encoding="utf-8") == content, told


@pytest.mark.parametrize("lexicon", ["body_types", "public_offices"])
def test_a_form_has_one_meaning(lexicon: str) -> None:
    forms = [form for entry in load_lexicon(lexicon).values() for form in entry.forms]
    assert len(forms) == len(set(forms))
