"""Points on a map: areas follow counts, names cover nothing."""

import math
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bienban.map_layout import Circle, Name, Point, lay_out

# How wide and tall words are drawn at the least; the layout must reckon with as much.
_LETTER, _LINE = 6.0, 12.0

_points = st.lists(
    st.builds(
        Point,
        name=st.sampled_from(["Huế", "Hà Nội", "Hồ Chí Minh", "Bà Rịa - Vũng Tàu", "x" * 200]),
        latitude=st.floats(8.5, 23.4),
        longitude=st.floats(102.1, 109.5),
        count=st.integers(0, 10**7),
    ),
    max_size=40,
)


def _box(name: Name) -> tuple[float, float, float, float]:
    wide = len(name.words) * _LETTER
    left = name.x - {"start": 0.0, "middle": wide / 2, "end": wide}[name.anchor]
    return left, name.y - _LINE / 2, left + wide, name.y + _LINE / 2


def _cover(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _covers_circle(box: tuple[float, ...], circle: Circle) -> bool:
    near_x, near_y = min(max(circle.x, box[0]), box[2]), min(max(circle.y, box[1]), box[3])
    return math.hypot(circle.x - near_x, circle.y - near_y) < circle.radius


@given(_points)
def test_names_cover_no_name_no_circle_and_stay_on_the_page(points: list[Point]) -> None:
    drawing = lay_out(points)
    assert sorted((each.title, each.count) for each in drawing.circles) == sorted((p.name, p.count) for p in points)
    named = [(each, _box(each.name)) for each in (*drawing.circles, *drawing.legend) if each.name]
    for (_, one), (_, other) in combinations(named, 2):
        assert not _cover(one, other)
    for each, box in named:
        assert box[0] >= 0 and box[2] <= drawing.width and box[1] >= 0 and box[3] <= drawing.height
        assert not any(_covers_circle(box, other) for other in drawing.circles)
        assert each.title != "x" * 200


def test_areas_follow_counts_and_north_is_up() -> None:
    south, north = lay_out(
        [
            Point(name="Cà Mau", latitude=9.1, longitude=105.2, count=400),
            Point(name="Cao Bằng", latitude=22.7, longitude=106.1, count=100),
        ]
    ).circles
    assert math.isclose((south.radius / north.radius) ** 2, 4)
    assert (north.y < south.y, south.x < north.x) == (True, True)
    assert [each.name.words for each in (south, north) if each.name] == ["Cà Mau 400", "Cao Bằng 100"]


def test_the_legend_shows_round_counts_on_the_scale_of_the_map() -> None:
    drawing = lay_out([Point(name="Huế", latitude=16.3, longitude=107.5, count=8609)])
    assert [each.count for each in drawing.legend] == [8000, 2000, 500]
    assert all(
        math.isclose((each.radius / drawing.circles[0].radius) ** 2, each.count / 8609) for each in drawing.legend
    )


def test_nothing_counted_is_a_dot_without_a_legend() -> None:
    drawing = lay_out([Point(name="Huế", latitude=16.3, longitude=107.5, count=0)])
    assert drawing.legend == ()
    assert 0 < drawing.circles[0].radius < 4
    assert lay_out([]).circles == ()
