"""A tile map of places: one hexagon each, shaded by its rate, marked where it is clearly above the force.

Here: classes, labels, legend, text alternative. Not here: grid positions (tiles.py), hexagon outlines
(publish/geometry_maps.py), which places there are (page builders).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from profiles.pack import formats as f
from profiles.pack.cite import Cite, Run, Text
from profiles.pack.facts import Fact, named, shown
from profiles.pack.figures import Tile, TileMap
from profiles.pack.text import join, say
from profiles.pack.tiles import assign

N_CLASSES = 5


@dataclass(frozen=True)
class Spot:
    """One place to draw: its name, its rate, where it lies, and how it stands beside the force."""

    name: Fact
    rate: Fact
    longitude: float | None
    latitude: float | None
    position: str
    is_few: bool


def place_key(index: int) -> str:
    """A, B, C …: joins a row of the table to its tile."""
    return chr(ord("A") + index) if index < 26 else ""


def tile_map(
    spots: Sequence[Spot], listed: Sequence[Fact], force_rate: Fact | None, cite: Cite, most: int
) -> TileMap:
    """Tiles for the first `most` places, in order of name; `listed` are the names that a table keys A, B, C."""
    drawn = [spot for spot in spots if spot.longitude is not None and spot.latitude is not None][:most]
    drawn.sort(key=lambda spot: str(spot.name.value))
    breaks = f.rate_breaks((force_rate.value or 0.0) if force_rate else 0.0)
    keys = {fact.value: place_key(index) for index, fact in enumerate(listed)}
    cells = assign([(spot.longitude or 0.0, spot.latitude or 0.0) for spot in drawn])
    tiles = tuple(
        _tile(spot, cell, breaks, keys.get(spot.name.value, ""))
        for spot, cell in zip(drawn, cells, strict=True)
    )
    above = [spot for spot in spots if spot.position == "above"]
    return TileMap(cites=(cite,), tiles=tiles, legend=_legend(force_rate), alt=_alt(drawn, above))


def _tile(spot: Spot, cell: tuple[int, int], breaks: Sequence[float], key: str) -> Tile:
    few = spot.position == "too_few" or spot.is_few or spot.rate.value is None
    return Tile(
        row=cell[0],
        column=cell[1],
        code=shown(f.place_code, spot.name),
        label=None if few else shown(f.rate, spot.rate),
        key=key,
        level=None if few else sum(spot.rate.value >= limit for limit in breaks),
        is_above=spot.position == "above",
    )


def _legend(force_rate: Fact | None) -> tuple[Run, ...]:
    if force_rate is None:
        return ()
    return tuple(shown(f.rate_class(index), force_rate) for index in range(N_CLASSES))


def _alt(drawn: Sequence[Spot], above: Sequence[Spot]) -> Text:
    listed = [say("{name} {rate}", name=named(s.name), rate=shown(f.rate, s.rate)) for s in above[:12]]
    number = shown(f.how_many, *(spot.name for spot in drawn)) if drawn else "no"
    return say(
        "Map of {n} places, one hexagon each. Clearly above the force rate: {listed}.",
        n=number,
        listed=join(*listed, gap="; ") if listed else "none",
    )
