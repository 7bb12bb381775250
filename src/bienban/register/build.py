"""Build the packaged register: ``python -m bienban.register.build``.

Lists (``sources``) + reviewed corrections and changes (``reviewed/*.yml``) -> ``data/register.json.gz``.
The same inputs give the same bytes. Reviewed data win over the lists.
"""

import argparse
import gzip
import importlib.util
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import yaml

from bienban.register.names import name_keys
from bienban.register.sources import Lists, Row, load_lists
from bienban.register.versions import DAY, History, Succession, Version, check, join_equal, shares, split_at_parents

REFORM = date(2025, 7, 1)
_DIGITS = 12  # of a share: 900 times five ninths are 500 to six decimals
# Provinces were merged, districts ended with the amended constitution, communes got the list of their new codes.
REFORM_ACTS = {
    "p": "Nghị quyết 202/2025/QH15",
    "d": "Nghị quyết 203/2025/QH15",
    "c": "Quyết định 19/2025/QĐ-TTg",
}
NATION = "vn"
HERE = Path(__file__).parent
DATA = HERE / "data" / "register.json.gz"


def build(package: Path, reviewed: Path = HERE / "reviewed") -> History:
    """The whole history from the installed ``vietnamadminunits`` and the reviewed tables."""
    lists = load_lists(package)
    changes = _load_yaml(reviewed / "changes.yml")
    correct(lists, load_corrections(reviewed))
    history = History()
    history.add(
        Version(
            unit_id=NATION, code=None, name="Việt Nam", kind="quốc gia", level="central", parent_id=None,
            start=None, end=None, basis="unknown", latitude=16.0, longitude=106.0,
        )
    )  # fmt: skip
    founded = {(f["level"], f["code"]): f["unit"] for e in changes for f in e.get("founded", ())}
    ids = _Ids(lists, founded)
    _add_states(history, lists, ids)
    _add_reform_successions(history, lists, ids)
    for event in sorted(changes, key=lambda e: str(e["day"]), reverse=True):
        _apply(history, event)
    join_equal(history)
    split_at_parents(history)
    check(history)
    return history


class _Ids:
    """Durable ids: level letter and first official code; a code's later bearer adds its first day.

    A unit of the old list lives on in the new one when its whole territory, and no other, became one
    unit of the same level. Every other unit of the new list is new, as its resolution says.
    """

    def __init__(self, lists: Lists, founded: dict[tuple[str, str], str]) -> None:
        self.old = {
            ("province", code): f"p{code}" for code in lists.old_provinces
        } | {("district", code): founded.get(("district", code), f"d{code}") for code in lists.old_districts} | {
            ("commune", code): founded.get(("commune", code), f"c{code}") for code in lists.old_communes
        }  # fmt: skip
        lineage = _whole(lists.successors)
        provinces = _whole(province_map(lists))
        self.new = {
            ("province", code): self._new("province", code, provinces.get(code)) for code in lists.new_provinces
        } | {("commune", code): self._new("commune", code, lineage.get(code)) for code in lists.new_communes}

    def _new(self, level: str, code: str, heir_of: str | None) -> str:
        if heir_of is not None and not heir_of.startswith("D"):
            return self.old[level, heir_of]
        letter = level[0]
        return f"{letter}{code}-{REFORM:%Y%m%d}" if (level, code) in self.old else f"{letter}{code}"


def _whole(successors: dict[str, dict[str, bool]]) -> dict[str, str]:
    """Successor -> predecessor where each is the other's only one."""
    predecessors: dict[str, list[str]] = {}
    for old, parts in successors.items():
        for new in parts:
            predecessors.setdefault(new, []).append(old)
    return {new: olds[0] for new, olds in predecessors.items() if len(olds) == 1 and len(successors[olds[0]]) == 1}


def province_map(lists: Lists) -> dict[str, dict[str, bool]]:
    """Old province -> {new province: True}, through the communes' main successors."""
    found: dict[str, dict[str, bool]] = {}
    for commune, parts in lists.successors.items():
        district = commune[1:] if commune.startswith("D") else lists.old_communes[commune].parent
        old = lists.old_districts[str(district)].parent
        for new, is_main in parts.items():
            if is_main:
                found.setdefault(str(old), {})[str(lists.new_communes[new].parent)] = True
    return found


def _add_states(history: History, lists: Lists, ids: _Ids) -> None:
    eve = REFORM - DAY
    for level, rows in (
        ("province", lists.old_provinces), ("district", lists.old_districts), ("commune", lists.old_communes)
    ):  # fmt: skip
        above = {"province": None, "district": "province", "commune": "district"}[level]
        for row in rows.values():
            parent = ids.old[above, str(row.parent)] if above else NATION
            history.add(_version(ids.old[level, row.code], level, row, parent, None, eve, "unknown"))
    for level, rows in (("province", lists.new_provinces), ("commune", lists.new_communes)):
        for row in rows.values():
            parent = ids.new["province", str(row.parent)] if level == "commune" else NATION
            history.add(_version(ids.new[level, row.code], level, row, parent, REFORM, None, "official_list"))


def _version(
    unit_id: str, level: str, row: Row, parent: str, start: date | None, end: date | None, basis: str
) -> Version:
    return Version(
        unit_id=unit_id, code=row.code, name=row.name, kind=row.kind, level=level, parent_id=parent,
        start=start, end=end, basis=basis, latitude=row.latitude, longitude=row.longitude,
    )  # fmt: skip


def _add_reform_successions(history: History, lists: Lists, ids: _Ids) -> None:
    by_district: dict[str, list[dict[str, float]]] = {}
    for old, parts in sorted(lists.successors.items()):
        targets = {ids.new["commune", new]: (main, 1 / len(parts)) for new, main in parts.items()}
        district = old[1:] if old.startswith("D") else str(lists.old_communes[old].parent)
        by_district.setdefault(district, []).append({unit: share for unit, (_, share) in targets.items()})
        if old.startswith("D"):
            continue
        _succeed(history, ids.old["commune", old], {u: s for u, (_, s) in targets.items()},
                 next((u for u, (main, _) in targets.items() if main), None))  # fmt: skip
    for district, communes in sorted(by_district.items()):
        share = shares(communes)
        name = name_keys(lists.old_districts[district].name)[0]
        best = max(share, key=lambda u: (name_keys(history.at(u, REFORM).name)[0] == name, share[u], u))
        _succeed(history, ids.old["district", district], share, best)
    for old, provinces in sorted(province_map(lists).items()):
        share = {ids.new["province", new]: 1 / len(provinces) for new in provinces}
        _succeed(history, ids.old["province", old], share, next(iter(share)))


def _succeed(history: History, old: str, share: dict[str, float], main: str | None) -> None:
    if set(share) == {old}:
        return  # the unit itself lives on: a version, not a succession
    main = main or max(share, key=lambda unit: (share[unit], unit))
    for new in sorted(share):
        history.successions.append(
            Succession(
                predecessor_id=old,
                successor_id=new,
                on=REFORM,
                is_main=new == main,
                is_whole=len(share) == 1,
                share=round(share[new], _DIGITS),
                act=REFORM_ACTS[old[0]],
            )
        )


def load_corrections(reviewed: Path = HERE / "reviewed") -> dict[str, list[dict[str, Any]]]:
    """The reviewed corrections to the lists."""
    return dict(_load_yaml(reviewed / "corrections.yml"))


def load_aliases(reviewed: Path = HERE / "reviewed") -> list[dict[str, Any]]:
    """The reviewed spellings and abbreviations."""
    return list(_load_yaml(reviewed / "aliases.yml"))


def correct(lists: Lists, corrections: dict[str, list[dict[str, Any]]]) -> None:
    """Apply the corrections to ``lists`` in place."""
    for entry in corrections["successions"]:
        parts = lists.successors[entry["commune"]]
        for code in entry["drop"]:
            del parts[code]  # a KeyError says that the list no longer needs the correction
        if len(parts) == 1:
            parts[next(iter(parts))] = True
    _place_by_successors(lists)
    for entry in corrections["points"]:
        rows: dict[str, Row] = getattr(lists, entry["list"])
        place = {name: entry[name] for name in ("latitude", "longitude")}
        rows[entry["code"]] = replace(rows[entry["code"]], **place)


def _place_by_successors(lists: Lists) -> None:
    """Give old communes that only have their district's point that of the commune they became part of."""
    for code, row in lists.old_communes.items():
        district = lists.old_districts[str(row.parent)]
        if (row.latitude, row.longitude) == (district.latitude, district.longitude):
            main = next(new for new, is_main in lists.successors[code].items() if is_main)
            place = lists.new_communes[main]
            lists.old_communes[code] = replace(row, latitude=place.latitude, longitude=place.longitude)


def _apply(history: History, event: dict[str, Any]) -> None:
    on = date.fromisoformat(event["day"])
    for entry in event.get("changed", ()):
        version = history.at(entry["unit"], on)
        _expect_name(version, entry["name"])
        for name, value in entry["becomes"].items():
            if getattr(version, name) not in (value, entry["was"][name]):
                raise ValueError(f"changes.yml: {version.unit_id} has {name} {getattr(version, name)}, not {value}")
        history.split(entry["unit"], on, was=entry["was"], becomes=entry["becomes"])
    for entry in event.get("founded", ()):
        _found(history, entry, on)
    for entry in event.get("abolished", ()):
        _abolish(history, entry, on, event["act"])


def _found(history: History, entry: dict[str, Any], on: date) -> None:
    versions = history.versions[entry["unit"]]
    _expect_name(versions[0], entry["name"])
    versions[0] = replace(versions[0], start=on, basis="act")
    children = [v for vs in history.versions.values() for v in vs if v.parent_id == entry["unit"] and v.holds_on(on)]
    for child in children:
        before = next(e for e in entry["children_before"] if str(child.code) <= e.get("to", "99999"))
        history.split(child.unit_id, on, was={"parent_id": before["parent"]}, becomes={})


def _abolish(history: History, entry: dict[str, Any], on: date, act: str) -> None:
    twin = history.at(entry["into"][0], on)
    fields = {name: entry[name] for name in ("code", "name", "kind", "level")}
    history.add(
        replace(
            twin, **fields, unit_id=entry["unit"], parent_id=entry["parent"], start=None, end=on - DAY, basis="unknown"
        )
    )
    for order, successor in enumerate(entry["into"]):
        history.successions.append(
            Succession(
                predecessor_id=entry["unit"],
                successor_id=successor,
                on=on,
                is_main=order == 0,
                is_whole=len(entry["into"]) == 1,
                share=round(1 / len(entry["into"]), _DIGITS),
                act=act,
            )
        )


def _expect_name(version: Version, name: str) -> None:
    if version.name != name:
        raise ValueError(f"changes.yml: {version.unit_id} is {version.kind} {version.name}, not {name}")


def pack(history: History, aliases: list[dict[str, Any]]) -> bytes:
    """The packaged form: rows of the versions with their parents and provinces as row numbers, gzipped JSON."""
    versions = list(history.all_versions())
    at = {(v.unit_id, v.start): row for row, v in enumerate(versions)}

    def parent_row(version: Version) -> int | None:
        if version.parent_id is None:
            return None
        day = version.end or version.start or REFORM
        parent = history.at(version.parent_id, day)
        return at[parent.unit_id, parent.start]

    rows = [
        [
            v.unit_id, v.code, v.name, v.kind, v.level, parent_row(v), v.start and v.start.isoformat(),
            v.end and v.end.isoformat(), v.basis, v.latitude, v.longitude, name_keys(v.name)[1],
        ]
        for v in versions
    ]  # fmt: skip
    successions = [
        [s.predecessor_id, s.successor_id, s.on.isoformat(), s.is_main, s.is_whole, s.share, s.act]
        for s in sorted(history.successions, key=lambda s: (s.on, s.predecessor_id, s.successor_id))
    ]
    spelled = [[unit, name_keys(name)[1], name] for a in aliases for unit in a["units"] for name in a["names"]]
    body = orjson.dumps({"versions": rows, "successions": successions, "aliases": spelled})
    return gzip.compress(body, compresslevel=9, mtime=0)


def _load_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def main() -> None:
    """Build the packaged file from the installed source packages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vietnamadminunits", type=Path, default=None, help="folder of the installed package")
    parser.add_argument("--out", type=Path, default=DATA)
    args = parser.parse_args()
    package = args.vietnamadminunits or installed("vietnamadminunits")
    args.out.write_bytes(pack(build(package), load_aliases()))


def installed(name: str) -> Path:
    """The folder of an installed source package; ModuleNotFoundError says what to install."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed: pip install 'bienban[register]'")
    return Path(spec.origin).parent


if __name__ == "__main__":
    main()
