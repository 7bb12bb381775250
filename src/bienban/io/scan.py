"""The candidates of a dump of any size as Parquet, with the balance of what was read."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bienban.io.readers import Rejection, SourceError
from bienban.io.sifting import Sifted

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
_ROW_GROUP_BYTES = 16 * 1024 * 1024  # of text: what is held in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """read = kept + filtered + rejected."""

    read: int
    kept: int
    filtered: int
    rejected: int
    reasons: dict[str, int]  # of the filtered ones
    seconds: float

    def told(self) -> str:
        """The balance, why records were filtered, the rate: a line each."""
        rate = self.read / self.seconds if self.seconds else 0.0
        counts = f"kept {self.kept:,} + filtered {self.filtered:,} + rejected {self.rejected:,}"
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in self.reasons.items() if count)
        lines = [f"read {self.read:,} = {counts}", f"filtered: {reasons or 'none'}"]
        return "\n".join([*lines, f"{rate:,.0f} records/s in {self.seconds:,.1f} s"])


def scan_to_parquet(sifted: Iterable[tuple[str, Sifted | SourceError]], out: Path) -> tuple[Balance, list[SourceError]]:
    """Write the candidates to ``out``, which appears whole or not at all. Memory is bounded."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    failures: list[SourceError] = []
    started = time.perf_counter()
    draft = out.with_name(f".{out.name}.part")
    try:
        with pq.ParquetWriter(draft, SCHEMA, compression="zstd") as writer:
            for batch in _batches(_candidates(sifted, counts, reasons, failures)):
                writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    balance = Balance(
        read=counts["read"],
        kept=counts["kept"],
        filtered=reasons.total(),
        rejected=counts["rejected"],
        reasons=dict(reasons),
        seconds=time.perf_counter() - started,
    )
    return balance, failures


def _candidates(
    sifted: Iterable[tuple[str, Sifted | SourceError]],
    counts: Counter[str],
    reasons: Counter[str],
    failures: list[SourceError],
) -> Iterator[dict[str, object]]:
    for source, each in sifted:
        if isinstance(each, SourceError):
            failures.append(each)
            continue
        counts["read"] += each.read
        reasons.update(each.dropped)
        for found, _ in each.found:
            if isinstance(found, Rejection):
                counts["rejected"] += 1
                continue
            counts["kept"] += 1
            yield {"source": source} | {name: getattr(found, name) for name in SCHEMA.names[1:]}


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
