"""Background processes are found again, stopped with their children, and never confused with strangers."""

import sys
import time
from pathlib import Path

import psutil

from bienban.stack.processes import Component, stop_all

_PARENT = (
    "import subprocess, sys, time, signal\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"  # a component that does not want to stop
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(600)\n"
)


def _component(folder: Path, code: str) -> Component:
    return Component("worker", [sys.executable, "-c", code], {"PATH": "/usr/bin:/bin"}, folder)


def _wait_for_log(component: Component) -> str:
    deadline = time.monotonic() + 20
    while not component.tail() and time.monotonic() < deadline:
        time.sleep(0.05)
    return component.tail()


def test_a_started_component_is_found_by_another_process(tmp_path: Path) -> None:
    first = _component(tmp_path, "import time; time.sleep(600)")
    assert first.start()
    again = _component(tmp_path, "import time; time.sleep(600)")
    assert again.process() is not None
    assert not again.start()
    assert stop_all([again]) == ["worker"]
    assert first.process() is None


def test_stopping_takes_the_children_along_even_if_the_parent_ignores_it(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("bienban.stack.processes._PATIENCE", 1)
    component = _component(tmp_path, _PARENT)
    component.start()
    child = int(_wait_for_log(component))
    stop_all([component])
    assert component.process() is None
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE


def test_the_number_of_another_program_does_not_count(tmp_path: Path) -> None:
    component = _component(tmp_path, "")
    own = psutil.Process()
    (tmp_path / "worker.process").write_text(f"{own.pid} {own.create_time() - 60}")
    assert component.process() is None
    assert stop_all([component]) == []
