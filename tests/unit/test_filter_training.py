"""The candidate filter's weights are those that its training gives."""

from pathlib import Path

import orjson
import pytest

from bienban.candidate_features import features
from bienban.evaluation.filter_training import SHIPPED, annotated, fit, main, read_table

GOLD = Path(__file__).resolve().parents[1] / "gold"
TABLE = GOLD / "filter_features.csv"
FOLDERS = [GOLD / name for name in ("articles", "open", "closed", "closed2", "fresh")]  # as docs/accuracy.md says


@pytest.fixture(scope="module")
def learnt() -> tuple[float, dict[str, float]]:
    return fit(read_table(TABLE) + annotated(FOLDERS))


def test_the_shipped_weights_are_learnt_from_the_table_and_the_annotated_articles(
    learnt: tuple[float, dict[str, float]],
) -> None:
    shipped = orjson.loads(SHIPPED.read_bytes())
    assert learnt[0] == pytest.approx(shipped["least"], abs=0.01)
    assert learnt[1] == pytest.approx(shipped["weights"], abs=0.01)


def test_no_weight_contradicts_what_its_group_speaks_for(learnt: tuple[float, dict[str, float]]) -> None:
    weights = learnt[1]
    assert min(weight for name, weight in weights.items() if name.startswith("seminars.")) > 0
    against = [name for name, is_against in zip(features().names, features().is_against, strict=True) if is_against]
    assert against
    assert max(weights.get(name, 0.0) for name in against) <= 0


def test_a_table_of_other_phrases_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head, *lines = TABLE.read_text().splitlines()
    stale = tmp_path / "features.csv"
    stale.write_text("\n".join([head.replace("sittings", "gatherings"), *lines]))
    before = SHIPPED.read_bytes()
    assert main(["--features", str(stale)]) == 1
    assert "count them anew" in capsys.readouterr().err
    assert SHIPPED.read_bytes() == before
