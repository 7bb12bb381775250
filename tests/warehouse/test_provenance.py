"""From a published row back to the record in the dump."""

from pathlib import Path

import pytest

from bienban import jobs
from bienban.io.database import connect
from bienban.io.provenance import UnknownKey
from bienban.settings import Settings
from tests.unit.test_cli import _bienban
from tests.warehouse.test_loader import _dump, _load, _rows

pytestmark = pytest.mark.usefixtures("warehouse")

TEXT = (
    "Sơ kết\n\nSáng 20/6, UBND xã Yên Phú họp. Trong 6 tháng, xã đã tổ chức 15 buổi\x1b tuyên truyền theo kế hoạch. "
    "Chủ tịch UBND xã chủ trì."
)
_MARTS = """
create table marts.dim_metrics (metric_key text, metric_name_vi text);
insert into marts.dim_metrics values ('k', 'Buổi tuyên truyền');
create table marts.fct_metrics (
    metric_value_key text, meeting_key text, metric_key text, value_low numeric(28, 6), value_high numeric(28, 6),
    qualifier text, measure_unit text, period_from date, period_to date, article_id uuid, span_start integer,
    span_end integer, quote text, extractor_version text, confidence numeric
);
create table marts.fct_meetings (
    meeting_key text, headline text, held_on date, held_on_precision text, primary_session_type text,
    report_count bigint, article_id uuid, span_start integer, span_end integer, quote text
);
"""


@pytest.fixture
def published(warehouse: Settings, tmp_path: Path) -> Path:
    """Two dumps that hold the article, and the rows that a publication would show."""
    dump = _dump(
        tmp_path / "a.jsonl",
        {"text": "Giá vàng"},
        {"text": TEXT, "url": "https://a.example/1", "published_at": "2024-06-20"},
    )
    _load(dump, _dump(tmp_path / "b.jsonl", {"text": TEXT.upper()}))
    [(article,)] = _rows("select article_id from raw.articles")
    span = (TEXT.index("15"), TEXT.index(" theo"))
    with connect("publisher") as connection:
        connection.execute(_MARTS)
        values = (
            "v",
            "m",
            "k",
            15,
            15,
            "exact",
            "count",
            "2024-01-01",
            "2024-06-30",
            article,
            *span,
            TEXT[slice(*span)],
            "1",
            0.9,
        )
        connection.execute(f"insert into marts.fct_metrics values ({', '.join(['%s'] * len(values))})", values)
        meeting = ("m", "Sơ kết", "2024-06-20", "day", "mid_term_review", 1, article, 8, 39, TEXT[8:39])
        connection.execute(f"insert into marts.fct_meetings values ({', '.join(['%s'] * len(meeting))})", meeting)
    return dump


def test_a_fact_leads_to_its_sentence_and_its_records(published: Path) -> None:
    found = jobs.trace("v")
    start, end = found["quote_in_sentence"]
    assert found["quote_matches"]
    assert found["sentence"] == "Trong 6 tháng, xã đã tổ chức 15 buổi\x1b tuyên truyền theo kế hoạch."
    assert found["sentence"][start:end] == found["row"]["quote"]
    assert (found["row"]["metric"], found["row"]["value_low"]) == ("Buổi tuyên truyền", 15)
    first, second = found["occurrences"]
    assert (first["outcome"], first["dump_url"], second["outcome"]) == ("loaded", published.as_uri(), "duplicate")
    with published.open("rb") as stream:
        stream.seek(int(first["record_locator"].removeprefix("byte:")))
        assert b"https://a.example/1" in stream.readline()


def test_a_meeting_leads_to_its_sentence(published: Path) -> None:
    assert jobs.trace("m")["sentence"] == "Sáng 20/6, UBND xã Yên Phú họp."


def test_the_command_shows_nothing_that_acts_on_a_terminal(published: Path) -> None:
    done = _bienban("trace", "v")
    assert done.returncode == 0
    assert b"\x1b tuy" not in done.stdout
    assert "15 buổi".encode() in done.stdout


@pytest.mark.usefixtures("published")
def test_an_unknown_key_is_named() -> None:
    with pytest.raises(UnknownKey, match="has the key nothing"):
        jobs.trace("nothing")


def test_before_the_first_publication_the_message_says_what_to_do() -> None:
    done = _bienban("trace", "v")
    assert done.returncode == 1
    assert b"nothing is published yet" in done.stderr
