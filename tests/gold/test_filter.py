"""The candidate filter against articles labelled by reading, described in `filter_labels.md`."""

import csv
from functools import cache
from math import sqrt
from pathlib import Path

import pyarrow as pa
import pytest

from bienban.candidates import KEPT, filtered
from bienban.evaluation.filter_training import records_of, write_table
from bienban.io.readers import Record
from tests.gold.conftest import CASES

FOLDER = Path(__file__).parent
LABELS = (FOLDER / "filter_labels.csv", FOLDER / "filter_labels_more.csv")
DUMP = CASES and CASES / "dumps" / "vietnews-sample.zip"
POPULATION = {"lead": 2.0, "body": 2.0, "none": 10.0}  # records of the dump that one labelled in a half stands for


@cache
def _records() -> dict[str, Record]:
    assert DUMP is not None
    return records_of(DUMP)


@cache
def _labels() -> list[dict[str, str]]:
    lines = [line for path in LABELS for line in csv.DictReader(path.open(encoding="utf-8"))]
    drawn = [_records()[line["locator"]] for line in lines]
    texts, titles = (pa.array([getattr(each, name) for each in drawn], pa.large_string()) for name in ("text", "title"))
    for line, outcome in zip(lines, filtered(texts, titles).tolist(), strict=True):
        line["is_kept"] = "1" if outcome == KEPT else "0"
    return lines


@pytest.mark.parametrize(
    ("half", "draw", "least_recall", "least_precision"),
    [
        pytest.param("", "random", 0.99, 0.4, id="a plain sample of 400"),
        pytest.param("open", "random", 0.99, 0.4, id="its open half"),
        pytest.param("closed", "random", 0.99, 0.4, id="its closed half"),
        pytest.param("open", "", 0.99, 0.4, id="all that the weights were learnt from"),
        pytest.param("closed", "", 0.97, 0.4, id="all that nobody looked at: what was measured"),
    ],
)
def test_few_reports_are_lost_and_little_else_is_kept(
    half: str, draw: str, least_recall: float, least_precision: float
) -> None:
    labels = [line for line in _labels() if half in ("", line["half"]) and draw in ("", line.get("draw"))]
    weights = [1.0 if draw else 0.0 if line.get("draw") == "words" else POPULATION[line["stratum"]] for line in labels]
    reports = [line for line in labels if line["is_meeting_report"] == "1"]
    found = sum(line["is_kept"] == "1" for line in reports)
    kept, right = (
        sum(weight for line, weight in zip(labels, weights, strict=True) if line["is_kept"] == line[as_well] == "1")
        for as_well in ("is_kept", "is_meeting_report")
    )
    low, high = _wilson(found, len(reports))
    told = f"recall {found}/{len(reports)} ({low:.3f} to {high:.3f}), precision {right / kept:.3f}"
    print(f"{half or 'both'} {draw or 'all'}: {len(labels)} articles, {told}")
    assert found / len(reports) >= least_recall
    assert right / kept >= least_precision


def test_the_table_of_features_is_what_is_counted_today(tmp_path: Path) -> None:
    write_table(tmp_path / "features.csv", _records(), LABELS)
    assert (tmp_path / "features.csv").read_text() == (FOLDER / "filter_features.csv").read_text()


def _wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    share, z = hits / of, 1.96
    middle, half = share + z * z / (2 * of), z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)
