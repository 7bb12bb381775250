"""Many rewritten reports, the real extractor, one build: as many meetings as there were.

Sixty meetings by default; ``BIENBAN_MERGE_MEETINGS=500`` and ``BIENBAN_MERGE_SEED`` measure more.
"""

import os
import uuid

from bienban.extract import extract
from bienban.io.database import connect
from bienban.io.dbt import build_candidate
from bienban.io.extraction_store import extract_new
from bienban.settings import Settings
from tests.warehouse.raw_rows import VERSION, RawRows
from tests.warehouse.rewritten_reports import make_reports, pairwise_f1

MEETINGS = int(os.environ.get("BIENBAN_MERGE_MEETINGS", "60"))
SEED = int(os.environ.get("BIENBAN_MERGE_SEED", "7"))


def test_one_meeting_from_many_rewritten_reports(warehouse: Settings) -> None:
    truth: dict[uuid.UUID, int] = {}
    with connect("owner", autocommit=True, config=warehouse) as connection:
        raw = RawRows(connection)
        for report in make_reports(MEETINGS, SEED):
            published = report.published_on and f"{report.published_on} 09:00+07"
            article = raw.article(report.text, url=report.url, site=None, published_at=published, title=report.title)
            truth[article] = report.meeting
    with connect("loader", autocommit=True, config=warehouse) as connection:
        extract_new(connection, extract, VERSION)

    build_candidate(config=warehouse)

    with connect("transformer", config=warehouse) as connection:
        linked = connection.execute(
            "select article_id, meeting_key from marts_candidate.bridge_meeting_articles"
        ).fetchall()
        twice = connection.execute(
            "select meeting_key, metric_key, counted, value_low from marts_candidate.fct_metrics"
            " group by 1, 2, 3, 4, period_from, status having count(*) > 1"
        ).fetchall()
    precision, recall, f1 = pairwise_f1((truth[article], meeting) for article, meeting in linked)
    meetings = len({meeting for _, meeting in linked})
    told = f"{meetings} of {MEETINGS} meetings, {len(truth)} reports, {precision=:.4f} {recall=:.4f} {f1=:.4f}"
    print(told)
    assert len(linked) >= 0.98 * len(truth), told
    assert abs(meetings - MEETINGS) <= max(1, 0.02 * MEETINGS), told
    assert f1 >= 0.98, told
    assert twice == []


def test_the_truth_is_what_is_measured() -> None:
    assert pairwise_f1([(1, "a"), (1, "a"), (2, "b")]) == (1, 1, 1)
    assert pairwise_f1([(1, "a"), (1, "b"), (1, "b"), (2, "b")]) == (1 / 3, 1 / 3, 1 / 3)
