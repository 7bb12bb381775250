"""The candidates of a dump of any size as Parquet, with the balance of what was read."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bienban.candidates import is_candidate
from bienban.io.readers import Record, Rejection, SourceError

SCHEMA = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("locator", pa.string(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("url", pa.string()),
        pa.field("title", pa.string()),
        pa.field("text", pa.large_string(), nullable=False),
        pa.field("published_at", pa.timestamp("us", tz="UTC")),
        pa.field("published_at_source", pa.string()),
        pa.field("crawled_at", pa.timestamp("us", tz="UTC")),
    ]
)
_ROW_GROUP_BYTES = 32 * 1024 * 1024  # of text: what is held in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """read = kept + filtered + rejected."""

    read: int
    kept: int
    filtered: int
    rejected: int
    seconds: float

    def told(self) -> str:
        """The balance and the rate in two lines."""
        rate = self.read / self.seconds if self.seconds else 0.0
        counts = f"kept {self.kept:,} + filtered {self.filtered:,} + rejected {self.rejected:,}"
        return f"read {self.read:,} = {counts}\n{rate:,.0f} records/s in {self.seconds:,.1f} s"


def scan_to_parquet(
    records: Iterable[tuple[str, Record | Rejection | SourceError]], out: Path
) -> tuple[Balance, list[SourceError]]:
    """Write the candidates to ``out``, which appears whole or not at all. Memory is bounded."""
    counts: Counter[str] = Counter()
    failures: list[SourceError] = []
    started = time.perf_counter()
    draft = out.with_name(f".{out.name}.part")
    try:
        with pq.ParquetWriter(draft, SCHEMA, compression="zstd") as writer:
            for batch in _batches(_candidates(records, counts, failures)):
                writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    seconds = time.perf_counter() - started
    balance = Balance(
        read=counts.total(),
        kept=counts["kept"],
        filtered=counts["filtered"],
        rejected=counts["rejected"],
        seconds=seconds,
    )
    return balance, failures


def _candidates(
    records: Iterable[tuple[str, Record | Rejection | SourceError]], counts: Counter[str], failures: list[SourceError]
) -> Iterator[dict[str, object]]:
    for source, found in records:
        if isinstance(found, SourceError):
            failures.append(found)
        elif isinstance(found, Rejection):
            counts["rejected"] += 1
        elif is_candidate(found.text, found.title):
            counts["kept"] += 1
            yield {"source": source} | {name: getattr(found, name) for name in SCHEMA.names[1:]}
        else:
            counts["filtered"] += 1


def _batches(rows: Iterable[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    batch: list[dict[str, object]] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(str(row["text"]))
        if size >= _ROW_GROUP_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
