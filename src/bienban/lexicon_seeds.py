"""Lexicons as dbt seeds: ``python -m bienban.lexicon_seeds`` writes them, a test keeps them equal.

Not here: the register's seeds (``bienban.register.seeds``), what the models do with them.
"""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from bienban.lexicon import load_lexicon
from bienban.metrics import catalogue


def seed_files() -> dict[str, str]:
    """Path below ``dbt_project/seeds`` -> content. UTF-8, ``\\n`` line ends, in the order of the lexicons."""
    offices = load_lexicon("abbreviations")["offices"].forms
    return {
        "metrics/metrics.csv": _csv(
            ("metric_code", "metric_name_vi", "metric_name_en", "measure_unit", "topic", "is_additive"), _metrics()
        ),
        "bodies/body_words.csv": _csv(("form", "words"), offices.items()),
        "bodies/body_names.csv": _csv(("form", "words", "is_whole_name"), _names_of_bodies()),
        "bodies/body_types.csv": _csv(("form", "body_type"), _forms("body_types")),
        "documents/document_series.csv": _csv(("suffix", "reach"), _forms("document_series")),
        "people/public_offices.csv": _csv(("form", "office_kind"), _forms("public_offices")),
    }


def write_seeds(folder: Path) -> None:
    """Write every seed below ``folder``."""
    for name, content in seed_files().items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="")


def _metrics() -> Iterable[tuple[str, ...]]:
    for metric in catalogue().values():
        additive = "true" if metric.is_additive else "false"
        yield metric.code, metric.name_vi, metric.name_en, metric.unit, metric.topic, additive


def _names_of_bodies() -> Iterable[tuple[str, ...]]:
    for key, entry in load_lexicon("body_names").items():
        for form, words in entry.forms.items():
            yield form, words, "true" if key == "whole" else "false"


def _forms(lexicon: str) -> Iterable[tuple[str, ...]]:
    return ((form, key) for key, entry in load_lexicon(lexicon).items() for form in entry.forms)


def _csv(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


if __name__ == "__main__":
    write_seeds(Path("dbt_project/seeds"))
