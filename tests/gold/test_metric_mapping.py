"""How much of the project's own articles the catalogue maps."""

from bienban.evaluation import load_gold, predict
from bienban.evaluation.mapping import map_figures
from bienban.metrics import catalogue
from tests.gold.conftest import ARTICLES


def test_the_catalogue_is_broad_and_maps_the_gold():
    folders = (ARTICLES, ARTICLES.parent / "open")
    found = map_figures(record for folder in folders for record in predict(load_gold(folder)).values())
    assert len(catalogue()) >= 200
    assert found.coverage >= 0.84
