"""Which field of a dump is which of ours, by its name.

Not here: the names that dumps use (``lexicon/columns.yml``), what the fields hold (``fields.py``).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from bienban.lexicon import load_lexicon

Columns = Mapping[str, tuple[str, ...]]
Places = tuple[tuple[str, Any, str], ...]  # name, key, and what is left of the name for an inner object
_DIVIDERS = re.compile(r"[\s_/:-]+|\(.*?\)")  # "Ngày đăng (dd/mm/yyyy)"
_PLAIN = re.compile(r"(?:plain|raw|main)?text(?:raw)?")  # holds words; what looks like a tag is one of them


@cache
def default_columns() -> dict[str, tuple[str, ...]]:
    """Our field -> names that dumps give it, best first."""
    return {key: tuple(entry.forms) for key, entry in load_lexicon("columns").items() if entry.forms}


def parse_columns(mapping: str) -> dict[str, tuple[str, ...]]:
    """``text=content,title=headline`` over the defaults. Raises ValueError naming the wrong part."""
    parts = (part.partition("=") for part in filter(None, (part.strip() for part in mapping.split(","))))
    return named_columns({ours.strip(): theirs.strip() for ours, _, theirs in parts})


def named_columns(names: object) -> dict[str, tuple[str, ...]]:
    """Our field -> the dump's name, over the defaults. Raises ValueError naming the wrong part."""
    columns = dict(default_columns())
    for ours, theirs in names.items() if isinstance(names, Mapping) else [(names, None)]:
        if ours not in columns or not isinstance(theirs, str) or not theirs:
            raise ValueError(f"{ours!r}={theirs!r} is no FIELD=NAME with a field of {', '.join(columns)}")
        columns[str(ours)] = (theirs,)
    return columns


def is_column(held: str, names: Iterable[str]) -> bool:
    """Whether the column is one of the names, or the outer object of one ("publish" of "publish.$date")."""
    return not _known(tuple(names)).isdisjoint((_folded(held), _short(held)))


@lru_cache(1024)
def is_plain(name: str) -> bool:
    """Whether a field of that name holds words, whatever they look like."""
    return bool(_PLAIN.fullmatch(_folded(name)))


def is_universal(name: str) -> bool:
    """Whether moments of that field are told in UTC ("post_date_gmt")."""
    return _folded(name).endswith(("gmt", "utc"))


def needs_address(name: str) -> bool:
    """Whether a field of that name is the article's address only where it looks like one."""
    return name in load_lexicon("columns")["url"].fields["only_addresses"]


@lru_cache(4096)
def places(keys: tuple[Any, ...], names: tuple[str, ...]) -> Places:
    """Where the names stand among the keys: name, key, and what is left of the name for an inner object."""
    held: dict[str, Any] = {}
    for told in (_folded, _short):  # "title" before "news_title"
        for key in keys:
            if isinstance(key, str) and told(key):
                held.setdefault(told(key), key)
    places = []
    for name in names:
        folded = _folded(name)
        outer, _, inner = folded.partition(".")
        if name in keys:
            places.append((name, name, ""))
        elif folded in held:
            places.append((name, held[folded], ""))
        elif inner and outer in held:
            places.append((name, held[outer], inner))
    return tuple(places)


@lru_cache(4096)
def _folded(name: str) -> str:
    """ "Nội dung", "noi-dung", "NOI_DUNG" and "NoiDung" are one name."""
    marks_off = "".join(
        char for char in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(char)
    )
    plain = _DIVIDERS.sub("", marks_off.replace("đ", "d").strip().lstrip("\ufeff"))
    return plain.removesuffix(".$numberlong")


@lru_cache(4096)
def _short(name: str) -> str:
    """The name without the table's: "news_title", "tinNoiDung". "" where a name of its own says more: "post_date"."""
    folded = _folded(name)
    if folded in _own_names():
        return ""
    for prefix in load_lexicon("columns")["tables"].fields["prefixes"]:
        if folded.startswith(prefix) and folded != prefix:
            return folded.removeprefix(prefix)
    return ""


@lru_cache(64)
def _known(names: tuple[str, ...]) -> frozenset[str]:
    """The names and the outer objects of those that step into one."""
    parts = (_folded(name).split(".") for name in names)
    return frozenset(".".join(each[:depth]) for each in parts for depth in range(1, len(each) + 1))


@cache
def _own_names() -> frozenset[str]:
    return frozenset(_folded(name) for names in default_columns().values() for name in names)
