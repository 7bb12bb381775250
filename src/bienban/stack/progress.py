"""What a person sees while the DAGs run: one line a task, its state and its time."""

import time
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.table import Table

_MARKS = {
    None: "[dim]waiting[/]",
    "scheduled": "[dim]waiting[/]",
    "queued": "[dim]queued[/]",
    "running": "[cyan]running[/]",
    "success": "[green]done[/]",
    "skipped": "[dim]skipped[/]",
    "failed": "[red]failed[/]",
    "upstream_failed": "[red]not run[/]",
    "up_for_retry": "[yellow]will retry[/]",
}


class Progress:
    """Shows one DAG run: live on a terminal, a line per ended task elsewhere (logs, CI)."""

    def __init__(self, console: Console, title: str) -> None:
        self._console = console
        self._title = title
        self._started = time.monotonic()
        self._told: set[tuple[str, int]] = set()
        self._live = Live(console=console, refresh_per_second=4, transient=True) if console.is_terminal else None

    def __enter__(self) -> "Progress":
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._live.stop()

    def show(self, tasks: list[dict[str, Any]]) -> None:
        """Show the state of the run's task instances."""
        if self._live:
            self._live.update(self._table(tasks))
        for task in tasks:
            key = (task["task_id"], task["map_index"])
            if task["state"] in ("success", "failed", "upstream_failed", "skipped") and key not in self._told:
                self._told.add(key)
                self._console.print(f"  {_label(task):<44} {_MARKS[task['state']]:<22} {_seconds(task)}")

    def _table(self, tasks: list[dict[str, Any]]) -> Table:
        running = [task for task in tasks if task["state"] not in ("success", "skipped")]
        table = Table(box=None, show_header=False, padding=(0, 1))
        ended = len(tasks) - len(running)
        table.add_row(f"  {self._title}", f"{ended}/{len(tasks)} tasks", f"{time.monotonic() - self._started:.0f} s")
        for task in running[:8]:
            table.add_row(f"    {_label(task)}", _MARKS.get(task["state"], str(task["state"])), _seconds(task))
        return table


def _label(task: dict[str, Any]) -> str:
    # The name of a mapped task comes from a dump's path: printed as text, never as markup.
    mapped = f" [{task['map_index']}]".replace("[", r"\[") if task["map_index"] >= 0 else ""
    return f"{task['dag_id']}.{task['task_id']}{mapped}"


def _seconds(task: dict[str, Any]) -> str:
    return f"{task['duration']:.1f} s" if task.get("duration") else ""
