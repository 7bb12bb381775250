"""The rules of dbt_project_evaluator that apply here, read from dbt's own manifest.

The package itself comes from a hub that a build must not need; what it checks is few lines each.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

Node = dict[str, Any]
_PREFIXES = {"staging": ("stg_",), "intermediate": ("int_",), "marts": ("fct_", "dim_", "bridge_", "agg_")}
_MADE_OF_NOTHING = {"dim_dates"}  # a calendar has no source
_JINJA = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_HARD_CODED = re.compile(r"\b(?:from|join)\s+\"?(?:raw|staging|intermediate|marts_candidate|marts|audit)\"?\.", re.I)


@pytest.fixture(scope="module")
def models(manifest: Node) -> list[Node]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def parents(node: Node, kind: str) -> list[str]:
    return [each for each in node["depends_on"]["nodes"] if each.startswith(f"{kind}.")]


def layer(node: Node) -> str:
    return str(node["fqn"][1])


def test_names_folders_and_files_tell_the_layer(models: list[Node]) -> None:
    for node in models:
        assert node["name"].startswith(_PREFIXES[layer(node)]), node["name"]
        assert Path(node["patch_path"]).stem == node["name"], "one properties file per model, beside it"
        if layer(node) == "staging":
            (source,) = parents(node, "source")
            assert node["name"] == "stg_{}__{}".format(*_staged(source))


def test_each_source_has_one_staging_model_and_only_staging_reads_sources(manifest: Node, models: list[Node]) -> None:
    read = Counter(source for node in models for source in parents(node, "source"))
    assert set(read) == set(manifest["sources"]), "unused sources"
    assert {source: times for source, times in read.items() if times > 1} == {}
    for node in models:
        assert bool(parents(node, "source")) == (layer(node) == "staging"), node["name"]
        assert layer(node) != "staging" or not parents(node, "model"), node["name"]


def test_layers_are_not_turned_upside_down(manifest: Node, models: list[Node]) -> None:
    layers = {node["unique_id"]: layer(node) for node in models}
    for node in models:
        above = {layers[parent] for parent in parents(node, "model")}
        assert layer(node) == "marts" or "marts" not in above, node["name"]
        assert above or parents(node, "source") or parents(node, "seed") or node["name"] in _MADE_OF_NOTHING, node[
            "name"
        ]
    for exposure in manifest["exposures"].values():
        assert {layers[parent] for parent in exposure["depends_on"]["nodes"]} == {"marts"}, exposure["name"]


def test_no_relation_is_named_by_hand(models: list[Node]) -> None:
    named = [node["name"] for node in models if _HARD_CODED.search(_JINJA.sub("", node["raw_code"]))]
    assert named == []


def test_everything_is_described(manifest: Node, models: list[Node]) -> None:
    described = [*models, *manifest["sources"].values(), *manifest["exposures"].values(), *manifest["groups"].values()]
    described += [node for node in manifest["nodes"].values() if node["resource_type"] == "seed"]
    assert [node["name"] for node in described if not (node.get("description") or "").strip()] == []
    columns = [
        (node["name"], name) for node in models for name, each in node["columns"].items() if not each["description"]
    ]
    assert columns == []
    assert [node["name"] for node in models if not node["columns"]] == []


def test_every_model_has_its_key_tested(manifest: Node, models: list[Node]) -> None:
    grains = manifest["nodes"]["test.bienban.every_grain_holds"]["depends_on"]["nodes"]
    for node in models:
        keyed = any(each["type"] == "primary_key" for each in node["constraints"])
        assert keyed or node["unique_id"] in grains or layer(node) == "staging", node["name"]
        assert layer(node) != "marts" or keyed, node["name"]


def test_only_marts_are_public_and_every_model_has_a_contract(manifest: Node, models: list[Node]) -> None:
    for node in models:
        is_mart = layer(node) == "marts"
        assert node["access"] == ("public" if is_mart else "protected"), node["name"]
        assert node["contract"]["enforced"], node["name"]
        assert node["group"] == "warehouse", node["name"]
    used = {parent for exposure in manifest["exposures"].values() for parent in exposure["depends_on"]["nodes"]}
    assert {node["unique_id"] for node in models if layer(node) == "marts"} == used, "every mart has a reader"


def test_rules_that_decide_have_unit_tests(manifest: Node, models: list[Node]) -> None:
    tested = {node["model"] for node in manifest["unit_tests"].values()}
    merging = [node["name"] for node in models if layer(node) == "intermediate" and node["fqn"][2] == "meetings"]
    assert [name for name in merging if name not in tested | {"int_sessions__described"}] == []


def _staged(source: str) -> tuple[str, str]:
    _, _, schema, table = source.split(".")
    return schema, table.removeprefix(f"{schema}_")
