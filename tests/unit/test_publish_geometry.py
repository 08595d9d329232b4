"""Chart geometry: gaps, lone months, constant series, hollow months, intervals at the edge, tiles that do
not overlap."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from profiles.pack.cite import Cite, Run, Text
from profiles.pack.figures import IntervalFigure, Point, SeriesFigure, StackFigure, StackPart, Tile, TileMap
from profiles.pack.tiles import assign, least_cost
from profiles.publish import geometry, geometry_maps


def run(text: str) -> Run:
    return Run(text=text, cites=(Cite(table="t", column="c"),), show="text")


def series(*values: float | None, **more: float) -> SeriesFigure:
    return SeriesFigure(cites=(), points=tuple(Point(value=value) for value in values), alt="a", **more)  # type: ignore[arg-type]


def test_no_line_crosses_a_gap() -> None:
    line = geometry.spc(series(1, 2, None, None, 3, 4), 117, 72)
    assert len(line.paths) == 2 and len(line.gaps) == 1
    left, right = (path[1:].split("L") for path in line.paths)
    start, width = line.gaps[0]
    assert float(left[-1].split()[0]) <= start + width / 2 <= float(right[0].split()[0])


def test_a_month_between_two_gaps_is_a_dot() -> None:
    line = geometry.spark(series(1, None, 5, None, 2, 3), 60, 12)
    assert len(line.dots) == 2 and len(line.paths) == 1


@pytest.mark.parametrize("values", [(7.0,), (7.0, 7.0, 7.0), (0.0, 0.0), (None, None), (), (None, 4.0)])
def test_degenerate_series_stay_inside_the_box(values: tuple[float | None, ...]) -> None:
    line = geometry.spc(series(*values), 117, 72)
    for mark in [*line.dots, *line.marks, *([line.end] if line.end else [])]:
        assert math.isfinite(mark.x) and 0 <= mark.x <= 117 and 0 <= mark.y <= 72
    assert (line.end is None) == all(value is None for value in values)


def test_hollow_months_are_not_joined_to_judged_ones() -> None:
    points = (
        *(Point(value=v) for v in (100, 110, 90)),
        Point(value=10, mark="hollow"),
        Point(value=12, mark="hollow"),
    )
    line = geometry.spc(SeriesFigure(cites=(), points=points, alt="a"), 117, 72)
    assert len(line.paths) == 2 and [mark.mark for mark in line.marks] == ["hollow", "hollow"]


def test_without_a_range_the_scale_starts_at_zero() -> None:
    flat = geometry.spc(series(100, 101, 102), 117, 72)
    zoomed = geometry.spc(series(100, 101, 102, mean=101, lower=98, upper=104), 117, 72)
    assert flat.end is not None and flat.end.y < 20 and flat.band is None
    assert zoomed.band is not None and zoomed.band[1] > 20


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e6)), max_size=40))
def test_everything_drawn_is_inside(values: list[float | None]) -> None:
    line = geometry.spark(series(*values), 86, 12)
    for path in line.paths:
        for pair in path[1:].split("L"):
            x, y = map(float, pair.split())
            assert -0.1 <= x <= 86.1 and -0.1 <= y <= 12.1


def test_an_interval_never_leaves_its_axis() -> None:
    figure = IntervalFigure(cites=(), value=5, lower=0, upper=40, reference=20, axis_to=40, alt="a")
    drawn = geometry.interval(figure, 126)
    assert drawn.reference is not None
    assert 0 < drawn.lower < drawn.value < drawn.reference < drawn.upper < 126


def test_a_stack_fills_its_width_and_drops_labels_that_do_not_fit() -> None:
    parts = (
        StackPart(share=1, label=run("1.0%"), name=Text(), tone=0),
        StackPart(share=99, label=run("99%"), name=Text(), tone=1),
    )
    drawn = geometry.stack(StackFigure(cites=(), parts=parts, alt="a"), 200)
    assert drawn[0][2] is None and drawn[1][2] == run("99%")
    assert drawn[1][0] + drawn[1][1] == pytest.approx(200, abs=1)


@pytest.mark.parametrize("n", [0, 1, 2, 7, 34, 70, 150])
def test_tiles_get_one_cell_each_and_stay_inside(n: int) -> None:
    points = [(-1.0 + (i * 37 % 100) / 100, 52.0 + (i * 61 % 100) / 100) for i in range(n)]
    cells = assign(points)
    assert len(set(cells)) == n and cells == assign(points)
    tiles = tuple(
        Tile(row=r, column=c, code=run("AB12"), label=run("12.3"), key="", level=2, is_above=False)
        for r, c in cells
    )
    drawn = geometry_maps.hexagons(TileMap(cites=(), tiles=tiles, legend=(), alt="a"), 292, 250)
    for tile in drawn:
        assert 0 < tile.cx < 292 and 0 < tile.cy < 250
    for one in drawn:
        near = [math.hypot(one.cx - other.cx, one.cy - other.cy) for other in drawn if other is not one]
        assert not near or min(near) > 8


def test_neighbours_on_the_ground_stay_neighbours_on_the_map() -> None:
    west = [(-3.0 + 0.01 * i, 52.0 + 0.02 * (i % 5)) for i in range(20)]
    east = [(1.0 + 0.01 * i, 52.0 + 0.02 * (i % 5)) for i in range(20)]
    cells = assign([*west, *east])
    assert max(column for _, column in cells[:20]) <= min(column for _, column in cells[20:]) + 1


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 50), min_size=7, max_size=7), min_size=n, max_size=n)
    )
)
def test_the_assignment_is_the_cheapest(cost: list[list[int]]) -> None:
    rows, columns = linear_sum_assignment(cost)
    best = sum(cost[r][c] for r, c in zip(rows, columns, strict=True))
    found = least_cost(cost)
    assert len(set(found)) == len(cost) and sum(cost[i][c] for i, c in enumerate(found)) == best
