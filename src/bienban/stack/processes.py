"""Background processes of a home: started apart from the terminal, found again, stopped as a group."""

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_PATIENCE = 15  # seconds until a process that was asked to stop is killed with its children


@dataclass(frozen=True, slots=True)
class Component:
    """One background process with its log and its mark in ``folder``."""

    name: str
    command: list[str]
    environ: Mapping[str, str]
    folder: Path

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return self.folder / f"{self.name}.log"

    def start(self) -> bool:
        """Start it unless it runs. True: it was down."""
        if self.process() is not None:
            return False
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            started = subprocess.Popen(
                self.command,
                env=dict(self.environ),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._mark.write_text(f"{started.pid} {psutil.Process(started.pid).create_time()}")
        return True

    def process(self) -> psutil.Process | None:
        """The running process, or None. A number that another program got since does not count."""
        with suppress(FileNotFoundError, ValueError, psutil.Error):
            pid, created = self._mark.read_text().split()
            found = psutil.Process(int(pid))
            if found.create_time() == float(created) and found.status() != psutil.STATUS_ZOMBIE:
                return found
        return None

    def tail(self, lines: int = 15) -> str:
        """The end of its log."""
        with suppress(FileNotFoundError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        return ""

    @property
    def _mark(self) -> Path:
        return self.folder / f"{self.name}.process"


def stop_all(components: list[Component]) -> list[str]:
    """Ask all to stop, wait, kill what is left of their groups; the names of those that ran."""
    running = [(component, found) for component in components if (found := component.process()) is not None]
    families = {found.pid: [found, *_children(found)] for _, found in running}
    for _, found in running:
        with suppress(psutil.Error):
            found.send_signal(signal.SIGTERM)
    everyone = [member for family in families.values() for member in family]
    _, alive = psutil.wait_procs(everyone, timeout=_PATIENCE)
    for member in alive:
        with suppress(psutil.Error):
            member.kill()
    for _, found in running:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(found.pid, signal.SIGKILL)  # children born while it stopped
    psutil.wait_procs(alive, timeout=5)
    for component, _ in running:
        with suppress(FileNotFoundError):
            component._mark.unlink()
    return [component.name for component, _ in running]


def _children(process: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.Error):
        found: list[psutil.Process] = process.children(recursive=True)
        return found
    return []
