"""Scores as a table for people and as JSON for programs."""

from typing import Any

from bienban.evaluation.scoring import FIELDS, Scores
from bienban.evaluation.tally import Tally


def as_table(scores: Scores) -> str:
    """A Markdown table: a row per field, the micro average last."""
    rows = [
        "| field | measure | score | precision | recall | right | false | missed |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    rows += [_row(key if enters else f"{key} *", scores.fields[key]) for key, (_, enters) in FIELDS.items()]
    rows += [
        _row("**micro average**", scores.micro),
        "",
        f"{scores.articles} articles; rows marked * do not enter the average.",
    ]
    return "\n".join(rows)


def as_json(scores: Scores) -> dict[str, Any]:
    """``{"articles", "scores": {field: {"score", "precision", "recall", "right", "false", "missed"}}, "errors"}``."""
    tallies = {**scores.fields, "micro": scores.micro}
    return {
        "articles": scores.articles,
        "scores": {key: _values(tally) for key, tally in tallies.items()},
        "errors": {article: errors for article, errors in scores.errors.items() if errors},
    }


def _values(tally: Tally) -> dict[str, float | int | str]:
    return {
        "measure": tally.measure,
        "score": round(tally.score, 6),
        "precision": round(tally.precision, 6),
        "recall": round(tally.recall, 6),
        "right": tally.right,
        "false": tally.false,
        "missed": tally.missed,
    }


def _row(name: str, tally: Tally) -> str:
    shares = f"{tally.score:.4f} | {tally.precision:.4f} | {tally.recall:.4f}"
    return f"| {name} | {tally.measure} | {shares} | {tally.right} | {tally.false} | {tally.missed} |"
