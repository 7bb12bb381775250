"""Loading candidates against a bare COPY of the same rows into tables with the same indexes; memory by size of file.

`python -m bench.loading [--articles 20000] [--mb 400]`: every record is a candidate here, so nothing is gained by
filtering. Memory is the peak of a process of its own that scans a Parquet file of a quarter of the size, and of all.
"""

import argparse
import gzip
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import orjson
from psycopg import Connection

from bench._server import warehouse
from bench.reading import articles, scan, write_dump
from bienban import jobs
from bienban.io import clusters
from bienban.io.database import connect

_AGAIN = 5  # one article in so many is another's near duplicate
_TABLES = ("articles", "article_occurrences")
_PEAK = """
import sys
from pathlib import Path
from bench.loading import peak_of_scan
print(peak_of_scan(Path(sys.argv[1])))
"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--mb", type=int, default=400)
    args = parser.parse_args()
    with warehouse() as (_, folder):
        _loading(folder, args.articles)
        for megabytes in (args.mb // 4, args.mb) if args.mb else ():
            table = folder / f"{megabytes}.parquet"
            write_dump(table, None, megabytes * 1_000_000 // 3000)
            done = subprocess.run([sys.executable, "-c", _PEAK, str(table)], capture_output=True, text=True, check=True)
            print(f"peak memory of a scan of {megabytes:,} MB of text: {int(done.stdout) / 1e6:,.0f} MB", flush=True)


def peak_of_scan(path: Path) -> int:
    """The peak memory of this process after a scan, in bytes."""
    scan(path)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _loading(folder: Path, count: int) -> None:
    dump = folder / "dump.jsonl.gz"
    with gzip.open(dump, "wb", 6) as stream:
        for each in articles(count, every=1, again=_AGAIN):
            stream.write(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE))
    [item] = jobs.discover([str(dump)])
    scan(dump)  # readies the phrases, once per process
    reading = min(_seconds(lambda: scan(dump)) for _ in range(3))
    started = time.perf_counter()
    counts = jobs.load(**item)
    loading = time.perf_counter() - started
    with connect("owner") as connection:
        bare = sum(_bare_copy(connection, table) for table in _TABLES)
    writing = loading - reading
    print(f"loading {counts['loaded']:,} articles: {loading:.1f} s, bare COPY {bare:.1f} s, ratio {bare / loading:.2f}")
    print(f"without reading and filtering them ({reading:.1f} s): {writing:.1f} s, ratio {bare / writing:.2f}")
    started = time.perf_counter()
    again = jobs.discover([str(dump)])
    print(f"offered again, unchanged: {time.perf_counter() - started:.2f} s, {len(again)} files to load")
    with connect("loader", autocommit=True) as connection:
        started, spent = time.perf_counter(), _processor_seconds(connection)
        counts = clusters.cluster_new(connection)
        clock, spent = time.perf_counter() - started, _processor_seconds(connection) - spent
    compared = counts["compared"]
    rates = f"{compared / clock:,.0f} articles/s by the clock, {compared / spent:,.0f} articles/s of one core"
    print(f"near duplicates, stored: {compared:,} articles, {counts['near_duplicates']:,} of them near ones, {rates}")


def _seconds(step: Callable[[], object]) -> float:
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


def _processor_seconds(connection: Connection) -> float:
    """Of this process and of its server process, together."""
    told = Path(f"/proc/{connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _bare_copy(connection: Connection, table: str) -> float:
    """Seconds to copy the table's rows into an empty one with its indexes, from memory."""
    with connection.cursor() as cursor:
        with cursor.copy(f"copy raw.{table} to stdout") as out:  # type: ignore[arg-type]
            rows = b"".join(out)
        cursor.execute(f"create table raw.bare_{table} (like raw.{table} including all)")  # type: ignore[arg-type]
        connection.commit()
        started = time.perf_counter()
        with cursor.copy(f"copy raw.bare_{table} from stdin") as into:  # type: ignore[arg-type]
            for at in range(0, len(rows), 1 << 20):
                into.write(rows[at : at + (1 << 20)])
        connection.commit()
        return time.perf_counter() - started


if __name__ == "__main__":
    main()
