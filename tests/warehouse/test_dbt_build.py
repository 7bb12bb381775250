"""The models on a real warehouse: raw rows in, marts_candidate out."""

import csv
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bienban.io.database import connect
from bienban.io.dbt import DbtError, build_candidate, write_docs
from bienban.settings import Settings
from tests.warehouse.raw_rows import RawRows

FIRST_HALF = {"reviewed_from": date(2024, 1, 1), "reviewed_to": date(2024, 6, 30)}


@pytest.fixture
def raw(warehouse: Settings) -> Iterator[RawRows]:
    with connect("owner", autocommit=True, config=warehouse) as connection:
        yield RawRows(connection)


def unit_id(config: Settings, kind: str, name: str, on: date) -> str:
    """The durable id of a unit in the register that ships with the project, by its name on a day."""
    with open(config.project / "dbt_project" / "seeds" / "register" / "units.csv", newline="") as handle:
        (only,) = {
            row["unit_id"]
            for row in csv.DictReader(handle)
            if (row["unit_kind"], row["unit_name"]) == (kind, name)
            and (row["valid_from"] or "0000") <= on.isoformat() <= (row["valid_to"] or "9999")
        }
    return only


def marts(config: Settings) -> dict[str, list[Any]]:
    """Every row of every mart, in an order of its own."""
    with connect("transformer", config=config) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "select table_name from information_schema.tables where table_schema = 'marts_candidate' order by 1"
            )
        ]
        return {
            table: connection.execute(
                f"select to_jsonb(t)::text from marts_candidate.{table} as t order by 1"  # type: ignore[arg-type]
            ).fetchall()
            for table in tables
        }


def select(config: Settings, query: str) -> list[Any]:
    with connect("transformer", config=config) as connection:
        connection.execute("set search_path = marts_candidate")
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


def test_reports_become_meetings_and_facts(raw: RawRows, warehouse: Settings) -> None:
    dam_ha = unit_id(warehouse, "huyện", "Đầm Hà", date(2024, 6, 20))
    host = {"host_unit_id": dam_ha}
    lead = raw.article(
        "Ban Chỉ đạo 35 họp: 5080 tin bài. Cụ thể 5080 tin bài đã đăng.",
        url="https://a.example/1",
        published_at="2024-06-21 01:00+07",
        title="Họp",
    )
    raw.report(
        lead,
        {**host, **FIRST_HALF, "quote": "Ban Chỉ đạo 35 họp"},
        figures=[{"quote": "5080 tin bài", "low": 5080, "nth": 0}, {"quote": "5080 tin bài", "low": 5080, "nth": 1}],
    )
    elsewhere = raw.article(
        "BCĐ 35 sơ kết, 5.080 Tin bài, 12 buổi.", dump="b.jsonl", site="www.B.example", published_at="2024-06-22"
    )
    raw.report(
        elsewhere,
        {**host, "host_body": "BCĐ 35", "quote": "BCĐ 35 sơ kết"},
        figures=[
            {"quote": "5.080 Tin bài", "low": 5080, "counted": "Tin bài"},
            {"quote": "12 buổi", "low": 12, "counted": "buổi"},
        ],
    )
    undated = raw.article("Sơ kết 6 tháng, huyện Đầm Hà.", dump="b.jsonl", published_at="2024-07-30")
    raw.report(undated, {**host, **FIRST_HALF, "held_on": None, "held_on_precision": "none", "held_on_basis": "none"})
    raw.article("Hôm nay trời mưa.", dump="b.jsonl", site=None)

    build_candidate(config=warehouse)

    meeting = select(
        warehouse,
        "select m.article_id, m.held_on, m.held_on_date_key, m.report_count, m.has_conflicting_reports, m.headline,"
        " u.unit_name, u.unit_kind, b.body_name, b.body_type from fct_meetings m join dim_units u using (unit_key)"
        " join dim_bodies b using (body_key)",
    )
    assert meeting == [
        (
            lead,
            date(2024, 6, 20),
            "2024-06-20",
            3,
            False,
            "Họp",
            "Đầm Hà",
            "huyện",
            "Ban Chỉ đạo 35",
            "steering_committee",
        )
    ]
    facts = select(
        warehouse,
        "select f.counted, f.value_low, f.article_id, f.span_start, count(*) from fct_metrics f"
        " join bridge_metric_mentions using (metric_value_key) group by 1, 2, 3, 4 order by 1",
    )
    assert facts == [
        ("buổi", Decimal(12), elsewhere, 30, 1),
        ("tin bài", Decimal(5080), lead, 20, 3),
    ]
    sources = select(
        warehouse, "select source_key = 'unknown', site from dim_articles join dim_sources using (source_key)"
    )
    assert sorted(sources, key=str) == [
        (False, "b.example"), (False, "baotinh.example"), (False, "baotinh.example"), (True, None)
    ]  # fmt: skip


def test_what_must_stay_apart_stays_apart(raw: RawRows, warehouse: Settings) -> None:
    unresolved = {"host_body": "HĐND", "host_unit_name": "Phú Tân", "host_unit_province": None}
    reports = {
        "twins: the morning session": {"part_of_day": "morning"},
        "twins: the afternoon session": {"part_of_day": "afternoon"},
        "another kind of session": {"session_types": ["training"]},
        "another day": {"held_on": date(2024, 6, 21)},
        "another body": {"host_body": "Huyện ủy"},
        "an unresolved unit": unresolved,
        "another unresolved unit": {**unresolved, "host_unit_name": "Châu Thành"},
        "no unit named": {**unresolved, "host_unit_name": None, "host_unit_kind": None},
        "again no unit named": {**unresolved, "host_unit_name": None, "host_unit_kind": None},
        "an organisation": {
            "host_unit_level": "organisation",
            "host_unit_kind": "công ty",
            "host_unit_name": "Cao su Ia Kreng",
            "host_unit_province": "Quảng Ninh",
        },
    }
    for text, meeting in reports.items():
        raw.report(raw.article(text), meeting)
    stale = raw.article("an older version of the extractor saw a meeting")
    raw.report(stale, {"held_on": date(2024, 1, 1)}, version="0.0.9+test")
    raw.report(stale, None)

    build_candidate(config=warehouse)

    assert select(warehouse, "select count(*) from fct_meetings") == [(len(reports),)]
    units = select(
        warehouse,
        "select m.quote, u.unit_id = 'unknown', u.unit_level, u.validity_basis, p.unit_name from fct_meetings m"
        " join dim_units u using (unit_key) left join dim_units p on p.unit_key = u.province_unit_key"
        " where m.quote like '%unresolved%' or m.quote like '%organisation' order by m.quote collate \"C\"",
    )
    assert units == [
        ("an organisation", False, "organisation", "reported", "Quảng Ninh"),
        ("an unresolved unit", True, None, "unknown", None),
        ("another unresolved unit", True, None, "unknown", None),
    ]


def test_a_report_points_to_the_unit_of_its_day(raw: RawRows, warehouse: Settings) -> None:
    for kind, day in (("huyện", date(2024, 6, 20)), ("xã", date(2025, 8, 1))):
        unit = unit_id(warehouse, kind, "Đầm Hà", day)
        raw.report(raw.article(f"{kind} {day}"), {"held_on": day, "host_unit_id": unit, "host_unit_kind": kind})

    build_candidate(config=warehouse)

    assert select(
        warehouse,
        "select unit_kind, held_on between coalesce(valid_from, '-infinity') and coalesce(valid_to, 'infinity')"
        " from fct_meetings join dim_units using (unit_key) order by held_on",
    ) == [("huyện", True), ("xã", True)]


def test_people_without_an_office_are_in_no_mart(raw: RawRows, warehouse: Settings) -> None:
    chair = {"name": "Lò Văn Sương", "role": "chair", "positions": ["Phó Bí thư Thường trực Huyện ủy"]}
    farmer = {"name": "Quàng Thị Nết", "role": "speaker", "positions": ["nông dân bản Co Nỏng"]}
    passer_by = {"name": "Vì Văn Thương", "role": "attended"}
    plan = {"kind": "Kế hoạch", "number": "12-KH/BCĐ", "quote": "Kế hoạch 12-KH/BCĐ"}
    for text, host in (("Hội nghị theo Kế hoạch 12-KH/BCĐ.", "Mường Ảng"), ("Họp về Kế hoạch 12-KH/BCĐ.", "Tuần Giáo")):
        unit = unit_id(warehouse, "huyện", host, date(2024, 6, 20))
        raw.report(
            raw.article(text),
            {"host_unit_id": unit, "host_unit_name": host},
            persons=[chair, farmer, passer_by],
            documents=[plan],
        )
    build_candidate(config=warehouse)

    assert select(
        warehouse, 'select display_name, count(*) from dim_persons group by 1 order by display_name collate "C"'
    ) == [
        ("Lò Văn Sương", 2),  # one name, two bodies: two persons
        ("không rõ", 1),
    ]
    assert select(warehouse, "select role, positions from bridge_meeting_persons") == 2 * [
        ("chair", ["Phó Bí thư Thường trực Huyện ủy"])
    ]
    everything = str(marts(warehouse))
    assert farmer["name"] not in everything
    assert passer_by["name"] not in everything
    assert select(warehouse, "select count(distinct document_key) from bridge_meeting_documents") == [(2,)]


def test_withdrawn_and_revised_articles_move_their_meeting(raw: RawRows, warehouse: Settings) -> None:
    first = raw.article("Hội nghị ngày 20/6.", url="https://a.example/1", published_at="2024-06-20")
    raw.report(first, {})
    revised = raw.article("Hội nghị ngày 19/6.", dump="later.jsonl", url="https://a.example/1", revision_of=first)
    raw.report(revised, {"held_on": date(2024, 6, 19)})
    raw.connection.execute("update raw.articles set is_latest = false where article_id = %s", (first,))

    build_candidate(config=warehouse)
    assert select(warehouse, "select held_on, article_id, report_count from fct_meetings") == [
        (date(2024, 6, 19), revised, 1)
    ]
    raw.dump_file("later.jsonl", status="withdrawn")
    build_candidate(config=warehouse)
    assert select(warehouse, "select held_on, article_id, report_count from fct_meetings") == [
        (date(2024, 6, 20), first, 1)
    ]
    assert select(warehouse, "select count(*) from dim_articles") == [(1,)]


def test_building_again_changes_nothing_and_writes_nothing_into_the_checkout(raw: RawRows, warehouse: Settings) -> None:
    for number, held_on in enumerate((date(2024, 6, 20), date(2024, 6, 20), None)):
        precision = "none" if held_on is None else "day"
        raw.report(
            raw.article(f"Bài {number}: 3 cuộc", dump=f"{number}.jsonl", published_at="2024-06-20"),
            {"held_on": held_on, "held_on_precision": precision},
            figures=[{"quote": "3 cuộc", "low": 3, "counted": "cuộc"}],
        )
    before = git_status(warehouse.project)
    build_candidate(config=warehouse)
    first = marts(warehouse)
    built = build_candidate(full_refresh=True, config=warehouse)
    assert marts(warehouse) == first
    assert built["register_rows"] == 0  # unchanged: not copied again
    assert built["warnings"] == []
    page = write_docs(config=warehouse)
    assert "fct_meetings" in page.read_text()
    written = page.stat().st_mtime_ns
    assert write_docs(config=warehouse).stat().st_mtime_ns == written  # the same models: not written again
    assert git_status(warehouse.project) == before


def test_a_record_that_does_not_quote_its_article_fails_the_build(raw: RawRows, warehouse: Settings) -> None:
    raw.report(raw.article("Hội nghị sơ kết."), {})
    raw.connection.execute("update raw.meetings set span_start = span_start + 1")
    with pytest.raises(DbtError, match=r"every_quote_stands_in_its_article\S*: fail: Got 1 result"):
        build_candidate(config=warehouse)


def test_every_mart_is_described_and_has_a_primary_key(warehouse: Settings) -> None:
    build_candidate(config=warehouse)
    with connect("transformer", config=warehouse) as connection:
        undescribed = connection.execute(
            "select a.attrelid::regclass::text, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid"
            " where c.relnamespace = 'marts_candidate'::regnamespace and c.relkind = 'r' and a.attnum > 0"
            " and (col_description(c.oid, a.attnum) is null or obj_description(c.oid, 'pg_class') is null)"
        ).fetchall()
        keyless = connection.execute(
            "select relname from pg_class c where relnamespace = 'marts_candidate'::regnamespace and relkind = 'r'"
            " and not exists (select from pg_constraint where conrelid = c.oid and contype = 'p')"
        ).fetchall()
    assert undescribed == []
    assert keyless == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege), connect("bi", config=warehouse) as reader:
        reader.execute("select 1 from marts_candidate.fct_meetings")


def git_status(project: Path) -> str:
    """What git sees in the checkout's dbt project, ignored files included."""
    command = ["git", "-C", str(project), "status", "--short", "--ignored", "--", "dbt_project"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
