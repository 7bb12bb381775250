"""What holds for the members of every archive: which are safe to open, which are records, where they stand."""

from collections.abc import Collection
from pathlib import PurePosixPath

from bienban.io.readers.limits import MAX_LOCATOR_BYTES
from bienban.io.readers.records import escaped
from bienban.io.readers.text_files import META_SUFFIX


def unsafe(name: str) -> str | None:
    """Why a member of that name must not be opened."""
    parts = name.replace("\\", "/").split("/")
    if not PurePosixPath(name).name:
        return "it has no name"
    if name.startswith(("/", "\\")) or ".." in parts or parts[0].endswith(":"):
        return "its name points outside of the archive"
    if len(name.encode("utf-8", "surrogatepass")) > MAX_LOCATOR_BYTES:
        return f"its name has more than {MAX_LOCATOR_BYTES} bytes"
    return None


def is_noise(name: str, names: Collection[str]) -> bool:
    """Hidden files, and metadata files that belong to a text."""
    if any(part.startswith(".") and part.strip(".") for part in PurePosixPath(name).parts) or name.startswith(
        "__MACOSX/"
    ):
        return True
    base = name.removesuffix(META_SUFFIX)
    return name != base and any(base + ending in names for ending in (".txt", ".txt.seg", ".seg", ".html", ""))


class Places:
    """Locators of members. Names may repeat in an archive: the second is NAME@2, in the archive's order."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def of(self, name: str) -> str:
        """The locator of the next member of that name."""
        shown = place = escaped(name)
        number = 1
        while place in self._seen:
            number += 1
            place = f"{shown}@{number}"
        self._seen.add(place)
        return f"member:{place}"
