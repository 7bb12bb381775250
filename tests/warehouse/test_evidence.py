"""What auditors get of published rows: evidence pages and reviews. Hostile text stays text, what left is gone."""

import csv
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from bienban import jobs
from bienban.io import removal
from bienban.io import verify as audit_verification
from bienban.io.database import connect
from bienban.io.dbt import build_candidate
from bienban.io.postgres import EmbeddedPostgres
from bienban.io.publisher import publish_candidate
from bienban.io.reports import write_reports
from bienban.io.review import ReviewError
from bienban.settings import Settings
from tests.warehouse.browser import browser, needs_chromium
from tests.warehouse.conftest import fresh_warehouse
from tests.warehouse.raw_rows import RawRows

HOSTILE = (
    "<script>document.title='hacked'</script><img src=http://evil.example/x onerror=alert(1)>"
    "'; drop table marts.fct_metrics; -- \u202eđảo\u202c \x1b[31m</article></main>"
)
TITLE = "Họp giao ban <script>document.title='hacked'</script>\u202e" + "x" * 1_000_000
BODY = f"UBND huyện Đầm Hà họp giao ban. Đã tổ chức 15 buổi tuyên truyền. Ông Trần Văn An, Chủ tịch, dự. {HOSTILE}"


@pytest.fixture(scope="module")
def published(server: EmbeddedPostgres) -> Iterator[Settings]:
    """Two reports of one meeting, one of them hostile, and another meeting; published, reports written."""
    with pytest.MonkeyPatch.context() as patch, fresh_warehouse(server, patch) as config:
        with connect("owner", autocommit=True, config=config) as connection:
            raw = RawRows(connection)
            hostile = raw.article(BODY, title=TITLE, url="javascript:alert(1)", published_at="2024-06-21")
            raw.report(
                hostile,
                {"quote": "UBND huyện Đầm Hà họp giao ban."},
                figures=[{"quote": "15 buổi", "low": 15, "counted": "buổi tuyên truyền"}],
                persons=[
                    {"quote": "Trần Văn An", "name": "Trần Văn An", "positions": ["Chủ tịch UBND huyện"]},
                ],
            )
            plain = raw.article(
                "Huyện Đầm Hà tổ chức 15 buổi tuyên truyền.",
                title="Đầm Hà giao ban",
                url="https://baotinh.example/1",
                published_at="2024-06-22",
            )
            raw.report(plain, {}, figures=[{"quote": "15 buổi", "low": 15, "counted": "buổi tuyên truyền"}])
            other = raw.article("Huyện Tiên Yên sơ kết, trồng 7 ha rừng.", title="Tiên Yên sơ kết")
            raw.report(
                other,
                {"host_unit_name": "Tiên Yên", "host_name": "UBND huyện Tiên Yên", "host_body": "UBND"},
                figures=[{"quote": "7 ha", "low": 7, "counted": "rừng", "unit": "ha"}],
            )
        build_candidate(config=config)
        publish_candidate("run", "tester", "auto")
        write_reports()
        yield config


def _pages(config: Settings, kind: str) -> dict[str, str]:
    return {path.stem: path.read_text() for path in (config.reports / "evidence" / kind).glob("*.html")}


def _links(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="([^"]*)"', page)]


def test_every_fact_leads_to_its_words_and_back(published: Settings) -> None:
    meetings, articles = _pages(published, "meetings"), _pages(published, "articles")
    with connect("bi") as connection:
        facts = connection.execute("select metric_value_key, meeting_key, article_id::text from marts.fct_metrics")
        told = facts.fetchall()
    assert len(told) == 2
    assert (len(meetings), len(articles)) == (2, 3)
    for key, meeting, article in told:
        (link,) = [each for each in _links(meetings[meeting]) if each.startswith(f"../articles/{article}.html#t-{key}")]
        anchor = link.partition("#")[2]
        assert f'id="{anchor}"' in articles[article]
        assert f"../meetings/{meeting}.html#f-{key}" in _links(articles[article])
        assert f'id="f-{key}"' in meetings[meeting]
    dead = [
        (name, link)
        for kind, pages in (("meetings", meetings), ("articles", articles))
        for name, page in pages.items()
        for link in _links(page)
        if not link.startswith(("#", "http")) and not _place(published, kind, link).exists()
    ]
    assert dead == []


def _place(config: Settings, kind: str, link: str) -> Path:
    return (config.reports / "evidence" / kind / link.partition("#")[0]).resolve()


def test_an_article_tells_its_record_and_the_office_holder(published: Settings) -> None:
    (page,) = [each for each in _pages(published, "articles").values() if "U+202E" in each]
    assert "file:///a.jsonl" in page
    assert re.search(r"row:[0-9a-f]{8}", page)
    assert re.search(r'<mark class="person"><a href="[^"]*">Trần Văn An</a></mark>', page)
    assert re.search(r'<mark class="figure"><a href="[^"]*">15 buổi</a></mark>', page)


def test_hostile_text_is_only_text(published: Settings) -> None:
    for page in [*_pages(published, "articles").values(), *_pages(published, "meetings").values()]:
        assert "<script" not in page
        assert "<img" not in page
        assert "javascript:" not in "".join(_links(page))
        assert not re.search("[\u202e\x1b]", page)
        assert len(page) < 40_000  # nothing of a megabyte
    search = (published.reports / "meetings.html").read_text()
    assert search.count("<script") == 2  # its rows and its search
    assert not re.search("[\u202e\x1b]", search)


@needs_chromium
def test_in_a_browser_nothing_runs_or_is_fetched_and_the_search_finds(published: Settings) -> None:
    with browser() as chromium:
        for page in (published.reports / "evidence").glob("*/*.html"):
            assert "<title>hacked" not in chromium.document(page)
        search = chromium.document(published.reports / "meetings.html")
        overview = chromium.document(published.reports / "index.html")
        assert chromium.asked == []
    assert "<title>hacked" not in search
    assert re.search(r'id="told"[^>]*>2 / 2<', search)  # the policy lets the page's own script run
    assert overview.count("<canvas") == 4


@needs_chromium
def test_a_review_is_drawn_judged_and_scored(published: Settings, tmp_path: Path) -> None:
    drawn = jobs.draw_review(10, "1", tmp_path)
    assert drawn["rows"] == 4  # all there is: two meetings, two facts
    assert jobs.draw_review(10, "1", tmp_path)["sample_id"] == drawn["sample_id"]
    sheet = Path(drawn["sheet"])
    assert not re.search("[\u202e\x1b]", sheet.read_text())
    with browser() as chromium:
        form = chromium.document(Path(drawn["form"]))
        assert chromium.asked == []
    assert "<title>hacked" not in form
    assert form.count("<fieldset") == 4

    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    for row in rows:
        row["verdict"] = "right"
    rows[-1] |= {"verdict": "wrong", "wrong_fields": "period, unit"}
    _, found = jobs.import_review(_saved(sheet, rows), "editor")
    shares = {(each.row_kind, each.field): round(each.share, 3) for each in found}
    assert shares["meeting", "all"] == 1
    assert (shares["fact", "all"], shares["fact", "period"], shares["fact", "value"]) == (0.5, 0.5, 1)
    with connect("auditor") as connection:
        kept = connection.execute(
            "select field, reviewed, interval_low, interval_high from audit.review_results where row_kind = 'fact'"
        ).fetchall()
        assert audit_verification.verify(connection).links
    assert len(kept) == 8
    assert all(0 <= low < high <= 1 and reviewed == 2 for _, reviewed, low, high in kept)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param({"verdict": "yes"}, "line 2: the verdict 'yes' is none of", id="verdict"),
        pytest.param({"verdict": "wrong"}, "line 2: wrong_fields go with", id="wrong without a field"),
        pytest.param({"verdict": "wrong", "wrong_fields": "colour"}, "line 2: colour is no field", id="field"),
        pytest.param({"verdict": "right", "row_key": "x"}, "line 2: 'x' is no row of sample", id="key"),
        pytest.param({"verdict": ""}, "no row has a verdict", id="nothing judged"),
    ],
)
@pytest.mark.usefixtures("published")
def test_a_sheet_that_is_wrong_names_its_line(tmp_path: Path, change: dict[str, str], why: str) -> None:
    sheet = Path(jobs.draw_review(10, "2", tmp_path)["sheet"])
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with pytest.raises(ReviewError, match=why):
        jobs.import_review(_saved(sheet, [rows[0] | change]), "editor")


def _saved(sheet: Path, rows: list[dict[str, str]]) -> Path:
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.DictWriter(stream, rows[0])
        lines.writeheader()
        lines.writerows(rows)
    return sheet


def test_a_second_run_leaves_pages_alone_and_a_take_down_removes_them(published: Settings) -> None:
    assert write_reports()["evidence"] == {"written": 0, "unchanged": 5, "removed": 0}
    (gone,) = [name for name, page in _pages(published, "articles").items() if "U+202E" in page]
    with connect("loader", autocommit=True) as connection:
        removal.take_down(connection, gone, "theo yêu cầu")
    build_candidate(config=published)
    publish_candidate("run 2", "tester", "auto")
    assert write_reports()["evidence"] == {"written": 2, "unchanged": 2, "removed": 1}
    assert gone not in _pages(published, "articles")
    left = [path for path in published.reports.rglob("*") if path.is_file() and gone in path.read_text(errors="ignore")]
    assert left == []
