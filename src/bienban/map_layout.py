"""Points on a map: counts as circles, each with a name that covers no other circle or name.

Degrees become pixels with one scale for the whole country: a degree of longitude is as wide as it is in its
middle. Good for points to look at, not for measuring.

Not here: where the counts come from (``io/map_page.py``), how a circle is drawn (``reports/map.html.j2``).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_PIXELS_PER_DEGREE = 50.0  # of latitude
_SIDE, _TOP = 58.0, 30.0  # margins: room for the names of the outermost points
_LARGEST, _SMALLEST = 20.0, 2.5  # radii in pixels
_LETTER, _LINE = 7.0, 13.0  # pixels: how wide a letter of a name is, how tall its line
_DISTANCES = (3.0, 9.0, 16.0, 25.0, 36.0, 50.0, 66.0, 84.0)  # between a circle and its name
_STEP = 3.0  # pixels between two looks along a line
_NEAR = _DISTANCES[1]  # from further off a line leads to the circle


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A named place in degrees and what is counted there."""

    name: str
    latitude: float
    longitude: float
    count: int


@dataclass(frozen=True, slots=True)
class Name:
    """Where the words of a point stand; ``anchor`` is SVG's text-anchor, ``led`` asks for a line to the circle."""

    words: str
    x: float
    y: float
    anchor: str
    led: bool


@dataclass(frozen=True, slots=True)
class Circle:
    """A count as an area in pixels. ``name`` is None where no room is left for it."""

    title: str
    count: int
    x: float
    y: float
    radius: float
    name: Name | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map of ``width`` x ``height`` pixels, largest circle first so that small ones lie on top."""

    width: float
    height: float
    circles: tuple[Circle, ...]
    legend: tuple[Circle, ...]  # what some counts look like, largest first


_Box = tuple[float, float, float, float]  # left, top, right, bottom


def lay_out(points: Sequence[Point]) -> Drawing:
    """Draw the points; circles are in the order of their counts, the same points give the same drawing."""
    if not points:
        return Drawing(0, 0, (), ())
    north, south = max(each.latitude for each in points), min(each.latitude for each in points)
    west, east = min(each.longitude for each in points), max(each.longitude for each in points)
    across = _PIXELS_PER_DEGREE * math.cos(math.radians((north + south) / 2))
    width, height = 2 * _SIDE + (east - west) * across, 2 * _TOP + (north - south) * _PIXELS_PER_DEGREE
    most = max(each.count for each in points)
    bare = [
        Circle(
            each.name,
            each.count,
            _SIDE + (each.longitude - west) * across,
            _TOP + (north - each.latitude) * _PIXELS_PER_DEGREE,
            _radius(each.count, most),
            None,
        )
        for each in sorted(points, key=lambda each: (-each.count, each.name))
    ]
    circles, legend = tuple(_named(bare, width, height)), tuple(_legend(most, height))
    ends = [each.name.x + len(each.name.words) * _LETTER for each in legend if each.name]
    return Drawing(max([width, *ends]), height + (2 * _LARGEST + 2 if legend else 0), circles, legend)


def _radius(count: int, most: int) -> float:
    return max(_SMALLEST, _LARGEST * math.sqrt(count / most)) if count else _SMALLEST


def _legend(most: int, top: float) -> Iterator[Circle]:
    """A row below the map: it must cover no point, wherever points are."""
    x, y = 0.0, top + _LARGEST
    for count in _round_counts(most):
        radius = _radius(count, most)
        name = Name(f"{count:,}", x + 2 * radius + _DISTANCES[0] + 2, y, "start", False)
        yield Circle("", count, x + radius + 2, y, radius, name)
        x = name.x + len(name.words) * _LETTER + _LINE


def _round_counts(most: int) -> list[int]:
    """A few counts of one digit and zeros, no larger than ``most``: each about a quarter of the one before."""
    counts: list[int] = []
    while most >= 1 and len(counts) < 3:
        power = 10 ** (len(str(most)) - 1)
        counts.append(most // power * power)
        most = counts[-1] // 4
    return counts


def _named(circles: Sequence[Circle], width: float, height: float) -> Iterator[Circle]:
    """Give names their places, those of large counts first: what is asked for most stands nearest."""
    taken = [_square(each) for each in circles]
    for number, each in enumerate(circles):
        words = f"{each.title} {each.count:,}" if each.count else each.title
        others = taken[:number] + taken[number + 1 :]
        name = None
        for candidate, box in _candidates(each, words):
            if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height:
                continue
            covered = [box, *_line(each, candidate)]
            if not any(_overlap(part, other) for part in covered for other in others):
                name = candidate
                taken += covered
                break
        yield replace(each, name=name)


def _line(circle: Circle, name: Name) -> list[_Box]:
    """The line between a circle and its name as small boxes along it; empty when the name stands near."""
    if not name.led:
        return []
    across, down = name.x - circle.x, name.y - circle.y
    steps = int(math.hypot(across, down) // _STEP)
    dots = [(circle.x + across * step / steps, circle.y + down * step / steps) for step in range(1, steps)]
    return [(x - 1, y - 1, x + 1, y + 1) for x, y in dots]


def _square(circle: Circle) -> _Box:
    return (
        circle.x - circle.radius,
        circle.y - circle.radius,
        circle.x + circle.radius,
        circle.y + circle.radius,
    )


def _candidates(circle: Circle, words: str) -> Iterator[tuple[Name, _Box]]:
    wide = len(words) * _LETTER
    for gap in _DISTANCES:
        away = circle.radius + gap
        slant = away * 0.75
        for right, down, anchor in (
            (away, 0.0, "start"),
            (-away, 0.0, "end"),
            (slant, -slant, "start"),
            (slant, slant, "start"),
            (-slant, -slant, "end"),
            (-slant, slant, "end"),
            (0.0, -away - _LINE / 2, "middle"),
            (0.0, away + _LINE / 2, "middle"),
        ):
            x, y = circle.x + right, circle.y + down
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            yield Name(words, x, y, anchor, gap > _NEAR), (left, y - _LINE / 2, left + wide, y + _LINE / 2)


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
