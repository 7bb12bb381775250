"""The catalogue against figures of the public corpus (``BIENBAN_CASES``), labelled by reading."""

import io
from pathlib import Path

from bienban.evaluation.mapping import load_labels, map_figures
from bienban.export import extract_records
from bienban.io.readers import Record
from bienban.io.sources import default_columns, read_sources
from bienban.records import Article
from tests.gold.conftest import CASES


def test_labelled_figures_of_the_corpus():
    labels = load_labels(Path(__file__).parent / "metric_labels.yml")
    wanted = {label["article"] for label in labels}
    rows = (row for _, row in read_sources([str(CASES / "dumps")], "auto", default_columns(), io.BytesIO()))
    articles = (
        Article(id=row.id, text=row.text, title=row.title, url=row.url)
        for row in rows
        if isinstance(row, Record) and row.id in wanted
    )
    found = map_figures(extract_records(articles), labels)
    assert found.labelled >= 180
    assert found.precision >= 0.95, found.wrong
    assert found.coverage >= 0.55
