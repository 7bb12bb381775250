"""What the builder reads: the official lists on each side of 2025-07-01 and the map between them.

Source: ``vietnamadminunits`` (MIT): the national statistics office's codes, coordinates of each unit and
the conversion of the communes of 30 June 2025 into those of 1 July 2025.
"""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from bienban.text import modern

_KINDS = ("Thành phố", "Thị trấn", "Đặc khu", "Thị xã", "Phường", "Huyện", "Quận", "Tỉnh", "Xã")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One unit of one list."""

    code: str
    kind: str
    name: str
    parent: str | None  # code of the parent
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The units by code before and after, and commune (or ``D`` + district) -> {successor: is main}."""

    old_provinces: dict[str, Row]
    old_districts: dict[str, Row]
    old_communes: dict[str, Row]
    new_provinces: dict[str, Row]
    new_communes: dict[str, Row]
    successors: dict[str, dict[str, bool]]


def split_name(full: str) -> tuple[str, str]:
    """Kind and name: "Phường Sài Gòn" -> ("phường", "Sài Gòn"). Raises ValueError without a kind."""
    cleaned = " ".join(modern(full).split())
    for kind in _KINDS:
        if cleaned.casefold().startswith(kind.casefold() + " "):
            name = cleaned[len(kind) + 1 :]
            return kind.lower(), name[0].upper() + name[1:]  # the lists write "Xã é Tòng"
    raise ValueError(f"no kind of unit in {full!r}")


def load_lists(package: Path) -> Lists:
    """Read the installed ``vietnamadminunits`` package at ``package``."""
    connection = sqlite3.connect(f"file:{package / 'data' / 'dataset.db'}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    with connection:
        old = connection.execute("select * from admin_units_legacy order by wardCode, districtCode").fetchall()
        new = connection.execute("select * from admin_units order by wardCode").fetchall()
    connection.close()
    converter = json.loads((package / "data" / "converter_2025.json").read_text(encoding="utf-8"))
    return Lists(
        old_provinces={r["provinceCode"]: _row(r, "province", None) for r in old},
        old_districts={r["districtCode"]: _row(r, "district", "provinceCode") for r in old},
        old_communes={r["wardCode"]: _row(r, "ward", "districtCode") for r in old if r["wardCode"]},
        new_provinces={r["provinceCode"]: _row(r, "province", None) for r in new},
        new_communes={r["wardCode"]: _row(r, "ward", "provinceCode") for r in new},
        successors=_successors(old, new, converter),
    )


def _row(row: sqlite3.Row, level: str, parent: str | None) -> Row:
    kind, name = split_name(row[level])
    return Row(
        code=row[f"{level}Code"],
        kind=kind,
        name=name,
        parent=row[parent] if parent else None,
        latitude=row[f"{level}Lat"],
        longitude=row[f"{level}Lon"],
    )


def _successors(
    old: list[sqlite3.Row], new: list[sqlite3.Row], converter: dict[str, dict[str, dict[str, list[object]]]]
) -> dict[str, dict[str, bool]]:
    old_by_key = {
        f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}": r["wardCode"] or f"D{r['districtCode']}"
        for r in old
    }
    new_by_key = {(r["provinceKey"], r["wardKey"]): r["wardCode"] for r in new}
    found: dict[str, dict[str, bool]] = {}
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, predecessors in communes.items():
            for predecessor in predecessors:
                found.setdefault(old_by_key[str(predecessor)], {})[new_by_key[province, commune]] = True
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, parts in divided.items():
            for part in parts:
                assert isinstance(part, dict)
                code = new_by_key[province, part["newWardKey"]]
                found.setdefault(old_by_key[old_key], {})[code] = bool(part["isDefaultNewWard"])
    return found
