"""Lint, types, import contracts, SQL lint, dbt parse: what ``make check`` runs beside the tests.

All run, then the names of those that failed are told and the exit code is 1.
"""

import os
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]
_PYTHON = sys.executable
_BIN = Path(_PYTHON).parent

_CHECKS = {
    "ruff check": [_PYTHON, "-m", "ruff", "check", "."],
    "ruff format": [_PYTHON, "-m", "ruff", "format", "--check", "."],
    "types (mypy)": [_PYTHON, "-m", "mypy"],
    "import contracts": [_PYTHON, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
    "SQL lint": [
        str(_HERE / ".tools-venv" / "bin" / "python"),
        "-m",
        "sqlfluff",
        "lint",
        "dbt_project",
        "--disable-progress-bar",
    ],
    "dbt parse": [_PYTHON, "-m", "bienban.io.dbt", "parse"],
}


def main() -> int:
    """Run every check; 1 when one failed."""
    failed = []
    for name, command in _CHECKS.items():
        print(f"== {name}", flush=True)
        environ = os.environ | {"PYTHONPATH": str(_HERE / "src")}
        if subprocess.run(command, cwd=_HERE, env=environ, check=False).returncode != 0:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
