"""What matches nothing and what does not fit: by frequency, for those who may read the articles, gone with them."""

from collections.abc import Iterator

import pytest
from psycopg import Connection
from psycopg.errors import InsufficientPrivilege

from bienban import jobs
from bienban.io.database import connect
from bienban.settings import Settings
from tests.warehouse.raw_rows import RawRows

NOUNS = "select name, detail, occurrences, articles, example_articles from audit.unmatched_names where kind = %s"


@pytest.fixture
def raw(warehouse: Settings) -> Iterator[RawRows]:
    with connect("loader", autocommit=True) as connection:
        yield RawRows(connection)


def unmatched(connection: Connection, kind: str) -> list[tuple[object, ...]]:
    return connection.execute(NOUNS + " order by occurrences desc, name", (kind,)).fetchall()


def test_nouns_without_a_metric_are_counted_and_leave_with_their_article(raw: RawRows) -> None:
    first, second = raw.article("Xã có 12 cống và 15 cống mới."), raw.article("Huyện có 3 cống.")
    wild = {"metric_code": None, "counted": "Cống", "unit": "count"}
    raw.report(first, {}, figures=[{**wild, "low": 12, "quote": "12 cống"}, {**wild, "low": 15, "quote": "15 cống"}])
    raw.report(second, {}, figures=[{**wild, "low": 3, "quote": "3 cống"}])
    with connect("auditor", autocommit=True) as auditor:
        assert unmatched(auditor, "counted noun") == [("cống", "count", 3, 2, sorted([first, second], key=str))]
        assert jobs.summary()["unmatched"]["counted noun"] == {"names": 1, "most_frequent": {"cống": 3}}
        jobs.take_down(str(first), "asked for")
        assert unmatched(auditor, "counted noun") == [("cống", "count", 1, 1, [second])]


def test_units_that_the_register_does_not_decide_are_named(raw: RawRows) -> None:
    article = raw.article("Xã Lạ họp.")
    unit = {"host_unit_level": "commune", "host_unit_kind": "xã", "host_unit_name": "Lạ", "host_unit_id": None}
    raw.report(article, unit)
    with connect("auditor", autocommit=True) as auditor:
        assert unmatched(auditor, "unit") == [("xã Lạ", "commune", 1, 1, [article])]


def test_figures_that_do_not_fit_are_listed(raw: RawRows) -> None:
    article = raw.article("Có 44/48 đại biểu (96,7%).")
    raw.report(article, {}, figures=[{"low": 96.7, "unit": "percent", "quote": "96,7%", "disagreement": "share"}])
    with connect("auditor", autocommit=True) as auditor:
        rows = auditor.execute("select article_id, disagreement, quote from audit.disagreements").fetchall()
    assert rows == [(article, "share", "96,7%")]
    assert jobs.summary()["disagreements"] == 1


@pytest.mark.parametrize("view", ["unmatched_names", "disagreements"])
@pytest.mark.usefixtures("warehouse")
def test_readers_of_the_marts_do_not_see_words_of_articles(view: str) -> None:
    with connect("bi") as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(f"select * from audit.{view}")  # type: ignore[arg-type]
