"""The README's diagram is the project's."""

from pathlib import Path
from typing import Any

from tools.entity_diagram import entity_diagram, with_diagram

_README = Path(__file__).parents[2] / "README.md"


def test_the_readme_shows_the_tables_that_stand(manifest: dict[str, Any]) -> None:
    readme = _README.read_text(encoding="utf-8")
    assert with_diagram(readme, entity_diagram(manifest)) == readme, "run python tools/entity_diagram.py"


def test_every_mart_is_drawn_with_its_key(manifest: dict[str, Any]) -> None:
    drawn = entity_diagram(manifest)
    marts = [node for node in manifest["nodes"].values() if node["schema"] == "marts_candidate"]
    models = [node for node in marts if node["resource_type"] == "model"]
    assert models
    for node in models:
        _, _, table = drawn.partition(f"\n    {node['name']} {{\n")
        assert " PK" in table.partition("}")[0], node["name"]
    assert "dim_units }|--o{ dim_bodies : unit_id" in drawn
    assert "dim_units |o--o{ dim_units : parent_unit_key" in drawn
    assert "fct_meetings ||--o{ fct_metrics : meeting_key" in drawn
