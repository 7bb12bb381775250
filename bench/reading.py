"""Reading, filtering, near duplicates and loading, against what bare libraries need for the same bytes.

`python -m bench.reading [--mb 500]`: articles of 3 kB, one in a hundred a meeting, written by the bench. Every ratio
is that of two times taken in turn, the best of some rounds each, so that a busy machine weighs on both alike; the
column "processor" is the ratio of processor time, which a busy machine hardly changes, all threads counted.
"""

import argparse
import gzip
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from bienban.candidates import filtered
from bienban.io.readers import Dump
from bienban.io.readers.batches import read_chunks
from bienban.io.sifting import sift
from bienban.lexicon import load_lexicon
from bienban.near_duplicates import signatures

_ARTICLE_BYTES = 3000
_MEETINGS = 100  # one article in so many
_MENTIONS = 10  # of the others, one in so many tells of a gathering in passing
_LEAD = (
    "Sáng {day}/6, Ban Chỉ đạo 35 tỉnh tổ chức hội nghị sơ kết 6 tháng đầu năm. Đồng chí Phó Bí thư Thường trực Tỉnh ủy"
    " chủ trì hội nghị. Phát biểu tại hội nghị, đồng chí đề nghị các đơn vị đăng {number} lượt tin bài.\n"
)
_ONSETS = (
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "h",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
)
_RHYMES = (
    "a",
    "à",
    "á",
    "ạ",
    "ăn",
    "ân",
    "ông",
    "ương",
    "iên",
    "ước",
    "ất",
    "ình",
    "òa",
    "ẩm",
    "ối",
    "ứng",
    "ạnh",
    "iệt",
)
_PIECES, _PIECE = 12, 50  # of words: articles made of longer ones would be near duplicates by chance
_MENU = "Trang chủ | Giới thiệu | Tin tức | Văn bản | Liên hệ\n"
_PASSING = "Anh kể rằng sau cuộc họp hôm ấy mọi người đã về nhà. "


class Seconds(NamedTuple):
    """By the clock, and of the processor: all threads of this process together."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: ``wanted`` is what the ratio must reach."""

    what: str
    ours: "Seconds"
    bare: "Seconds"
    wanted: float
    megabytes: float

    def told(self) -> str:
        """As printed."""
        ratio, by_processor = self.bare.clock / self.ours.clock, self.bare.processor / self.ours.processor
        seconds = f"{self.ours.clock:9.2f}{self.bare.clock:9.2f}{ratio:8.2f}{by_processor:11.2f}{self.wanted:8.2f}"
        return f"{self.what:58}{seconds}{self.megabytes / self.ours.clock:9.0f}"


def articles(count: int, every: int = _MEETINGS, again: int = 0) -> Iterator[dict[str, str]]:
    """Made-up articles of running text, the same for every run; one in ``every`` reports a meeting.

    One in ``again`` is the one before it as another portal shows it.
    """
    draw = random.Random(35)
    words = _words(draw)
    weights = [1 / (rank + 2) for rank in range(len(words))]
    stock = draw.choices(words, weights, k=200_000)
    body = ""
    for number in range(count):
        if again and number % again == again - 1:
            text = f"{_MENU}{body}"
            yield {
                "id": str(number),
                "url": f"https://cong{number % 7}.example/{number}",
                "title": body[:60],
                "text": text,
            }
            continue
        pieces = (draw.randrange(len(stock) - _PIECE) for _ in range(_PIECES))
        body = " ".join(chain.from_iterable(stock[at : at + _PIECE] for at in pieces))
        body = "\n".join(body[first : first + 400].strip() for first in range(0, len(body), 400))
        if number % every == 0:
            body = _LEAD.format(day=number % 28 + 1, number=number) + body
        elif number % _MENTIONS == 0:
            body = f"{body[:1500].strip()} {_PASSING}{body[1500:].strip()}"
        body = body.encode()[:_ARTICLE_BYTES].decode(errors="ignore")
        yield {"id": str(number), "url": f"https://bao{number % 97}.example/{number}", "title": body[:60], "text": body}


def reading(folder: Path, megabytes: int) -> Iterator[Line]:
    """Scans of files against bare decoding, the filter against Python's re, signatures."""
    count = megabytes * 1_000_000 // _ARTICLE_BYTES
    table, lines = folder / "dump.parquet", folder / "dump.jsonl.gz"
    write_dump(table, lines, count)
    ours, bare = _raced(lambda: scan(table), lambda: _decode_parquet(table))
    yield Line("scan of Parquet : pyarrow decoding the text", ours, bare, 0.6, megabytes)
    ours, bare = _raced(lambda: scan(lines), lambda: _decode_lines(lines))
    yield Line("scan of JSON Lines.gz : gzip + orjson", ours, bare, 0.6, megabytes / 4)
    texts = pa.array([each["text"] for each in articles(4000)], pa.large_string())
    strings = texts.to_pylist()
    pattern = _pattern()
    ours, bare = _raced(lambda: filtered(texts), lambda: [pattern.search(text) for text in strings])
    yield Line("filter : Python's re with its gatherings", ours, bare, 20, texts.nbytes / 1e6)
    started = time.process_time()  # the goal is a rate of one core
    signatures(strings)
    spent = time.process_time() - started
    found, wanted = Seconds(spent, spent), Seconds(len(strings) / 3000, len(strings) / 3000)
    yield Line("near duplicates, signatures : 3,000 articles/s", found, wanted, 1, texts.nbytes / 1e6)


def write_dump(table: Path, lines: Path | None, count: int) -> None:
    """So many articles as Parquet, the first quarter of them also as gzipped JSON Lines."""
    schema = pa.schema([(name, pa.string()) for name in ("id", "url", "title", "text")])
    with pq.ParquetWriter(table, schema, compression="zstd") as writer, ExitStack() as stack:
        stream = stack.enter_context(gzip.open(lines, "wb", 6)) if lines else None
        for held in batched(articles(count), 10_000):
            writer.write_table(pa.Table.from_pylist(held, schema=schema))
            for each in held if stream and int(held[0]["id"]) < count // 4 else ():
                stream.write(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE))


def batched(items: Iterator[dict[str, str]], size: int) -> Iterator[list[dict[str, str]]]:
    """Lists of so many."""
    while held := list(islice(items, size)):
        yield held


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", type=int, default=500)
    megabytes = parser.parse_args().mb
    print(f"{'':58}{'seconds':>9}{'bare':>9}{'ratio':>8}{'processor':>11}{'wanted':>8}{'MB/s':>9}")
    with tempfile.TemporaryDirectory(prefix="bienban-bench-") as name:
        for line in reading(Path(name), megabytes):
            print(line.told(), flush=True)


def _words(draw: random.Random) -> list[str]:
    """Syllables that look Vietnamese."""
    return [draw.choice(_ONSETS) + draw.choice(_RHYMES) for _ in range(3000)]


def scan(path: Path) -> int:
    """The number of candidates and rejections of a dump file."""
    return sum(len(sifted.found) for sifted in sift(read_chunks(Dump(path))))


def _decode_parquet(path: Path) -> None:
    with pq.ParquetFile(path) as file:
        for _ in file.iter_batches(2048, columns=["text"]):
            pass


def _decode_lines(path: Path) -> None:
    with gzip.open(path) as stream:
        for line in stream:
            orjson.loads(line)


def _pattern() -> re.Pattern[str]:
    groups = (entry for entry in load_lexicon("candidates").values() if entry.fields.get("gathering"))
    return re.compile(rf"\b(?:{'|'.join(form for entry in groups for form in entry.forms)})\b", re.IGNORECASE)


def _raced(ours: Callable[[], object], bare: Callable[[], object], rounds: int = 5) -> tuple[Seconds, Seconds]:
    """The best time of each, taken in turn."""
    ours()  # readies the phrases, fills the cache of files
    best = [[float("inf")] * 2, [float("inf")] * 2]
    for _ in range(rounds):
        for times, step in zip(best, (ours, bare), strict=True):
            clock, processor = time.perf_counter(), time.process_time()
            step()
            times[0] = min(times[0], time.perf_counter() - clock)
            times[1] = min(times[1], time.process_time() - processor)
    return Seconds(*best[0]), Seconds(*best[1])


if __name__ == "__main__":
    main()
