"""The marts know nothing of the way they came about: order, parts, kills in between."""

import os
import signal
import time
from pathlib import Path

from tests.chaos.stage import SAMPLE, Stage
from tests.chaos.tables import Tables, differences

_PARTS = ("press", "communes.zip", "portals.jsonl")


def test_two_homes_with_the_same_dumps_have_the_same_marts(stage: Stage) -> None:
    stage.empty()
    _run(stage, "whole", SAMPLE)
    whole = _marts(stage)
    assert whole["marts.fct_meetings"].total() > 20  # the comparison compares something

    stage.empty()
    for number, name in enumerate(_PARTS):
        if number < 2:
            _kill(stage, f"part-{number}", SAMPLE / name, "build" if number else "load")
        _run(stage, f"part-{number}", SAMPLE / name)
    assert differences(whole, _marts(stage)) == []
    assert len(stage.versions()) == len(_PARTS)


def _run(stage: Stage, run_id: str, dump: Path) -> None:
    stage.begin(run_id, dump)
    assert stage.finish() == 0, stage.log()


def _kill(stage: Stage, run_id: str, dump: Path, step: str) -> None:
    worker = stage.begin(run_id, dump)
    stage.read_until(f"step {step}")
    time.sleep(0.2)
    os.kill(worker, signal.SIGKILL)
    assert stage.finish() != 0


def _marts(stage: Stage) -> Tables:
    return {name: rows for name, rows in stage.tables().items() if name.startswith("marts.")}
