"""Whether confidence means what it says: ``python -m bienban.evaluation.calibration FOLDER...``.

Prints a table of reliability: records by predicted confidence, and how many of each group agree with the
annotation in all fields. Each article is predicted from the others, in five parts; with ``--shipped`` by what the
package ships. ``--write`` counts all articles and writes ``confidence.json``, from which ``bienban.confidence``
reads. ``--record FILE`` keeps what was judged as CSV, ``--recorded FILE`` reads it back in place of folders: articles
that the rules have not been mended on say what to expect, and only the day they are first read shows it. ``--into FILE
--section NAME`` writes the table between ``<!-- reliability: NAME -->`` and ``<!-- end -->``.
"""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from bienban import confidence
from bienban.evaluation import figure_scores, people_scores
from bienban.evaluation.__main__ import write_section
from bienban.evaluation.comparing import document_key
from bienban.evaluation.gold import load_gold, predict

SHIPPED = Path(confidence.__file__).with_name("confidence.json")
BINS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0001)
_PARTS = 5
_ALL_FIELDS = ("qualifier", "counted", "unit", "per", "status", "period", "of")
_HEAD = "| kind | predicted | records | mean prediction | agreement |\n|---|---|--:|--:|--:|"


@dataclass(frozen=True, slots=True)
class Judged:
    """One record found in one annotated article, and whether the annotation has it so."""

    article: str
    kind: str
    rule: str
    is_right: bool


def judge(folders: Iterable[Path]) -> list[Judged]:
    """Every figure, person and document found in the annotated articles of the folders. Raises GoldError."""
    found: list[Judged] = []
    for folder in folders:
        gold = load_gold(folder)
        predictions = predict(gold)
        for item in gold:
            article, given = item.article.id, predictions[item.article.id]
            found += (Judged(article, *record) for record in _judged(item.annotation, given))
    return found


def record(records: Iterable[Judged], path: Path) -> None:
    """Write what was judged, one line a record."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("article", "kind", "rule", "is_right"))
        rows.writerows((each.article, each.kind, each.rule, int(each.is_right)) for each in records)


def recorded(path: Path) -> list[Judged]:
    """What ``record`` wrote, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [Judged(row["article"], row["kind"], row["rule"], row["is_right"] == "1") for row in rows]


def count(records: Iterable[Judged]) -> dict[str, dict[str, tuple[int, int]]]:
    """Right records and all records by kind and rule, sorted."""
    counted: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for record in records:
        tally = counted[record.kind][record.rule]
        tally[0] += record.is_right
        tally[1] += 1
    return {
        kind: {rule: (right, seen) for rule, (right, seen) in sorted(rules.items())}
        for kind, rules in sorted(counted.items())
    }


def reliability(records: Sequence[Judged], *, by_shipped: bool = False) -> str:
    """The table: every record predicted from the articles of the other parts, or by what is shipped."""
    articles = sorted({record.article for record in records})
    part = {article: at % _PARTS for at, article in enumerate(articles)}
    predicted: dict[tuple[str, int], list[tuple[float, bool]]] = defaultdict(list)
    for left_out in range(_PARTS):
        others = count(record for record in records if part[record.article] != left_out)
        chances = confidence.smoothed(orjson.loads(SHIPPED.read_bytes()) if by_shipped else others)
        for record in records:
            if part[record.article] == left_out:
                chance = chances.get((record.kind, record.rule), chances.get((record.kind, ""), 0.5))
                at = max(index for index, low in enumerate(BINS) if low <= chance)
                predicted[record.kind, at].append((chance, record.is_right))
    rows = [_HEAD]
    for (kind, at), pairs in sorted(predicted.items()):
        mean, agreement = (sum(values) / len(pairs) for values in zip(*pairs, strict=True))
        rows.append(
            f"| {kind} | {BINS[at]:.2f}–{min(BINS[at + 1], 1):.2f} | {len(pairs)} | {mean:.3f} | {agreement:.3f} |"
        )
    return "\n".join(rows)


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0."""
    parser = argparse.ArgumentParser(prog="python -m bienban.evaluation.calibration", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--record", type=Path, help="where to keep what was judged")
    parser.add_argument("--recorded", type=Path, action="append", default=[], help="read what was judged before")
    parser.add_argument("--write", action="store_true", help="write the counts that are shipped")
    parser.add_argument("--shipped", action="store_true", help="predict by the counts that are shipped")
    parser.add_argument("--into", type=Path, help="a Markdown file that holds the section")
    parser.add_argument("--section", default="", help="the name in the section's mark")
    chosen = parser.parse_args(arguments)
    records = [*judge(chosen.folders), *(each for path in chosen.recorded for each in recorded(path))]
    if chosen.record:
        record(records, chosen.record)
    table = reliability(records, by_shipped=chosen.shipped)
    if chosen.write:
        SHIPPED.write_bytes(orjson.dumps(count(records), option=orjson.OPT_INDENT_2) + b"\n")
    if chosen.into:
        write_section(chosen.into, chosen.section, table, kind="reliability")
    print(table)
    return 0


def _judged(wanted: dict[str, Any], given: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    yield from _figures(wanted.get("figures") or [], given["figures"])
    meeting, found = wanted.get("meeting") or {}, given["meeting"] or {}
    names = people_scores.everyone(meeting), people_scores.everyone(found)
    pairs, _, false = people_scores.match(*names)
    yield from (("person", person["rule"], person["role"] == other["role"]) for other, person in pairs)
    yield from (("person", person["rule"], False) for person in false)
    keys = {document_key(document) for document in wanted.get("documents") or []}
    yield from (("document", document["rule"], document_key(document) in keys) for document in given["documents"])


def _figures(wanted: list[dict[str, Any]], given: list[dict[str, Any]]) -> Iterator[tuple[str, str, bool]]:
    pairs = {j: i for i, j in figure_scores.pair(wanted, given)}
    for j, figure in enumerate(given):
        gold = wanted[pairs[j]] if j in pairs else None
        if gold is not None and gold.get("optional"):
            continue
        is_right = gold is not None and figure_scores.same_value(gold, figure)
        if is_right and gold is not None:
            marks = figure_scores.attributes(gold, figure)
            is_right = all(marks[name] for name in _ALL_FIELDS)
        yield "figure", figure["rule"], is_right


if __name__ == "__main__":
    sys.exit(main())
