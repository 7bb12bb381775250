"""The lines of CONTRIBUTING.md that no linter knows."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]


def _tracked() -> list[Path]:
    told = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    names = [name for name in told.stdout.decode().split("\0") if name]
    # Without git (a release archive) everything that is no tool's own folder counts.
    if not names:
        names = [
            str(path.relative_to(PROJECT))
            for path in PROJECT.rglob("*")
            if path.is_file() and not any(part.startswith(".") or part == "__pycache__" for part in path.parts)
        ]
    return [PROJECT / name for name in names if (PROJECT / name).is_file()]


TRACKED = _tracked()
PYTHON = [path for path in TRACKED if path.suffix == ".py"]


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", sorted((PROJECT / "dags").glob("*.py")), ids=lambda path: path.name)
def test_dags_use_of_the_package_only_its_jobs(path: Path) -> None:
    used = {name for name in _imports(path) if name.split(".")[0] == "bienban"}
    assert used <= {"bienban.jobs"}


@pytest.mark.parametrize("path", sorted((PROJECT / "dags").glob("*.py")), ids=lambda path: path.name)
def test_dags_import_nothing_heavy_at_their_top(path: Path) -> None:
    top = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert all(
        name.split(".")[0] in {"airflow", "alerts", "assets", "datetime", "defaults", "os", "stores", "typing"}
        for name in top
        if name
    )


def test_only_staging_reads_sources() -> None:
    models = (PROJECT / "dbt_project" / "models").rglob("*.sql")
    outside = [path for path in models if "staging" not in path.parts and re.search(r"\bsource\s*\(", path.read_text())]
    assert outside == []


def test_every_model_names_its_grain_in_line_one() -> None:
    models = list((PROJECT / "dbt_project" / "models").rglob("*.sql"))
    assert models
    assert [path.name for path in models if "grain" not in path.read_text().splitlines()[0].lower()] == []


def test_every_model_is_described_beside_it() -> None:
    missing = []
    for model in (PROJECT / "dbt_project" / "models").rglob("*.sql"):
        notes = model.with_suffix(".yml")
        if not notes.exists():
            missing.append(model.name)
            continue
        told = yaml.safe_load(notes.read_text())["models"][0]
        if not told.get("description") or any(not column.get("description") for column in told["columns"]):
            missing.append(model.name)
    assert missing == []


def test_no_source_file_is_too_long_to_read() -> None:
    long = {path.name: len(path.read_text().splitlines()) for path in PYTHON}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_the_tree_names_no_package_host_and_no_machine() -> None:
    # Spelled apart, or this file would break its own rule.
    hosts = re.compile(r"\b(?:" + "|".join(["pypi", "pythonhosted", "npmjs"]) + r")\.org\b|deb\.debian" + r"\.org")
    machine = re.compile(r"(?<![\w.])/(?:" + "|".join(["work", "farm"]) + r")/")
    told = []
    for path in TRACKED:
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if hosts.search(text) or machine.search(text):
            told.append(str(path.relative_to(PROJECT)))
    assert told == []


def test_the_clock_is_asked_only_outside_the_core() -> None:
    """What an article says must not depend on the day it is read."""
    core = [path for path in (PROJECT / "src" / "bienban").rglob("*.py") if not {"io", "stack"} & set(path.parts)]
    clock = re.compile(r"\b(?:date\.today|datetime\.now|datetime\.utcnow|time\.time)\(")
    assert [path.name for path in core if clock.search(path.read_text())] == []
