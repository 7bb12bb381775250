"""kill -9 of the loader, the extractor, dbt, the gate, the publisher and PostgreSQL at random points.

Whatever is killed, running again must end with the tables of an undisturbed run, row by row, and one version.
``BIENBAN_KILLS`` says how often (``make chaos``: 200); a failure names its seed, ``BIENBAN_SEED`` repeats it.
"""

import os
import random
import signal
import time
from contextlib import suppress

from tests.chaos.nursery import STEPS
from tests.chaos.stage import Stage
from tests.chaos.tables import differences

KILLS = int(os.environ.get("BIENBAN_KILLS", "20"))
SEED = int(os.environ.get("BIENBAN_SEED", str(time.time_ns() % 1_000_000)))
_KILLS_PER_RUN = 5


def _kill_somewhere(stage: Stage, dice: random.Random, run_id: str, durations: dict[str, float]) -> str | None:
    """Let a worker run into a random step and kill it, or the server, there. None: it was faster."""
    step, is_server = dice.choice(STEPS), dice.random() < 0.25
    worker = stage.begin(run_id)
    if stage.read_until(f"step {step}", "ended").startswith("ended"):
        return None
    time.sleep(dice.random() * durations[step])
    victim = stage.postmaster() if is_server else worker
    with suppress(ProcessLookupError):
        os.kill(victim, signal.SIGKILL)
    code = stage.finish()
    if is_server:
        stage.server.start()
    return None if code == 0 and not is_server else f"{'PostgreSQL' if is_server else 'worker'} in {step}"


def test_kills_leave_no_trace(stage: Stage) -> None:
    dice = random.Random(SEED)
    stage.begin("undisturbed")
    durations = _durations(stage)
    expected = stage.tables()
    assert stage.versions() == [(1, True)], stage.log()
    assert expected["marts.fct_metrics"].total() > 100  # the comparison compares something

    kills: list[str] = []
    while len(kills) < KILLS:
        stage.empty()
        here: list[str] = []
        for _ in range(3 * _KILLS_PER_RUN):
            if len(here) == _KILLS_PER_RUN or len(kills) + len(here) == KILLS:
                break
            killed = _kill_somewhere(stage, dice, f"run-{dice.randrange(3)}", durations)
            here += [killed] if killed else []
        kills += here
        stage.begin("last")
        assert stage.finish() == 0, f"seed {SEED}, after {here}: {stage.log()}"
        assert differences(expected, stage.tables()) == [], f"seed {SEED}, after {here}"
        assert stage.versions() == [(1, True)], f"seed {SEED}, after {here}"
        print(f"{len(kills)} of {KILLS} kills", flush=True)
    print(f"{len(kills)} kills, seed {SEED}: " + ", ".join(f"{kills.count(k)} × {k}" for k in sorted(set(kills))))


def _durations(stage: Stage) -> dict[str, float]:
    """How long each step of the worker that just began takes."""
    begun: dict[str, float] = {}
    while True:
        line = stage.read_until("step", "ended")
        begun[line.split()[1] if line.startswith("step") else "ended"] = time.monotonic()
        if line.startswith("ended"):
            assert line == "ended 0", stage.log()
            break
    marks = [*STEPS, "ended"]
    return {step: begun[after] - begun[step] for step, after in zip(STEPS, marks[1:], strict=True)}
