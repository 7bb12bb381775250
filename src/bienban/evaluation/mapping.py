"""How many figures the catalogue maps, and how rightly: ``bienban extract … | python -m bienban.evaluation.mapping``.

Standard input is what ``bienban extract`` prints. ``--labels`` names a file of figures labelled by reading (article,
span, metric or null, also: others whose names are as true of it); precision counts over the labelled figures that the
catalogue maps, coverage over all figures. ``--into FILE --section NAME`` writes the table between the comments
``mapping: NAME`` and ``end``.

Not here: how a figure is matched (``bienban.metrics``).
"""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import yaml

from bienban.evaluation.__main__ import write_section

Label = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the catalogue says of the figures of some articles."""

    figures: int
    mapped: int
    metrics: int  # different ones among them
    labelled: int  # labels whose figure was found
    said: int  # of these mapped
    right: int  # of these as labelled, or as true
    wrong: tuple[str, ...]  # "article [start, end]: wanted, got"

    @property
    def coverage(self) -> float:
        """Share of all figures that have a metric."""
        return self.mapped / self.figures if self.figures else 0.0

    @property
    def precision(self) -> float:
        """Share of the labelled figures with a metric that have the one they were labelled with."""
        return self.right / self.said if self.said else 0.0


def load_labels(path: Path) -> list[Label]:
    """The labelled figures of a file, in its order."""
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


def map_figures(records: Iterable[Mapping[str, Any]], labels: Sequence[Label] = ()) -> Mapped:
    """Compare records of the extraction contract with labels; a label belongs to the figure it overlaps."""
    found = {record["id"]: record["figures"] for record in records if record["figures"]}
    codes = [figure["metric"] for figures in found.values() for figure in figures]
    pairs = [(label, figure) for label in labels if (figure := _labelled(label, found.get(label["article"], ())))]
    said = [(label, figure) for label, figure in pairs if figure["metric"]]
    wrong = tuple(
        f"{label['article']} {label['span']}: wanted {label['metric']}, got {figure['metric']}"
        for label, figure in said
        if figure["metric"] not in (label["metric"], *label.get("also", ()))
    )
    return Mapped(
        figures=len(codes),
        mapped=sum(code is not None for code in codes),
        metrics=len({code for code in codes if code}),
        labelled=len(pairs),
        said=len(said),
        right=len(said) - len(wrong),
        wrong=wrong,
    )


def as_table(result: Mapped) -> str:
    """A Markdown table of one row."""
    head = "| figures | with a metric | coverage | metrics | labelled | of these mapped | right | precision |"
    precision = f"{result.precision:.3f}" if result.said else ""
    cells = (result.figures, result.mapped, f"{result.coverage:.3f}", result.metrics)
    checked = (result.labelled or "", result.said or "", result.right or "", precision)
    row = " | ".join(str(cell) for cell in (*cells, *checked))
    return f"{head}\n|--:|--:|--:|--:|--:|--:|--:|--:|\n| {row} |"


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0."""
    parser = argparse.ArgumentParser(prog="python -m bienban.evaluation.mapping", description=__doc__)
    parser.add_argument("--labels", type=Path, help="figures labelled by reading")
    parser.add_argument("--errors", action="store_true", help="list what is mapped wrongly")
    parser.add_argument("--into", type=Path, help="a Markdown file that holds the section")
    parser.add_argument("--section", default="", help="the name in the section's mark")
    chosen = parser.parse_args(arguments)
    records = (orjson.loads(line) for line in sys.stdin.buffer)
    result = map_figures(records, load_labels(chosen.labels) if chosen.labels else ())
    table = as_table(result)
    if chosen.into:
        write_section(chosen.into, chosen.section, table, kind="mapping")
    print(table, *(result.wrong if chosen.errors else ()), sep="\n")
    return 0


def _labelled(label: Label, figures: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    start, end = label["span"]
    return next((figure for figure in figures if figure["span"][0] < end and start < figure["span"][1]), None)


if __name__ == "__main__":
    sys.exit(main())
