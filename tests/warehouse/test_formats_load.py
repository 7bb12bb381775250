"""The same articles through every format give the same ``raw.articles``."""

from pathlib import Path

import pytest

from bienban import jobs
from bienban.identity import article_id, stored_text, text_sha256
from tests.unit.io.dumps_made import DUMPS, Made, articles
from tests.warehouse.test_loader import _rows

pytestmark = pytest.mark.usefixtures("warehouse")
_COUNT = 120  # of which the filter keeps some


def _loaded() -> list[tuple[object, ...]]:
    return _rows("select article_id::text, text, title, url, published_at from raw.articles order by article_id")


def test_every_format_gives_the_same_articles(tmp_path: Path) -> None:
    made = articles()[:_COUNT]
    told: dict[str, list[tuple[object, ...]]] = {}
    first: list[tuple[object, ...]] = []
    for number, (kind, make) in enumerate(DUMPS.items()):
        if kind == "warc of texts":  # has neither titles nor dates
            continue
        path = tmp_path / f"{number}.bin"
        path.write_bytes(make(made))
        counts = [jobs.load(**batch) for batch in jobs.discover([str(path)])]
        told[kind] = _loaded()
        first = first or told[kind]
        assert sum(each["loaded"] for each in counts) == (len(first) if told[kind] is first else 0), kind
        assert sum(each["duplicates"] for each in counts) == (0 if told[kind] is first else len(first)), kind
    assert len(first) > 20
    assert all(rows == first for rows in told.values())
    assert {row[0] for row in first} <= {_id(each) for each in made}


def _id(made: Made) -> str:
    return str(article_id(text_sha256(stored_text(made.text))))
