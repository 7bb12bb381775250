"""Vocabularies as data: one loader, one schema, one way to turn forms into a pattern.

A lexicon is a YAML file beside this module: entry key -> entry. An entry has

``forms``             list of surface forms, or mapping form -> value (always quoted strings)
``examples``          texts that the entry must read; a mapping gives the value expected of each
``counter_examples``  texts that the entry must not read
anything else         fields of the lexicon's own, kept in ``Entry.fields``

Forms pass through ``bienban.text.modern`` and are lower-cased unless the entry says
``case: kept``, so finders compare like with like. ``tests/lexicon`` reads every example back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from bienban.lexicon.patterns import alternation, whole_words
from bienban.text import modern

__all__ = [
    "Entry",
    "LexiconError",
    "all_forms",
    "alternation",
    "any_form",
    "form_of",
    "load_lexicon",
    "lowered",
    "names",
    "whole_words",
]

_OWN_FIELDS = frozenset({"forms", "examples", "counter_examples", "case"})


class LexiconError(ValueError):
    """A lexicon file breaks the schema; the message names file, entry and reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a lexicon. ``forms`` maps each surface form to its value ("" when it has none)."""

    key: str
    forms: Mapping[str, str]
    examples: Mapping[str, str]
    counter_examples: tuple[str, ...]
    fields: Mapping[str, Any]


@cache
def load_lexicon(name: str) -> Mapping[str, Entry]:
    """Read ``<name>.yml`` of this package, in file order.

    Raises LexiconError when a form is repeated inside an entry after normalisation, is no string,
    or when an entry has neither forms nor fields.
    """
    raw = yaml.safe_load(resources.files(__package__).joinpath(f"{name}.yml").read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise LexiconError(f"{name}.yml: top level is no mapping of entries")
    return {str(key): _entry(name, str(key), value) for key, value in raw.items()}


def names() -> list[str]:
    """Every lexicon of the package, by file name without ``.yml``, sorted."""
    files = resources.files(__package__).iterdir()
    return sorted(file.name.removesuffix(".yml") for file in files if file.name.endswith(".yml"))


def all_forms(lexicon: str, *keys: str) -> dict[str, str]:
    """The forms of the given entries (of all entries when none is given), merged in file order."""
    entries = load_lexicon(lexicon)
    merged: dict[str, str] = {}
    for key in keys or tuple(entries):
        merged.update(entries[key].forms)
    return merged


def any_form(lexicon: str, *keys: str) -> str:
    """A regular expression for any of ``all_forms``."""
    return alternation(all_forms(lexicon, *keys))


def form_of(words: str) -> str:
    """The form of the lexicon that matched words stand for: ``alternation`` lets double blanks pass."""
    return " ".join(words.split())


def lowered(text: str) -> str:
    """``text`` in lower case with every offset kept ("İ" would grow by one)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _entry(name: str, key: str, value: Any) -> Entry:
    if not isinstance(value, dict):
        raise LexiconError(f"{name}.yml: {key}: no mapping")
    kept = value.get("case") == "kept"
    where = f"{name}.yml: {key}"
    return Entry(
        key=key,
        forms=_forms(where, value.get("forms", {}), kept),
        examples=_mapping(where, value.get("examples", {})),
        counter_examples=tuple(_mapping(where, value.get("counter_examples", []))),
        fields={field: content for field, content in value.items() if field not in _OWN_FIELDS},
    )


def _forms(where: str, value: Any, kept: bool) -> dict[str, str]:
    forms: dict[str, str] = {}
    for form, content in _mapping(where, value).items():
        normal = modern(form) if kept else modern(form).lower()
        if forms.setdefault(normal, content) != content:
            raise LexiconError(f"{where}: form {form!r} has two values")
    return forms


def _mapping(where: str, value: Any) -> dict[str, str]:
    pairs = value.items() if isinstance(value, dict) else ((item, "") for item in value)
    result: dict[str, str] = {}
    for form, content in pairs:
        if not isinstance(form, str) or not isinstance(content, str):
            raise LexiconError(f"{where}: {form!r}: {content!r} must be quoted strings")
        result[form] = content
    return result
