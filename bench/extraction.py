"""The extractor on one core: articles a second, growth with the length of a text, memory over many batches.

`python -m bench.extraction [--articles 400] [--batches 60]`: articles of 3,000 characters of two sorts. *News*:
ordinary news, one article in a hundred a report of a meeting, as in a dump. *Reports*: nothing but reports of
meetings, dense with figures and people (the articles of tests/gold). Ratios are to `str.lower` of the same texts
in the same run, which says how fast the machine is just now.
"""

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa

from bienban.extract import extract, extract_batches
from bienban.records import Article

_GOLD = Path(__file__).resolve().parents[1] / "tests/gold/articles"
_LENGTH = 3_000
_SHORT, _LONG = 3_000, 1_000_000
_ROUNDS = 3

_PLACES = ("Hà Nội", "Thanh Hóa", "Cần Thơ", "Lạng Sơn", "huyện Hàm Yên", "phường Hạc Thành", "Đắk Lắk", "xã Ea Súp")
_PEOPLE = ("anh Nguyễn Văn Tuấn", "chị Lò Thị Mai", "bà Trần Thu Hà", "ông Phạm Quốc Bảo", "huấn luyện viên", "bác sĩ")
_DEEDS = (
    "vừa bị bắt vì trộm {n} chiếc xe máy",
    "đã về đích sau {n} phút thi đấu",
    "bán được {n} kg vải với giá {n}.000 đồng",
    "được đưa vào bệnh viện cấp cứu lúc {n} giờ",
    "ra mắt bộ phim mới vào ngày {n}/6",
    "nuôi {n} con bò và trồng lúa",
    "cho biết mưa lớn còn kéo dài trong {n} ngày tới",
    "mở quán cà phê nhỏ bên sông",
)
_REST = (
    "Theo cơ quan chức năng, vụ việc đang được điều tra làm rõ.",
    "Người dân xung quanh cho biết đây không phải lần đầu.",
    "Giá cả trên thị trường những ngày qua tăng nhẹ so với tháng trước.",
    "Nhiều người hâm mộ đã đến sân từ rất sớm.",
    "Trời nắng nóng, nhiệt độ cao nhất 38 độ C, có nơi trên 39 độ C.",
    "Các bác sĩ khuyên nên uống đủ nước và nghỉ ngơi.",
)
_MEETING = (
    "Tại cuộc họp báo chiều qua, UBND tỉnh cho biết sẽ xử lý nghiêm."  # a word for a meeting: one article in five
)


def news(count: int) -> list[str]:
    """Ordinary news of 3,000 characters, every hundredth a report. The same for every run."""
    draw = random.Random(35)
    articles = [_story(draw) for _ in range(count)]
    for at, report in zip(range(0, count, 100), reports(count), strict=False):
        articles[at] = report
    return articles


def reports(count: int) -> list[str]:
    """Reports of meetings of 3,000 characters: those of the gold set, cut or gone on with the paragraphs of others."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(_GOLD.glob("*.txt"))]
    return [_filled(texts[at % len(texts)], texts[(at * 7 + 1) % len(texts)]) for at in range(count)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--batches", type=int, default=60)
    args = parser.parse_args()
    samples = {"news": news(args.articles), "reports": reports(args.articles)}
    extract(Article(id="first", text=samples["reports"][0]))  # lexicons and patterns are read once
    for name, texts in samples.items():
        reading = _best(lambda texts=texts: [extract(Article(id="a", text=text)) for text in texts])
        lowering = _best(lambda texts=texts: [text.lower() for _ in range(20) for text in texts]) / 20
        rate = f"{len(texts) / reading:8.0f} articles/s{reading / lowering:8.0f} x str.lower"
        print(f"{f'{name}, 3,000 characters each':34}{rate}")
    print(f"{'1 MB : 3 kB of one text':34}{_growth():8.0f} x the time, {_LONG // _SHORT} x the text")
    first, last = _memory(samples["news"], args.batches)
    print(f"{f'memory over {args.batches} batches':34}{last - first:+8.1f} MB after the first {args.batches // 3}")


def _story(draw: random.Random) -> str:
    lines = [_sentence(draw)]
    while sum(map(len, lines)) < _LENGTH:
        lines.append(f"{_sentence(draw)}. {draw.choice(_REST)} {draw.choice(_REST)}")
    if draw.random() < 0.2:
        lines.insert(draw.randrange(1, len(lines)), _MEETING)
    return "\n\n".join(lines)[:_LENGTH]


def _sentence(draw: random.Random) -> str:
    deed = draw.choice(_DEEDS).format(n=draw.randrange(2, 90))
    return f"{draw.choice(_PEOPLE).capitalize()} ở {draw.choice(_PLACES)} {deed}"


def _filled(text: str, other: str) -> str:
    body = other.partition("\n")[2]
    return (text + "\n" + body * (_LENGTH // max(len(body), 1) + 1))[:_LENGTH]


def _growth() -> float:
    """Time for a report of 1 MB to that for reports of 3 kB: the paragraphs of all reports, one after the other.

    Pieces that are no report are left out: their figures and people are not looked for.
    """
    body = "\n".join(path.read_text(encoding="utf-8") for path in sorted(_GOLD.glob("*.txt")))
    long = (body * (_LONG // len(body) + 1))[:_LONG]
    pieces = [long[at : at + _SHORT] for at in range(0, 120 * _SHORT, _SHORT)]
    alike = [Article(id="a", text=piece) for piece in pieces]
    alike = [article for article in alike if extract(article).is_meeting_report]
    short = statistics.mean(_best(lambda text=each.text: extract(Article(id="a", text=text))) for each in alike)
    return _best(lambda: extract(Article(id="a", text=long))) / short


def _memory(texts: list[str], batches: int) -> tuple[float, float]:
    """The most memory the process held, in MB: after a third of the batches, and after all."""

    def given() -> Iterator[pa.RecordBatch]:
        for number in range(batches):
            # Other texts in every batch: what is kept of texts must not grow with them.
            changed = [f"{text[:-20]} Lần {number} số {at}." for at, text in enumerate(texts)]
            yield pa.RecordBatch.from_pydict({"id": [str(at) for at in range(len(changed))], "text": changed})

    first = 0.0
    for number, _ in enumerate(extract_batches(given())):
        if number == batches // 3:
            first = _held()
    return first, _held()


def _held() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _best(run: Callable[[], object]) -> float:
    return min(_seconds(run) for _ in range(_ROUNDS))


def _seconds(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


if __name__ == "__main__":
    main()
