"""Where the sources disagree: ``python -m bienban.register.disagreements PATH``, a report in Markdown.

``PATH`` is the folder of the package ``vietnam-provinces`` (2026.9.0 or newer, GPL-3.0-or-later; unpacked,
not imported). It is read for comparison only: nothing of it is packaged.
"""

import argparse
import ast
import json
import runpy
from collections.abc import Iterator
from pathlib import Path

from bienban.register.build import correct, installed, load_corrections
from bienban.register.names import name_keys
from bienban.register.sources import Lists, Row, load_lists, split_name

_WIDTH = {"Province": 2, "District": 3, "Ward": 5}


def report(lists: Lists, other: Path) -> Iterator[str]:
    """The lines of the report: our lists (corrected) against ``vietnam-provinces``."""
    legacy = _legacy(other / "legacy" / "_lookup.py")
    yield "# Where the sources disagree"
    yield from _names("Provinces until 2025-06-30", lists.old_provinces, legacy["Province"])
    yield from _names("Districts until 2025-06-30", lists.old_districts, legacy["District"])
    yield from _names("Communes until 2025-06-30", lists.old_communes, legacy["Ward"])
    provinces, communes = _current(other / "data" / "nested-divisions.json")
    yield from _names("Provinces from 2025-07-01", lists.new_provinces, provinces)
    yield from _names("Communes from 2025-07-01", lists.new_communes, communes)
    yield from _parents("Communes until 2025-06-30", lists.old_communes, legacy["Ward"])
    yield from _successors(lists, other / "_ward_conversion_2025.py")


_Named = dict[str, tuple[str, str | None]]  # code -> full name, code of the parent


def _legacy(path: Path) -> dict[str, _Named]:
    found: dict[str, _Named] = {"Province": {}, "District": {}, "Ward": {}}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in found:
            name, code, *_, last = node.args
            assert isinstance(name, ast.Constant) and isinstance(code, ast.Attribute)
            parent = last.attr[2:] if isinstance(last, ast.Attribute) else None
            found[node.func.id][code.attr[2:].zfill(_WIDTH[node.func.id])] = str(name.value), parent
    return found


def _current(path: Path) -> tuple[_Named, _Named]:
    provinces: _Named = {}
    communes: _Named = {}
    for province in json.loads(path.read_text(encoding="utf-8")):
        code = f"{province['code']:02d}"
        provinces[code] = province["name"], None
        communes.update({f"{ward['code']:05d}": (ward["name"], code) for ward in province["wards"]})
    return provinces, communes


def _names(title: str, ours: dict[str, Row], theirs: _Named) -> Iterator[str]:
    lines = [f"- {code} {row.kind} {row.name}: not listed" for code, row in ours.items() if code not in theirs]
    lines += [f"- {code} {name}: not in ours" for code, (name, _) in theirs.items() if code not in ours]
    for code, row in ours.items():
        if code in theirs:
            kind, name = split_name(theirs[code][0])
            if (kind, name_keys(name)[0]) != (row.kind, name_keys(row.name)[0]):
                lines.append(f"- {code} {row.kind} {row.name}: {kind} {name}")
    yield from _section(f"{title}: names", lines)


def _parents(title: str, ours: dict[str, Row], theirs: _Named) -> Iterator[str]:
    lines = [
        f"- {code} {row.kind} {row.name}: {row.parent} against {theirs[code][1]}"
        for code, row in ours.items()
        if code in theirs and theirs[code][1] not in (None, row.parent)
    ]
    yield from _section(f"{title}: parents", lines)


def _successors(lists: Lists, path: Path) -> Iterator[str]:
    lines = []
    table = runpy.run_path(str(path))["OLD_TO_NEW"]
    for number, entry in sorted(table.items()):
        code = f"{number:05d}"
        theirs = {f"{ref.code:05d}" for ref in entry.new_wards}
        ours = set(lists.successors.get(code, ()))
        if ours != theirs:
            row = lists.old_communes[code]
            lines.append(
                f"- {code} {row.kind} {row.name} ({lists.old_districts[str(row.parent)].name}): "
                f"ours alone {_named(ours - theirs, lists)}; theirs alone {_named(theirs - ours, lists)}"
            )
    yield from _section("Successors of communes on 2025-07-01", lines)


def _named(codes: set[str], lists: Lists) -> str:
    return ", ".join(f"{code} {lists.new_communes[code].name}" for code in sorted(codes)) or "none"


def _section(title: str, lines: list[str]) -> Iterator[str]:
    yield f"\n## {title}: {len(lines)}"
    yield from lines


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vietnam_provinces", type=Path, help="folder of the unpacked package")
    args = parser.parse_args()
    lists = load_lists(installed("vietnamadminunits"))
    correct(lists, load_corrections())
    print("\n".join(report(lists, args.vietnam_provinces)))


if __name__ == "__main__":
    main()
