"""A folder of annotated articles, and what the extractor says about them."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bienban.export import extract_records
from bienban.records import Article


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article with its annotation."""

    article: Article
    annotation: dict[str, Any]


class GoldError(ValueError):
    """A gold folder that cannot be read; the message names the file and the reason."""


def load_gold(folder: Path, prefix: str = "") -> list[GoldArticle]:
    """The annotated articles of ``folder`` whose id begins with ``prefix``, by name.

    Raises GoldError when the folder has none, or an annotation is no JSON or has no text beside it.
    """
    found = []
    for path in sorted(folder.glob(f"{prefix}*.json")):
        if path.name.endswith(".meta.json"):
            continue
        annotation = _read(path)
        if "is_meeting_report" in annotation:
            found.append(GoldArticle(_article(path, annotation), annotation))
    if not found:
        raise GoldError(f"{folder}: no annotated articles (NAME.json beside NAME.txt)")
    return found


def predict(gold: list[GoldArticle]) -> dict[str, dict[str, Any]]:
    """The extractor's object for each article, by id."""
    return {record["id"]: record for record in extract_records(item.article for item in gold)}


def _article(path: Path, annotation: dict[str, Any]) -> Article:
    text = path.with_suffix(".txt")
    if not text.is_file():
        raise GoldError(f"{path}: no text {text.name} beside it")
    meta_path = path.with_suffix(".meta.json")
    meta = _read(meta_path) if meta_path.is_file() else {}
    published = meta.get("published_on")
    return Article(
        id=str(annotation["id"]),
        # As `bienban extract` hands it over: line ends kept, no byte order mark.
        text=text.read_bytes().decode("utf-8-sig"),
        url=meta.get("url"),
        published_on=date.fromisoformat(published) if published else None,
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise GoldError(f"{path}: no JSON: {error}") from error
    if not isinstance(content, dict):
        raise GoldError(f"{path}: no JSON object")
    return content
