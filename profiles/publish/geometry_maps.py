"""Geometry of the tile map: hexagons scaled to fit, with the labels that fit into them.

Here: outlines and labels. Not here: which cell a place gets (profiles/pack/tiles.py), colours
(report_templates/charts).
"""

import math
from dataclasses import dataclass

from profiles.pack.cite import Run
from profiles.pack.figures import TileMap
from profiles.publish.geometry import r

_TALL_TILE, _WIDE_TILE = 15.5, 10.5


@dataclass(frozen=True)
class Hexagon:
    """A tile as drawn."""

    cx: float
    cy: float
    path: str
    inner: str
    level: int | None
    is_above: bool
    code: Run | str
    label: Run | str
    size: float


def hexagons(figure: TileMap, width: float, height: float) -> tuple[Hexagon, ...]:
    """Tiles scaled to fit; odd rows shifted half a tile right; labels only where they fit."""
    if not figure.tiles:
        return ()
    shift = [tile.column + (0.5 if tile.row % 2 else 0.0) for tile in figure.tiles]
    rows = [tile.row for tile in figure.tiles]
    n_rows, n_columns = max(rows) - min(rows) + 1, max(shift) - min(shift) + 1
    side = min(width / (n_columns * math.sqrt(3)), height / (1.5 * n_rows + 0.5), 30.0)
    across, down = side * math.sqrt(3), side * 1.5
    left = (width - n_columns * across) / 2 + across / 2 - min(shift) * across
    top = side + (height - (n_rows - 1) * down - 2 * side) / 2 - min(rows) * down
    drawn = []
    for tile, column in zip(figure.tiles, shift, strict=True):
        cx, cy = left + column * across, top + tile.row * down
        code, label = _labels(tile.code, tile.label, tile.key, tile.is_above, side)
        drawn.append(
            Hexagon(
                cx, cy, _hexagon(cx, cy, side), _hexagon(cx, cy, side - 1.5), tile.level, tile.is_above,
                code, label,
                6.0 if side < _WIDE_TILE else 7.0,
            )
        )  # fmt: skip
    return tuple(drawn)


def _labels(
    code: Run, label: Run | None, key: str, is_above: bool, side: float
) -> tuple[Run | str, Run | str]:
    """(upper line, lower line) that fit into a tile of this size."""
    mark = f"▲{key}" if is_above else ""
    if side >= _TALL_TILE:
        return mark or code, label or ""
    if is_above:
        return "", mark if side >= 8 else ""
    return "", (label or "") if side >= _WIDE_TILE else ""


def _hexagon(cx: float, cy: float, side: float) -> str:
    corners = (math.radians(angle) for angle in (30, 90, 150, 210, 270, 330))
    return "M" + "L".join(f"{r(cx + side * math.cos(a))} {r(cy + side * math.sin(a))}" for a in corners) + "z"
