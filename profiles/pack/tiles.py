"""Give each place one hexagon, roughly where it lies: an assignment problem, the same answer every time.

Here: longitude and latitude in, grid row and column out.
Not here: drawing (publish/geometry.py), shades (places.py).
"""

import math
from collections.abc import Sequence

_ROOM = 1.12
_SPREAD = 0.55
_TO_MIDDLE = 0.1
_WIDEST, _TALLEST = 1.35, 0.95


def assign(points: Sequence[tuple[float, float]]) -> tuple[tuple[int, int], ...]:
    """(longitude, latitude) of n places -> n different (row, column) cells; odd rows stand half a cell right.

    Towns are pulled apart by mixing true position with rank, then the total squared distance is made least.
    """
    if len(points) < 2:
        return ((0, 0),) * len(points)
    middle = math.radians(sum(latitude for _, latitude in points) / len(points))
    xs = [longitude * math.cos(middle) for longitude, _ in points]
    ys = [-latitude for _, latitude in points]
    n_rows, n_columns = _grid(len(points), xs, ys)
    places = list(zip(_spread(xs, n_columns - 0.5), _spread(ys, n_rows - 1), strict=True))
    cells = [(row, column) for row in range(n_rows) for column in range(n_columns)]
    cost = [[_distance(x, y, row, column, n_rows, n_columns) for row, column in cells] for x, y in places]
    return tuple(cells[index] for index in least_cost(cost))


def least_cost(cost: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """A different column for every row (rows <= columns) with the least total cost; ties fall to the lower
    column.

    Shortest augmenting paths with potentials (Kuhn and Munkres), one vector operation a step. Written here
    because
    importing scipy.optimize costs seconds on a small night; whole-number costs make the answer exact
    everywhere.
    """
    import numpy as np

    table = np.asarray(cost, dtype=np.int64)
    n_rows, n_columns = table.shape
    far = np.iinfo(np.int64).max // 4
    row_price, column_price = np.zeros(n_rows + 1, np.int64), np.zeros(n_columns + 1, np.int64)
    owner = np.zeros(n_columns + 1, np.int64)
    for row in range(1, n_rows + 1):
        owner[0], column = row, 0
        best, came_from = np.full(n_columns + 1, far), np.zeros(n_columns + 1, np.int64)
        done = np.zeros(n_columns + 1, bool)
        while True:
            done[column] = True
            current = owner[column]
            reduced = table[current - 1] - row_price[current] - column_price[1:]
            nearer = ~done[1:] & (reduced < best[1:])
            best[1:][nearer], came_from[1:][nearer] = reduced[nearer], column
            following = int(np.argmin(np.where(done, far, best)))
            step = best[following]
            row_price[owner[done]] += step
            column_price[done] -= step
            best[~done] -= step
            column = following
            if owner[column] == 0:
                break
        while column:
            owner[column], column = owner[came_from[column]], int(came_from[column])
    return tuple(int(np.flatnonzero(owner[1:] == row)[0]) for row in range(1, n_rows + 1))


def _grid(n: int, xs: Sequence[float], ys: Sequence[float]) -> tuple[int, int]:
    """Rows and columns with a little room, in the shape of the force."""
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    shape = min(_WIDEST, max(_TALLEST, width / height if height else _WIDEST))
    columns = max(1, round(math.sqrt(n * _ROOM * shape * math.sqrt(3) / 2)))
    return math.ceil(n * _ROOM / columns), columns


def _spread(values: Sequence[float], length: float) -> list[float]:
    """0 to `length`: part true position, part rank, so that a dense town gets its share of the paper."""
    low, high = min(values), max(values)
    order = sorted(range(len(values)), key=lambda index: (values[index], index))
    rank = {index: place / (len(values) - 1) for place, index in enumerate(order)}
    true = [(value - low) / (high - low) if high > low else 0.5 for value in values]
    return [length * ((1 - _SPREAD) * true[i] + _SPREAD * rank[i]) for i in range(len(values))]


def _distance(x: float, y: float, row: int, column: int, n_rows: int, n_columns: int) -> int:
    """Squared distance in thousandths of a cell width; far corners cost a little, so that gaps fall to the
    edge."""
    dx = column + (0.5 if row % 2 else 0.0) - x
    dy = (row - y) * math.sqrt(3) / 2
    corner = (column - (n_columns - 1) / 2) ** 2 + (row - (n_rows - 1) / 2) ** 2
    return round(1000 * (dx * dx + dy * dy + _TO_MIDDLE * corner))
