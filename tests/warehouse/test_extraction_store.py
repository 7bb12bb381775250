"""Extractions: an article's records of one version stand with their extraction row, or not at all."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from bienban.extract import extract
from bienban.io.database import connect
from bienban.io.extraction_store import extract_new, extract_outdated
from bienban.records import Article, Extraction
from tests.warehouse.test_loader import _dump, _load, _rows

pytestmark = pytest.mark.usefixtures("warehouse")

TEXT = """Đảng ủy xã Yên Phú sơ kết công tác 6 tháng đầu năm 2024

Sáng 20/6, Đảng ủy xã Yên Phú, huyện Hàm Yên, tỉnh Tuyên Quang tổ chức hội nghị sơ kết công tác 6 tháng đầu năm 2024. \
Đồng chí Nguyễn Văn An, Bí thư Đảng ủy xã chủ trì hội nghị.

Trong {n} tháng, xã đã tổ chức {n}5 buổi tuyên truyền theo Kế hoạch số 12-KH/ĐU, thu ngân sách đạt 1,2 tỷ đồng.
"""
_RECORDS = ("meetings", "figures", "persons", "documents", "bylines")


def _texts(tmp_path: Path, *numbers: int) -> None:
    _load(_dump(tmp_path / "a.jsonl", *({"text": TEXT.format(n=number)} for number in numbers)))


def _extract(extractor=extract, version: str = "v1", run=extract_new, **options: int) -> dict[str, int]:
    with connect("loader", autocommit=True) as connection:
        return run(connection, extractor, version, **options)


def test_records_quote_the_stored_text(tmp_path: Path) -> None:
    _texts(tmp_path, 1, 2)
    counts = _extract()
    assert (counts["extracted"], counts["meetings"], counts["persons"]) == (2, 2, 2)
    assert counts["figures"] >= 4
    for table in _RECORDS:
        wrong = _rows(
            f"select quote from raw.{table} join raw.articles using (article_id)"
            " where substring(text from span_start + 1 for span_end - span_start) <> quote"
        )
        assert wrong == []


def test_extracted_articles_are_not_extracted_again(tmp_path: Path) -> None:
    _texts(tmp_path, 1)
    _extract()
    assert _extract(version="v2")["extracted"] == 0


def test_limit_leaves_the_rest_pending(tmp_path: Path) -> None:
    _texts(tmp_path, 1, 2, 3)
    assert [_extract(limit=2)["extracted"] for _ in range(3)] == [2, 1, 0]


def test_new_version_keeps_record_ids_and_becomes_current(tmp_path: Path) -> None:
    _texts(tmp_path, 1, 2)
    _extract()
    before = _rows("select record_id, low from raw.figures order by 1")
    assert _extract(version="v2", run=extract_outdated)["extracted"] == 2
    assert _rows("select record_id, low from raw.figures where extractor_version = 'v2' order by 1") == before
    assert _rows("select extractor_version, is_current, count(*) from raw.extractions group by 1, 2 order by 1") == [
        ("v1", False, 2),
        ("v2", True, 2),
    ]
    assert _extract(version="v2", run=extract_outdated)["extracted"] == 0


def test_going_back_to_an_older_version_makes_it_current_again(tmp_path: Path) -> None:
    _texts(tmp_path, 1)
    _extract()
    _extract(version="v2", run=extract_outdated)
    _extract(version="v1", run=extract_outdated)
    assert _rows("select extractor_version from raw.extractions where is_current") == [("v1",)]


def test_one_article_that_breaks_the_extractor_does_not_stop_the_others(tmp_path: Path) -> None:
    _texts(tmp_path, 1, 2)

    def breaks(article: Article) -> Extraction:
        if "15 buổi" in article.text:
            raise RuntimeError("boom")
        return extract(article)

    counts = _extract(breaks)
    assert (counts["extracted"], counts["failed"]) == (1, 1)
    [(error, meeting)] = _rows("select error, is_meeting_report from raw.extractions where status = 'failed'")
    assert str(error).startswith("RuntimeError: boom (breaks, line ")
    assert meeting is None


def test_a_value_that_no_column_holds_fails_its_article_alone(tmp_path: Path) -> None:
    _texts(tmp_path, 1, 2)

    def overflows(article: Article) -> Extraction:
        found = extract(article)
        if "15 buổi" not in article.text:
            return found
        return replace(found, figures=tuple(replace(figure, low=Decimal(10) ** 40) for figure in found.figures))

    counts = _extract(overflows)
    assert (counts["extracted"], counts["failed"]) == (1, 1)
    assert _rows("select count(distinct article_id) from raw.figures") == [(1,)]
    [(error,)] = _rows("select error from raw.extractions where status = 'failed'")
    assert "numeric field overflow" in str(error)


def test_article_that_moves_meanwhile_is_left_to_the_next_run(tmp_path: Path) -> None:
    _texts(tmp_path, 1)

    def slow(article: Article) -> Extraction:
        found = extract(article)
        _load(_dump(tmp_path / "b.jsonl", {"text": TEXT.format(n=1).upper(), "published_at": "2024-06-21"}))
        return found

    assert _extract(slow)["extracted"] == 0
    assert _extract()["extracted"] == 1


def test_new_representative_drops_the_extraction(tmp_path: Path) -> None:
    _texts(tmp_path, 1)
    _extract()
    _load(_dump(tmp_path / "b.jsonl", {"text": TEXT.format(n=1), "published_at": "2024-06-21"}))
    assert _rows("select count(*) from raw.extractions") == [(0,)]
    assert _rows("select count(*) from raw.figures") == [(0,)]
    assert _extract()["extracted"] == 1


def test_an_occurrence_without_a_say_keeps_the_extraction_and_moves_the_article(tmp_path: Path) -> None:
    _load(_dump(tmp_path / "a.jsonl", {"text": TEXT.format(n=1), "published_at": "2024-06-21"}))
    _extract()
    [(before,)] = _rows("select changed_at from raw.articles")
    _load(_dump(tmp_path / "b.jsonl", {"text": TEXT.format(n=1), "published_at": "2024-06-22"}))
    [(after,)] = _rows("select changed_at from raw.articles")
    assert _rows("select count(*) from raw.extractions") == [(1,)]
    assert after > before


def test_records_cannot_stand_without_their_extraction(tmp_path: Path) -> None:
    _texts(tmp_path, 1)
    with connect("loader") as connection, pytest.raises(psycopg.errors.ForeignKeyViolation):
        connection.execute(
            "insert into raw.bylines (record_id, article_id, extractor_version, span_start, span_end, quote, rule,"
            " confidence, authors) select 'r', article_id, 'v9', 0, 1, 'Đ', 'x', 1, '{}' from raw.articles"
        )


def test_two_extractors_at_once_write_every_article_once(tmp_path: Path) -> None:
    _texts(tmp_path, *range(1, 30))
    with ThreadPoolExecutor(2) as pool:
        for counts in pool.map(lambda _: _extract(), range(2)):
            assert counts["failed"] == 0
    assert _rows("select count(*), count(distinct article_id) from raw.extractions") == [(29, 29)]
    assert _rows("select count(*), count(distinct record_id) from raw.meetings") == [(29, 29)]
