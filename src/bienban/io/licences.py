"""The licence of a dump, where its metadata state one: beside the file, in its Parquet schema, in its dataset card.

Told as it is written, never guessed from a name or an address.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from bienban.io.readers.text_files import meta_name

_NAMES = ("licence", "license", "licences", "licenses")
_CARD = "README.md"  # as dataset hubs keep it: YAML between two lines of dashes, then words
_MOST_BYTES = 64 * 1024
_MOST_CHARS = 300


def licence_of(path: Path) -> str | None:
    """What ``NAME.meta.json``, the schema's metadata or the folder's card say, the first that says something."""
    for told in (_beside, _schema, _card):
        if licence := _licence(told(path)):
            return licence
    return None


def _beside(path: Path) -> Any:
    try:
        return json.loads(_head(path.with_name(meta_name(path.name))))
    except (OSError, ValueError, RecursionError):
        return None


def _schema(path: Path) -> Any:
    """The schema's own keys, or those of the description that the ``datasets`` library writes into it."""
    try:
        with path.open("rb") as stream:
            if stream.read(4) != b"PAR1":
                return None
        held = pq.read_schema(path).metadata or {}
        told = {key.decode(errors="replace"): value.decode(errors="replace") for key, value in held.items()}
        described = json.loads(told.get("huggingface", "{}"))
    except (OSError, ValueError, RecursionError, pa.ArrowException):
        return None
    return (described.get("info") if isinstance(described, dict) else None) or told


def _card(path: Path) -> Any:
    card = path.with_name(_CARD)
    try:
        return _card_of(card, card.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=16)
def _card_of(card: Path, _changed: int) -> Any:
    """A folder may hold a hundred thousand files."""
    try:
        _, head, _ = _head(card).decode().split("---\n", 2)
        return yaml.safe_load(head)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return None


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_MOST_BYTES)


def _licence(told: Any) -> str | None:
    if not isinstance(told, Mapping):
        return None
    given = next((told[name] for name in _NAMES if told.get(name)), None)
    words = [str(each) for each in (given if isinstance(given, list) else [given]) if isinstance(each, str)]
    return " ".join(", ".join(words).replace("\x00", "").split())[:_MOST_CHARS] or None
