"""The map page: every meeting and figure once, in the province of today where its unit lies."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bienban.io.database import connect
from bienban.io.dbt import build_candidate
from bienban.io.map_page import map_facts
from bienban.io.publisher import publish_candidate
from bienban.io.reports import write_reports
from bienban.settings import Settings
from tests.warehouse.candidates import article_id, make_candidate
from tests.warehouse.raw_rows import RawRows

_UNITS = """
create table marts_candidate.dim_units (unit_key text primary key, unit_id text, unit_name text, unit_name_ascii text,
    unit_level text, province_unit_key text, valid_to date, is_current boolean, latitude numeric, longitude numeric);
create table marts_candidate.bridge_unit_successions (predecessor_unit_key text, successor_unit_key text,
    effective_on date, primary key (predecessor_unit_key, successor_unit_key, effective_on));
alter table marts_candidate.fct_meetings add column unit_key text not null default 'unknown';
alter table marts_candidate.fct_metrics add column unit_key text not null default 'unknown';
"""
_LAST_DAY = date(2025, 6, 30)


class Country:
    """Two provinces of today, the old ones that went into them, and what met there."""

    def __init__(self, name: str = "Bắc") -> None:
        make_candidate({}, {})
        self._meetings = 0
        with connect("transformer") as connection:
            connection.execute(_UNITS)
        self._unit("unknown", None, None)
        self._unit("nation", "central", None)
        self._unit("north", "province", "north", name=name)
        self._unit("south", "province", "south", name="Nam")
        self._unit("old north", "province", "old north", valid_to=_LAST_DAY, into=["north"])

    def meeting(self, unit_key: str, figures: int = 0) -> None:
        """One meeting of the unit, which tells so many figures."""
        self._meetings += 1
        key, article = f"m{self._meetings}", article_id(self._meetings)
        self._insert("dim_articles", article, "Bài", None, None)
        self._insert("fct_meetings", key, None, "b1", "Họp", article, 0, 3, "Họp", unit_key)
        for number in range(figures):
            self._insert(
                "fct_metrics", f"{key} v{number}", key, number, number, "count", article, 0, 1, "1", unit_key
            )  # fmt: skip

    def unit(self, key: str, level: str, province: str | None, into: list[str] | None = None) -> str:
        """A unit of a province; ``into`` says what stands there since the last day of the old map."""
        self._unit(key, level, province, valid_to=_LAST_DAY if into else None, into=into or [])
        return key

    def _unit(
        self,
        key: str,
        level: str | None,
        province: str | None,
        *,
        name: str | None = None,
        valid_to: date | None = None,
        into: list[str] | None = None,
    ) -> None:
        words = name or key
        north = 21 if key == "north" else 11
        self._insert("dim_units", key, key, words, words, level, province, valid_to, valid_to is None, north, 106)
        for successor in into or []:
            self._insert("bridge_unit_successions", key, successor, date(2025, 7, 1))

    def _insert(self, table: str, *values: object) -> None:
        with connect("transformer") as connection:
            marks = ", ".join(["%s"] * len(values))
            connection.execute(f"insert into marts_candidate.{table} values ({marks})", values)  # type: ignore[arg-type]


def _publish() -> None:
    publish_candidate("run", "tester", "auto")


def _facts() -> dict[str, Any]:
    with connect("auditor") as connection:
        return map_facts(connection)


def _counts() -> dict[str, tuple[int, int]]:
    return {each["unit_name"] or each["place"]: (each["meetings"], each["figures"]) for each in _facts()["places"]}


def _page(config: Settings) -> str:
    write_reports()
    return (config.reports / "map.html").read_text()


@pytest.mark.parametrize(
    ("host", "place"),
    [
        pytest.param(("xã", "commune", "south", None), "Nam", id="a unit of today"),
        pytest.param(("huyện", "district", "old north", ["xã 1", "xã 2"]), "Bắc", id="split inside one province"),
        pytest.param(("huyện", "district", "old north", ["xã 1", "xã 3"]), "several", id="split between provinces"),
        pytest.param(
            ("công ty", "organisation", "old north", None), "Bắc", id="an organisation of a province that ended"
        ),
        pytest.param(("công ty", "organisation", None, None), "none", id="an organisation of no known province"),
    ],
)
@pytest.mark.usefixtures("warehouse")
def test_a_meeting_counts_where_its_unit_lies_today(host: tuple[Any, ...], place: str) -> None:
    country = Country()
    for commune, province in (("xã 1", "north"), ("xã 2", "north"), ("xã 3", "south")):
        country.unit(commune, "commune", province)
    country.meeting(country.unit(*host), figures=3)
    _publish()
    assert {where: counts for where, counts in _counts().items() if any(counts)} == {place: (1, 3)}


@pytest.mark.usefixtures("warehouse")
def test_rows_add_up_to_the_tables_whatever_the_unit() -> None:
    country = Country()
    for unit_key, figures in (("old north", 2), ("north", 1), ("nation", 4), ("unknown", 8), ("no such unit", 16)):
        country.meeting(unit_key, figures)
    _publish()
    facts = _facts()
    assert _counts() == {"Bắc": (2, 3), "Nam": (0, 0), "central": (1, 4), "none": (2, 24)}
    assert facts["totals"] == {"meetings": 5, "figures": 31}
    assert facts["version"] == 1
    assert [(each.title, each.count) for each in dict(facts["drawings"])["figures"].circles] == [("Bắc", 3), ("Nam", 0)]


def test_names_from_outside_stay_text_and_nothing_is_fetched(warehouse: Settings) -> None:
    hostile = "</title><script>alert(1)</script>\"onload='x'"
    country = Country(name=hostile)
    country.meeting("north", figures=1)
    _publish()
    page = _page(warehouse)
    assert "<script" not in page
    assert "onload='x'\"" not in page
    # Two maps: the label for readers, the title and the words beside the circle; and twice in the table.
    assert page.count("&lt;script&gt;alert(1)") >= 4
    assert re.search(r"https?:|//[a-z]|url\(|@import|<img|<link|<iframe", page) is None
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_before_a_publication_it_says_so(warehouse: Settings) -> None:
    assert "Nothing is published yet." in _page(warehouse)


@pytest.fixture
def raw(warehouse: Settings) -> Iterator[RawRows]:
    with connect("owner", autocommit=True, config=warehouse) as connection:
        yield RawRows(connection)


def test_the_register_that_ships_draws_34_provinces(raw: RawRows, warehouse: Settings) -> None:
    hosts = {
        "d074": {},  # huyện Hàm Yên, eight communes since
        "p15": {"host_unit_level": "province"},  # tỉnh Yên Bái, in tỉnh Lào Cai since
        "vn": {"host_unit_level": "central"},
        None: {"host_unit_name": "Phú Tân", "host_unit_province": None},
    }
    for unit, fields in hosts.items():
        article = raw.article(f"{unit} họp, 12 buổi.", published_at="2024-06-21")
        raw.report(
            article, {**fields, "host_unit_id": unit}, figures=[{"quote": "12 buổi", "low": 12, "counted": "buổi"}]
        )
    build_candidate(config=warehouse)
    _publish()

    told = {where: counts for where, counts in _counts().items() if any(counts)}
    assert told == {"Tuyên Quang": (1, 1), "Lào Cai": (1, 1), "central": (1, 1), "none": (1, 1)}
    page = _page(warehouse)
    meetings, figures = (drawing for _, drawing in _facts()["drawings"])
    assert len(meetings.circles) == len(figures.circles) == 34
    assert all(each.name for each in meetings.circles + figures.circles)
    assert page.count('tabindex="0"><title>') == 4
    assert '<a href="map.html">' in (warehouse.reports / "index.html").read_text()
