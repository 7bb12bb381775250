"""Progress on standard error, when it is a terminal: how many records, how fast."""

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self, TypeVar

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from bienban.io.readers import SourceError
from bienban.io.sifting import Sifted

T = TypeVar("T")
_EVERY = 100  # records between two updates


class Progress:
    """A line that counts; silent when standard error is no terminal."""

    def __init__(self, verb: str) -> None:
        console = Console(stderr=True)
        columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,.0f} records"), TimeElapsedColumn())
        self._bar = Bar(*columns, console=console, disable=not console.is_terminal, transient=True)
        self._task = self._bar.add_task(verb, total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def count(self, items: Iterable[T]) -> Iterator[T]:
        """The items as they come, each counted."""
        for number, item in enumerate(items, start=1):
            if number % _EVERY == 0:
                self._bar.update(self._task, completed=number)
            yield item

    def sum(self, items: Iterable[tuple[str, Sifted | SourceError]]) -> Iterator[tuple[str, Sifted | SourceError]]:
        """The items as they come, the records that each was sifted from counted."""
        for source, item in items:
            if isinstance(item, Sifted):
                self._bar.update(self._task, advance=item.read)
            yield source, item
