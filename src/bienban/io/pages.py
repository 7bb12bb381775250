"""Pages into a folder, under names that are safe whatever an article is called."""

import re
from collections import Counter
from pathlib import Path

_UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)
_NAME_CHARS = 100  # file systems allow 255 bytes


class Pages:
    """A folder of pages; made when missing. Articles of one name get numbered pages."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._used: Counter[str] = Counter()

    def write(self, name: str, page: str) -> Path:
        """Write the page of the article called ``name``; where it is."""
        safe = _UNSAFE.sub("_", name).strip("._")[:_NAME_CHARS] or "article"
        self._used[safe.lower()] += 1  # some file systems fold case
        number = self._used[safe.lower()]
        path = self._folder / (f"{safe}.html" if number == 1 else f"{safe}-{number}.html")
        path.write_text(page, encoding="utf-8")
        return path
