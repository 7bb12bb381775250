"""How the examples of words around units are read back."""

from datetime import date

from bienban.lexicon import Entry
from bienban.register import resolve_units

LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)


def units(entry: Entry, text: str, value: str) -> None:
    unit = resolve_units(text, LAST_DAY_OF_DISTRICTS)[0].unit
    assert f"{unit.kind} {unit.name}" == value


def not_units(entry: Entry, text: str, value: str) -> None:
    assert resolve_units(text, LAST_DAY_OF_DISTRICTS) == []
