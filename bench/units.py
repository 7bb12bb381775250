"""The register of units: building it, loading it, reading host phrases.

`python -m bench.units [--phrases 100000]`: seconds on one core, and the ratio to as many `str.split` of the
same phrases, which says how fast the machine is just now.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bienban.register import load, resolve_units
from bienban.register.build import build, installed, load_aliases, pack

_BODIES = ("UBND", "HĐND", "Ban Chỉ đạo 35", "Ủy ban MTTQ Việt Nam", "Hội Nông dân", "Công an", "Đảng ủy")


def host_phrases(count: int) -> list[str]:
    """Bodies of units drawn from the whole register, half of them with their province. The same for every run."""
    draw = random.Random(35)
    units = [version.unit for version in load().versions() if version.unit.level != "central"]
    phrases = []
    for _ in range(count):
        unit = draw.choice(units)
        place = "" if unit.level == "province" or draw.random() < 0.5 else f", tỉnh {unit.province}"
        phrases.append(f"{draw.choice(_BODIES)} {unit.kind} {unit.name}{place}")
    return phrases


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phrases", type=int, default=100_000)
    args = parser.parse_args()
    load.cache_clear()
    loading = _seconds(load)
    phrases = host_phrases(args.phrases)
    splitting = _seconds(lambda: [phrase.split() for _ in range(10) for phrase in phrases]) / 10
    resolving = _seconds(lambda: _resolve(phrases))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "register.json.gz"
        building = _seconds(lambda: out.write_bytes(pack(build(installed("vietnamadminunits")), load_aliases())))
    print(f"{'build the register':34}{building:8.2f} s")
    print(f"{'load it':34}{loading:8.2f} s")
    print(f"{f'resolve {args.phrases} host phrases':34}{resolving:8.2f} s  {resolving / splitting:6.0f} x str.split")


def _resolve(phrases: list[str]) -> None:
    """As a stream of articles would: an answer is not kept."""
    for phrase in phrases:
        resolve_units(phrase, date(2024, 6, 20))


def _seconds(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


if __name__ == "__main__":
    main()
