"""The overview page: what it says before and after a publication, and that it stays one harmless file."""

import re

from bienban.io.database import connect
from bienban.io.publisher import publish_candidate, rollback
from bienban.io.reports import write_reports
from bienban.settings import Settings
from tests.warehouse.candidates import make_candidate


def _page(config: Settings) -> str:
    write_reports()
    return (config.reports / "index.html").read_text()


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.partition("<main")[2]))


def test_before_anything_was_read_it_says_so(warehouse):
    told = _words(_page(warehouse))
    assert "Nothing is published yet." in told
    assert "No dump file was offered yet." in told
    assert "No candidate was validated yet." in told


def test_it_shows_versions_and_the_balance_of_each_file(warehouse):
    with connect("loader") as connection:
        connection.execute(
            """insert into raw.dump_files (dump_file_id, url, identity, status, records_read, loaded, duplicates,
            filtered, rejected) values ('d', 'file:///báo.jsonl', '1', 'loaded', 12345, 12000, 300, 40, 5)"""
        )
    for number in (1, 2):
        make_candidate({"m1": 1, f"m{number + 1}": 2}, {"v1": ("m1", number)})
        publish_candidate(f"run{number}", "editor", "asked")
    rollback(1, "editor")
    told = _words(_page(warehouse))
    assert "Version 3 is what readers of marts see" in told
    assert "It restores version 1 and is pinned until raw has news." in told
    assert "file:///báo.jsonl loaded 12,345 12,000 300 40 5" in told
    assert "3 current (restores 1)" in told


def test_text_from_outside_stays_text(warehouse):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    with connect("loader") as connection:
        connection.execute(
            """insert into raw.dump_files (dump_file_id, url, identity, status, error)
            values ('d', %s, '1', 'failed', %s)""",
            (f"file:///{hostile}", hostile),
        )
    with connect("validator") as connection:
        connection.execute(
            """insert into audit.validation_results (run_id, suite, table_name, expectation, expectation_id, severity,
            success, observed_value, sample)
            values ('run', 's', 't', 'e', 's/1', 'critical', false, %s, to_jsonb(array[%s]))""",
            (hostile, hostile),
        )
    page = _page(warehouse)
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert re.findall(r"(?:src|href)=\"?https?:", page) == []
