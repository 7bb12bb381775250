"""Evidence pages at scale: writing them, and finding that nothing changed.

`python -m bench.evidence [--articles 12500]`: articles made as for `bench.warehouse`; seconds, pages per second,
and the ratio to writing files of the same bytes.
"""

import argparse
import time
from datetime import datetime
from pathlib import Path

from bench._server import warehouse
from bench.warehouse import publish_generated
from bienban.identity import VIETNAM
from bienban.io.database import connect
from bienban.io.evidence import write_evidence
from bienban.io.templates import report_environment


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=12_500)
    articles = parser.parse_args().articles
    with warehouse() as (dsn, folder):
        publish_generated(dsn, articles)
        _measure(folder / "evidence", folder / "bare")


def _measure(pages: Path, bare: Path) -> None:
    environment = report_environment(datetime.now(VIETNAM))
    for what in ("all pages", "nothing changed"):
        started = time.perf_counter()
        with connect("auditor") as auditor:
            counts = write_evidence(auditor, environment, pages, newest=1_000_000)
        seconds = time.perf_counter() - started
        if what == "all pages":
            written, unit = counts["written"], _bare_seconds(pages, bare)
        rate = f"{written / seconds:10,.0f} a second{seconds / unit:8.1f} x bare"
        print(f"{what:20}{written:8,} pages{seconds:8.1f} s{rate}")


def _bare_seconds(pages: Path, bare: Path) -> float:
    contents = [page.read_bytes() for page in pages.glob("*/*.html")]
    bare.mkdir()
    started = time.perf_counter()
    for number, content in enumerate(contents):
        (bare / f"{number}.html").write_bytes(content)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
