"""Learn the candidate filter's weights: ``python -m bienban.evaluation.filter_training --features FILE FOLDER...``.

From the features of labelled articles (a table, for their texts are not of the project) and the annotated articles of
the folders it fits a logistic regression with a quadratic penalty, no weight on the wrong side of what its group
speaks for, and writes ``candidate_weights.json``. The threshold is the lowest score of a report, less a margin.

``--count DUMP --labels CSV...`` writes the table anew from the open half of the labels, after phrases have changed.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa

from bienban import candidates
from bienban.candidate_features import WHOLE, Floats, features
from bienban.evaluation.gold import load_gold
from bienban.io.readers import Dump, Record, SourceError
from bienban.lexicon import load_lexicon

SHIPPED = Path(candidates.__file__).with_name("candidate_weights.json")
_PENALTY = 15.0
_DOUBTFUL, _ANNOTATED = 0.3, 0.5  # weights of borderline articles that are no reports; of annotated articles
_MARGIN = 0.4
_SWEEPS = 400
_SCALE = 100  # of shortness, a share, in the table of counts


@dataclass(frozen=True, slots=True)
class Labelled:
    """Articles that name a gathering: a row of features each, whether it is a report, how much it counts."""

    rows: Floats
    is_report: Floats
    counts: Floats

    def __add__(self, other: "Labelled") -> "Labelled":
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__slots__)
        return Labelled(*(np.concatenate(pair) for pair in pairs))


def annotated(folders: Iterable[Path]) -> Labelled:
    """The annotated articles of the folders. Raises GoldError."""
    gold = [item for folder in folders for item in load_gold(folder)]
    rows, found = _features([item.article.text for item in gold], [None] * len(gold))
    reports = np.array([float(gold[row].annotation["is_meeting_report"]) for row in rows])
    return Labelled(found, reports, np.full(len(rows), _ANNOTATED))


def read_table(path: Path) -> Labelled:
    """The table that ``write_table`` wrote. Raises ValueError when it was made with other phrases."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    if tuple(head[3:]) != features().names:
        raise ValueError(f"{path}: other features than the lexicon's; count them anew (--count)")
    table = np.array([line[1:] for line in lines], float)
    table[:, -1] /= _SCALE
    reports, doubtful = table[:, 0], table[:, 1] == 1
    return Labelled(table[:, 2:], reports, np.where(doubtful & (reports == 0), _DOUBTFUL, 1.0))


def records_of(dump: Path) -> dict[str, Record]:
    """The dump's records by locator. Raises SourceError."""
    return {found.locator: found for found in Dump(dump).read() if isinstance(found, Record)}


def write_table(path: Path, records: Mapping[str, Record], labels: Iterable[Path]) -> None:
    """The features of the labels' open half, by the texts' SHA-256, of those that name a gathering."""
    lines = [line for each in labels for line in csv.DictReader(each.open(encoding="utf-8")) if line["half"] == "open"]
    drawn = [records[line["locator"]] for line in lines]
    rows, found = _features([each.text for each in drawn], [each.title for each in drawn])
    found[:, -1] = np.round(found[:, -1] * _SCALE)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["text_sha256", "is_meeting_report", "is_borderline", *features().names])
        for row, counts in zip(rows, found.astype(int).tolist(), strict=True):
            line = lines[row]
            writer.writerow([line["text_sha256"], line["is_meeting_report"], line["is_borderline"], *counts])


def fit(labelled: Labelled) -> tuple[float, dict[str, float]]:
    """The least score of what is kept, and the weights by feature, those that are 0 left out.

    One coordinate after the other, each step bounded by the curvature and cut where its sign would be wrong.
    """
    spread = labelled.rows.std(0) + 1e-9
    columns = np.concatenate([np.ones((len(labelled.rows), 1)), labelled.rows / spread], 1)
    lower, upper = (np.concatenate([[end], bounds]) for end, bounds in zip((-np.inf, np.inf), _bounds(), strict=True))
    bends = (labelled.counts[:, None] * columns**2).sum(0) / 4
    weights = np.zeros(columns.shape[1])
    scores = columns @ weights
    for _ in range(_SWEEPS):
        for at in range(len(weights)):
            wrong = labelled.counts * (1 / (1 + np.exp(-scores)) - labelled.is_report)
            penalty = _PENALTY if at else 0.0
            slope = wrong @ columns[:, at] + penalty * weights[at]
            step = (
                float(np.clip(weights[at] - slope / (bends[at] + penalty + 1e-9), lower[at], upper[at])) - weights[at]
            )
            weights[at] += step
            scores += step * columns[:, at]
    least = scores[labelled.is_report == 1].min() - weights[0] - _MARGIN
    named = zip(features().names, weights[1:] / spread, strict=True)
    return round(float(least), 3), {name: round(float(weight), 4) for name, weight in named if abs(weight) >= 5e-5}


def _bounds() -> tuple[Floats, Floats]:
    """The least and the greatest weight of each feature."""
    groups = load_lexicon("candidates")
    speaks = [
        str(groups[name.split(".")[0]].fields.get("speaks", "")) if "." in name else name for name in features().names
    ]
    against, spoken_for = ("against", *WHOLE[:5]), ("for", *WHOLE[5:])
    lower = [0.0 if each in spoken_for else -np.inf for each in speaks]
    return np.array(lower), np.array([0.0 if each in against else np.inf for each in speaks])


def _features(texts: list[str], titles: list[str | None]) -> tuple[list[int], Floats]:
    rows, heads = candidates.gathering_heads(pa.array(texts, pa.large_string()), pa.array(titles, pa.large_string()))
    return rows.tolist(), features().of(heads)


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0, or 1 when the table or a folder cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m bienban.evaluation.filter_training", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*", help="of annotated articles")
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--count", type=Path, metavar="DUMP")
    parser.add_argument("--labels", type=Path, nargs="*", default=[])
    chosen = parser.parse_args(arguments)
    try:
        if chosen.count:
            write_table(chosen.features, records_of(chosen.count), chosen.labels)
        labelled = read_table(chosen.features)
        least, weights = fit(labelled + annotated(chosen.folders) if chosen.folders else labelled)
    except (OSError, ValueError, SourceError) as error:
        print(f"filter_training: {error}", file=sys.stderr)
        return 1
    SHIPPED.write_bytes(orjson.dumps({"least": least, "weights": weights}, option=orjson.OPT_INDENT_2) + b"\n")
    print(f"{len(labelled.rows)} labelled articles, {len(weights)} weights, least score {least}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
