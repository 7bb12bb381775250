"""Parsing all DAGs, against importing Airflow's SDK, which each parse pays first: `python -m bench.dag_parsing`."""

import os
import subprocess
import sys
from pathlib import Path

_DAGS = Path(__file__).resolve().parents[1] / "dags"
_CODE = """
import sys, time, runpy
sys.path.insert(0, sys.argv[1])
start = time.perf_counter(); import airflow.sdk; sdk = time.perf_counter() - start
start = time.perf_counter()
for name in sys.argv[2:]: runpy.run_path(name)
print(sdk, time.perf_counter() - start)
"""


def main(rounds: int = 5) -> None:
    """Print the fastest of some rounds, each in a process of its own."""
    files = [str(path) for path in sorted(_DAGS.glob("*.py")) if path.stem not in ("assets", "defaults")]
    command = [sys.executable, "-c", _CODE, str(_DAGS), *files]
    environ = os.environ | {"AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
    told = [
        subprocess.run(command, capture_output=True, text=True, check=True, env=environ).stdout for _ in range(rounds)
    ]
    sdk, parse = (min(float(line.split()[-2 + place]) for line in told) for place in (0, 1))
    print(f"{len(files)} DAGs parsed in {parse:.2f} s, {parse / sdk:.2f} × the import of airflow.sdk ({sdk:.2f} s)")


if __name__ == "__main__":
    main()
