"""The reports at another address too: a folder, a bucket, whatever fsspec can write to.

A list of hashes beside the pages says what is there already, so that only what changed travels; it is written
last, and a mirror that was killed on the way is finished by the next.
"""

import hashlib
from pathlib import Path

import orjson

from bienban.io.readers import SourceError
from bienban.io.remote import opened, shown

_LIST = ".bienban-mirror.json"


def mirror(folder: Path, url: str) -> dict[str, int]:
    """Make ``url`` hold the files of ``folder``; counts of sent, unchanged and removed files.

    Only files that an earlier mirror sent are ever removed. Raises SourceError when the store refuses.
    """
    files, place = opened(url)
    pages = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    try:
        known: dict[str, str] = orjson.loads(files.cat_file(f"{place}/{_LIST}"))
    except (FileNotFoundError, orjson.JSONDecodeError):
        known = {}
    except Exception as error:
        raise SourceError(f"{shown(url)}: {type(error).__name__}") from error
    changed = [page for page, sha256 in pages.items() if known.get(page) != sha256]
    gone = known.keys() - pages.keys()
    try:
        for page in changed:
            files.makedirs(f"{place}/{page}".rpartition("/")[0], exist_ok=True)
            files.put_file(str(folder / page), f"{place}/{page}")
        for page in gone:
            if files.exists(f"{place}/{page}"):
                files.rm_file(f"{place}/{page}")
        files.makedirs(place, exist_ok=True)
        files.pipe_file(f"{place}/{_LIST}", orjson.dumps(pages, option=orjson.OPT_SORT_KEYS))
    except Exception as error:  # every store's library has its own
        raise SourceError(f"{shown(url)}: the reports could not be written there: {type(error).__name__}") from error
    return {"sent": len(changed), "unchanged": len(pages) - len(changed), "removed": len(gone)}
