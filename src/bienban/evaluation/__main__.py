"""``python -m bienban.evaluation GOLD_DIR... [--prefix P] [--errors] [--release FILE] [--into FILE --section NAME]``.

Prints the score table of all folders together. ``--release FILE`` writes the scores with the extractor's version:
the package ships ``io/released_scores.json``, and the gate compares it with what the published version was made
with. ``--into`` writes the table between the marks ``<!-- scores: NAME -->`` and ``<!-- end -->`` of a Markdown
file: the tables of ``docs/accuracy.md`` are made so.
"""

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from bienban.evaluation import as_json, as_table, load_gold, predict, score
from bienban.evaluation.gold import GoldArticle, GoldError
from bienban.version import extractor_version

_RELEASED = ("measure", "score", "precision", "recall")


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0, or 1 when the folder or the section cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m bienban.evaluation", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--prefix", default="", help="only the articles whose name begins so")
    parser.add_argument("--errors", action="store_true", help="list what is wrong, article by article")
    parser.add_argument("--into", type=Path, help="a Markdown file that holds the section")
    parser.add_argument("--section", help="the name in the section's mark")
    parser.add_argument("--release", type=Path, help="where to write the released scores as JSON")
    chosen = parser.parse_args(arguments)
    try:
        gold = [item for folder in chosen.folders for item in load_gold(folder, chosen.prefix)]
        scores = score([item.annotation for item in gold], predict(gold))
        table = as_table(scores)
        if chosen.into:
            write_section(chosen.into, chosen.section or "", table)
        if chosen.release:
            write_release(chosen.release, as_json(scores), gold)
    except GoldError as error:
        print(error, file=sys.stderr)
        return 1
    print(table)
    if chosen.errors:
        for article, errors in scores.errors.items():
            print("", article, *errors, sep="\n  ")
    return 0


def write_section(path: Path, name: str, table: str, kind: str = "scores") -> None:
    """Put ``table`` between the marks of section ``name`` of its kind; GoldError when the file has no such section."""
    text = path.read_text(encoding="utf-8")
    section = re.compile(rf"(<!-- {kind}: {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not section.search(text):
        raise GoldError(f"{path}: no section <!-- {kind}: {name} -->")
    path.write_text(section.sub(lambda match: f"{match[1]}{table}\n{match[2]}", text), encoding="utf-8")


def write_release(path: Path, told: dict[str, Any], gold: list[GoldArticle]) -> None:
    """Write score, precision and recall per field, the extractor's version, and which articles it was scored on.

    Scores on other articles, or on other annotations of them, cannot be compared: ``gold`` tells them apart.
    """
    scores = {field: {name: values[name] for name in _RELEASED} for field, values in told["scores"].items()}
    released = {
        "extractor_version": extractor_version(),
        "articles": told["articles"],
        "gold": _fingerprint(gold),
        "scores": scores,
    }
    path.write_text(json.dumps(released, indent=1) + "\n", encoding="utf-8")


def _fingerprint(gold: list[GoldArticle]) -> str:
    told = [[item.article.text, item.annotation] for item in gold]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
