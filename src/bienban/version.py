"""Which extractor made a record: the package's version and a hash over what decides its answers.

Never part of a key: the same article gives the same keys under every version.
"""

import hashlib
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

_DIGITS = 12
_KEPT = (".py", ".yml", ".json", ".csv", ".gz", ".zst", ".parquet", ".tsv")
_OUTSIDE = frozenset({"io", "stack", "__pycache__"})  # decide nothing about an article's records


@cache
def extractor_version() -> str:
    """For instance "0.1.0+3f9c0a7b21de": 12 hex of the sha256 over code, lexicons and register."""
    digest = hashlib.sha256()
    for name, content in sorted(_files(resources.files("bienban"), "")):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return f"{version('bienban')}+{digest.hexdigest()[:_DIGITS]}"


def _files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in _OUTSIDE:
            found += _files(entry, f"{prefix}{entry.name}/")
        elif entry.is_file() and entry.name.endswith(_KEPT):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found
