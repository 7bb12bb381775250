"""Every benchmark of this folder in turn, each in a process of its own: `python -m bench`."""

import pkgutil
import subprocess
import sys
from pathlib import Path

failed = []
for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
    if not module.name.startswith("_"):
        print(f"\n== bench.{module.name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{module.name}"], check=False).returncode:
            failed.append(module.name)
sys.exit(f"failed: {', '.join(failed)}" if failed else 0)
