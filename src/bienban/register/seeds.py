"""The register as dbt seeds: ``python -m bienban.register.seeds`` writes them, a test keeps them equal.

``units.csv`` has one row per version of a unit, ``unit_successions.csv`` one per unit that ended and a
unit that stands there. Days are ISO, empty means null.
"""

import argparse
import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bienban.register.names import strip_marks
from bienban.register.store import Register, UnitVersion, load

UNIT_COLUMNS = (
    "unit_id",
    "unit_code",
    "unit_name",
    "unit_name_ascii",
    "unit_kind",
    "unit_level",
    "parent_unit_id",
    "province_unit_id",
    "province_name",
    "valid_from",
    "valid_to",
    "validity_basis",
    "latitude",
    "longitude",
)
SUCCESSION_COLUMNS = (
    "predecessor_unit_id",
    "successor_unit_id",
    "effective_on",
    "is_main",
    "is_whole",
    "share",  # of the predecessor, by its communes
    "legal_act",
)


def seed_files(register: Register | None = None) -> dict[str, str]:
    """File name -> content of the seeds."""
    register = register or load()
    return {
        "units.csv": _csv(UNIT_COLUMNS, (_unit(version, register) for version in register.versions())),
        "unit_successions.csv": _csv(SUCCESSION_COLUMNS, _successions(register)),
    }


def _unit(version: UnitVersion, register: Register) -> tuple[Any, ...]:
    unit = version.unit
    province = None if version.province_row is None else register.version(version.province_row).unit
    return (
        unit.unit_id,
        unit.code,
        unit.name,
        strip_marks(unit.name),
        unit.kind,
        unit.level,
        unit.parent,
        province and province.unit_id,
        unit.province,
        unit.valid_from,
        unit.valid_to,
        version.validity_basis,
        version.latitude,
        version.longitude,
    )


def _successions(register: Register) -> Iterator[tuple[Any, ...]]:
    for item in register.successions:
        yield (
            item.predecessor_id,
            item.successor_id,
            item.effective_on,
            _flag(item.is_main),
            _flag(item.is_whole),
            item.share,
            item.legal_act,
        )


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _csv(columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def main() -> None:
    """Write the seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("dbt_project/seeds/register"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for name, content in seed_files().items():
        (args.out / name).write_text(content, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
