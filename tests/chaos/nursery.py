"""A process that has everything imported and forks one worker per word "run" on its standard input.

A worker runs the steps of both DAGs in order and tells each step as it begins; the test kills it where it likes.
Forking saves the seven seconds that the imports cost, and a killed fork is a killed process all the same.
"""

import os
import sys
import traceback

import dbt.cli.main  # noqa: F401
import great_expectations  # noqa: F401

from bienban import jobs

STEPS = ("load", "extract", "build", "validate", "publish")


def run_steps(dump: str, run_id: str, tell) -> None:
    """What ``ingest_dumps`` and ``build_warehouse`` do, in one process."""
    tell("load")
    for batch in jobs.discover([dump]):
        jobs.load(**batch)
    tell("extract")
    jobs.extract_pending()
    if not jobs.raw_is_newer():
        return
    tell("build")
    jobs.build_candidate(run_id)
    tell("validate")
    jobs.validate_candidate(run_id)
    tell("publish")
    jobs.publish_candidate(run_id)


def _work(dump: str, run_id: str, told: int) -> int:
    os.setsid()
    os.write(told, f"worker {os.getpid()}\n".encode())  # told by itself: its first step may not come before it
    try:
        run_steps(dump, run_id, lambda step: os.write(told, f"step {step}\n".encode()))
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def main() -> None:
    """Read lines of a dump and a run id until the end of the input."""
    told = os.dup(1)  # what the test reads; dbt's own lines go where complaints go
    os.dup2(2, 1)
    os.write(told, b"ready\n")
    for line in sys.stdin:
        dump, run_id = line.rstrip("\n").split("\t")
        pid = os.fork()
        if pid == 0:
            os._exit(_work(dump, run_id, told))
        _, status = os.waitpid(pid, 0)
        os.write(told, f"ended {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
