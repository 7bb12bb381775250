"""An empty warehouse on a server of its own, for the benchmarks that need one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bienban.io.migrate import prepare_warehouse
from bienban.io.postgres import EmbeddedPostgres
from bienban.settings import load_settings, settings


@contextmanager
def warehouse() -> Iterator[tuple[str, Path]]:
    """The admin's connection string and a scratch folder; server and folder are removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="bienban-bench-") as name:
        folder = Path(name)
        os.environ["BIENBAN_HOME"] = str(folder / "home")
        os.environ.pop("BIENBAN_WAREHOUSE_DSN", None)
        settings.cache_clear()
        server = EmbeddedPostgres(load_settings())
        server.start()
        try:
            prepare_warehouse(settings(), server.dsn("bienban"))
            yield server.dsn("bienban"), folder
        finally:
            server.remove()
