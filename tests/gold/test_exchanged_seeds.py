"""The seeds, and each of them with names, units, days, years and numbers exchanged, are read without a fault."""

import pytest

from bienban.evaluation import FIELDS, GoldArticle, as_table, load_gold, predict, score
from tests.gold.conftest import CASES
from tests.gold.exchange import exchanged

SEEDS = load_gold(CASES / "gold", "seed-") if CASES else []


def faults(items: list[GoldArticle]) -> str:
    scores = score([item.annotation for item in items], predict(items))
    wrong = [key for key in FIELDS if scores.fields[key].score < 1]
    return "" if not wrong else f"{wrong}\n{dict(scores.errors)}\n{as_table(scores)}"


def test_the_seeds_are_read_without_a_fault():
    assert len(SEEDS) == 5
    assert not faults(SEEDS)


@pytest.mark.parametrize("draw", range(8))
@pytest.mark.parametrize("item", SEEDS, ids=lambda item: item.article.id)
def test_an_exchanged_seed_is_read_without_a_fault(item, draw):
    other = exchanged(item, draw)
    assert other.article.text != item.article.text
    assert not faults([other])
