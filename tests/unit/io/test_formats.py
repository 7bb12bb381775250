"""The same thousand articles through every format: the same records come out."""

from pathlib import Path

import pytest

from bienban.io.readers import Dump, Record
from tests.unit.io.dumps_made import DUMPS, PAGE_DUMPS, Made, articles
from tests.unit.io.pages_made import token_f1

ARTICLES = articles()


def _read(path: Path, data: bytes, expected_format: str) -> list[Record]:
    path.write_bytes(data)
    dump = Dump(path)
    found = list(dump.read())
    assert [each for each in found if not isinstance(each, Record)] == []
    assert (dump.format or "").split()[0] == expected_format
    assert len({each.locator for each in found}) == len(ARTICLES)
    return [each for each in found if isinstance(each, Record)]


def _told(made: Made) -> tuple[str, str]:
    return made.text, made.url


@pytest.mark.parametrize("kind", DUMPS)
def test_text_comes_out_identical(tmp_path: Path, kind: str) -> None:
    records = _read(tmp_path / "dump.txt", DUMPS[kind](ARTICLES), kind.split()[0])  # whatever it is called
    assert [(each.text, each.url) for each in records] == [_told(made) for made in ARTICLES]
    if kind != "warc of texts":
        assert [each.title for each in records] == [made.title for made in ARTICLES]
        assert [each.published_at for each in records] == [made.published_at for made in ARTICLES]
        assert all(each.published_at_source for each in records)
    else:
        assert all(each.published_at is None and each.crawled_at for each in records)


@pytest.mark.parametrize("kind", PAGE_DUMPS)
def test_main_text_of_pages(tmp_path: Path, kind: str) -> None:
    records = _read(tmp_path / "dump.bin", PAGE_DUMPS[kind](ARTICLES), kind.split()[0])
    scores = [token_f1(each.text, made.text) for each, made in zip(records, ARTICLES, strict=True)]
    assert sum(scores) / len(scores) >= 0.98
    assert sum(score >= 0.95 for score in scores) >= 0.97 * len(scores)
    assert [(each.title, each.url) for each in records] == [(made.title, made.url) for made in ARTICLES]
    assert [each.published_at for each in records] == [made.published_at for made in ARTICLES]
    assert {each.published_at_source for each in records} == {"JSON-LD datepublished"}


def test_a_folder_of_texts(tmp_path: Path) -> None:
    for made in ARTICLES:
        (tmp_path / f"{made.id}.txt").write_text(made.text, encoding="utf-8")
    found = [each for made in ARTICLES for each in Dump(tmp_path / f"{made.id}.txt").read()]
    assert [each.text for each in found if isinstance(each, Record)] == [made.text for made in ARTICLES]
