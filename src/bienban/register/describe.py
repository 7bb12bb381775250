"""What the register says of the units that a text names, as plain values for JSON."""

from datetime import date
from typing import Any

from bienban.records import Unit
from bienban.register.resolve import resolve_units
from bienban.register.store import load


def describe(text: str, on: date | None = None) -> list[dict[str, Any]]:
    """One object per match of ``resolve_units``: the unit, its units above, what stands there on ``on`` or now."""
    return [
        {
            "quote": text[match.span.start : match.span.end],
            "span": list(match.span),
            "method": match.method,
            "score": match.score,
            **_unit(match.unit),
            "parents": _parents(match.unit),
            "successors": _successors(match.unit, on),
        }
        for match in resolve_units(text, on)
    ]


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "unit_id": unit.unit_id,
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "level": unit.level,
        "province": unit.province,
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else None,
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
    }


def _parents(unit: Unit) -> list[dict[str, Any]]:
    register = load()
    version = next(v for v in register.history(unit.unit_id) if v.unit == unit)
    return [_unit(above.unit) for above in register.ancestors(version)]


def _successors(unit: Unit, on: date | None) -> list[dict[str, Any]]:
    """What stands where the unit stood: on ``on`` when it had ended by then, else today; [] while it stands."""
    if unit.valid_to is None:
        return []
    register = load()
    last = register.history(unit.unit_id)[-1].unit
    if last.valid_to is None:
        return [_unit(last)]
    day = on if on is not None and on > last.valid_to else date.max
    return [_unit(version.unit) for version in register.heirs(unit.unit_id, day)]
