"""The entity diagram of README.md: ``python tools/entity_diagram.py`` writes it, a test keeps it equal.

Tables and keys are those of dbt's manifest, the links those that ``every_reference_is_met`` tests; nothing is drawn
by hand. Keys only: every column with its description is in the documentation of the models.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, nodes

from bienban.io.dbt import parse
from bienban.settings import settings

OPENS, CLOSES = "<!-- written by tools/entity_diagram.py -->", "<!-- end of entity diagram -->"


class Link(NamedTuple):
    """``child.column`` refers to ``parent.key``; ``is_optional`` when it may be null."""

    child: str
    column: str
    parent: str
    key: str
    is_optional: bool


def entity_diagram(manifest: dict[str, Any]) -> str:
    """The marts of ``manifest`` as a Mermaid erDiagram, fenced for Markdown; linked tables first."""
    marts = {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["fqn"][1] == "marts"
    }
    links = _links(manifest["nodes"]["test.bienban.every_reference_is_met"]["raw_code"])
    linked = Counter(name for link in links for name in (link.child, link.parent))
    lines = ["```mermaid", "erDiagram"]
    lines += [f"    {link.parent} {_arms(link, marts)} {link.child} : {link.column}" for link in sorted(links)]
    for name in sorted(marts, key=lambda name: (not linked[name], name)):
        lines += [f"    {name} {{", *_keys(marts[name], links), "    }"]
    return "\n".join([*lines, "```"])


def with_diagram(readme: str, diagram: str) -> str:
    """``readme`` with ``diagram`` between its marks. Raises ValueError when a mark is missing."""
    before, opens, rest = readme.partition(OPENS)
    _, closes, after = rest.partition(CLOSES)
    if not (opens and closes):
        raise ValueError(f"README.md has no {OPENS} … {CLOSES}")
    return f"{before}{OPENS}\n{diagram}\n{CLOSES}{after}"


def _links(test: str) -> list[Link]:
    """What the test's own lists ``references`` and ``optional`` say."""
    lists = {
        found.target.name: found.node.as_const()
        for found in Environment(autoescape=True).parse(test).find_all(nodes.Assign)
        if isinstance(found.target, nodes.Name) and isinstance(found.node, nodes.List)
    }
    kinds = (("references", False), ("optional", True))
    return [Link(*reference, is_optional) for name, is_optional in kinds for reference in lists[name]]


def _arms(link: Link, marts: dict[str, Any]) -> str:
    if _primary_key(marts[link.parent]) != [link.key]:
        return "}|--o{"  # a durable id: all versions of one unit
    return "|o--o{" if link.is_optional else "||--o{"


def _keys(mart: dict[str, Any], links: list[Link]) -> Iterator[str]:
    own, foreign = _primary_key(mart), {link.column for link in links if link.child == mart["name"]}
    durable = {link.key for link in links if link.parent == mart["name"]} - set(own)
    for column in mart["columns"].values():
        marks = ", ".join(["PK"] * (column["name"] in own) + ["FK"] * (column["name"] in foreign))
        if marks or column["name"] in durable:
            yield f"        {column['data_type']} {column['name']} {marks}".rstrip()


def _primary_key(mart: dict[str, Any]) -> list[str]:
    return next(each["columns"] for each in mart["constraints"] if each["type"] == "primary_key")


if __name__ == "__main__":
    parse()
    read = json.loads((settings().home / "dbt" / "parse" / "manifest.json").read_text())
    page = Path(__file__).parents[1] / "README.md"
    page.write_text(with_diagram(page.read_text(encoding="utf-8"), entity_diagram(read)), encoding="utf-8")
