"""What the register says of the units that a text names, as plain values for JSON."""

from datetime import date
from typing import Any

from bienban.records import Unit
from bienban.register.resolve import resolve_units
from bienban.register.store import FIRST_DAY, LEVELS_WITH_CODES, load


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


def why_no_match(text: str, on: date | None = None) -> str:
    """Why ``resolve_units`` found nothing in ``text``."""
    if not text.strip():
        return "the text is empty"
    if on is not None and on < FIRST_DAY:
        return f"{on} is before the register, which begins on {FIRST_DAY}"
    return "the text names no unit of the register"


def why_no_unit(unit_code: str, level: str, on: date) -> str:
    """Why ``unit_at`` found nothing."""
    if on < FIRST_DAY:
        return f"{on} is before the register, which begins on {FIRST_DAY}"
    if level not in LEVELS_WITH_CODES:
        return f"no codes at the level {level!r}; there are: {', '.join(LEVELS_WITH_CODES)}"
    bearers = load().bearers(unit_code, level)
    if not bearers:
        return f"no unit of the level {level} ever bore the code {unit_code!r}"
    borne = "; ".join(
        f"{v.unit.kind} {v.unit.name} from {v.unit.valid_from or FIRST_DAY} to {v.unit.valid_to or 'today'}"
        for v in bearers
    )
    return f"nobody bore the code {unit_code} on {on}: {borne}"
