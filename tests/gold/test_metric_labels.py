"""The catalogue against figures of the public corpus (``BIENBAN_CASES``) and of the gold, labelled by reading."""

import io
from functools import cache
from pathlib import Path

import pytest

from bienban.evaluation import load_gold
from bienban.evaluation.mapping import load_labels, map_figures
from bienban.export import extract_records
from bienban.io.readers import Record
from bienban.io.sources import default_columns, read_sources
from bienban.records import Article
from tests.gold.conftest import ARTICLES, CASES

DENSE = ARTICLES.parent / "dense"  # texts without annotations
FOLDERS = sorted(path for path in ARTICLES.parent.iterdir() if path != DENSE and any(path.glob("*.txt")))
PRECISION = {
    "metric_labels.yml": 0.95,
    "metric_labels_second.yml": 0.95,
    "metric_labels_third.yml": 0.95,
    "metric_labels_fourth.yml": 0.95,
    "metric_labels_fifth.yml": 0.95,
    "metric_labels_sixth.yml": 0.95,
    "metric_labels_seventh.yml": 0.95,
    "metric_labels_eighth.yml": 0.95,
}


@pytest.mark.parametrize(("name", "precision"), PRECISION.items())
def test_labelled_figures(name, precision):
    labels = load_labels(Path(__file__).parent / name)
    wanted = {label["article"] for label in labels}
    found = map_figures(
        extract_records([*(article for article in _corpus() if article.id in wanted), *_of_gold(wanted)]), labels
    )
    assert found.labelled >= 0.9 * len(labels)
    assert found.precision >= precision, found.wrong
    assert found.coverage >= 0.5


@cache
def _corpus() -> list[Article]:
    rows = (row for _, row in read_sources([str(CASES / "dumps")], "auto", default_columns(), io.BytesIO()))
    return [Article(id=row.id, text=row.text, title=row.title, url=row.url) for row in rows if isinstance(row, Record)]


def _of_gold(wanted: set[str]) -> list[Article]:
    items = (item for folder in FOLDERS for item in load_gold(folder))
    texts = (Article(id=path.stem, text=path.read_text(encoding="utf-8")) for path in DENSE.iterdir())
    return [article for article in (*(item.article for item in items), *texts) if article.id in wanted]
