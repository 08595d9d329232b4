"""The tile map of page 3: codes, classes of the rate, and which tiles are marked.

Here: classes and labels. Not here: grid positions (tiles.py), hexagon outlines (publish/geometry.py).
"""

from collections.abc import Sequence

from profiles.pack import formats as f
from profiles.pack.cite import Run, Text
from profiles.pack.disclosure import is_small
from profiles.pack.facts import named, shown
from profiles.pack.figures import Tile, TileMap
from profiles.pack.strategic.book import StrategicBook
from profiles.pack.strategic.tables import Place, PlaceNote
from profiles.pack.text import join, say
from profiles.pack.tiles import assign

N_CLASSES = 5


def place_key(index: int) -> str:
    """A, B, C …: joins a row of the table to its tile."""
    return chr(ord("A") + index) if index < 26 else ""


def tile_map(book: StrategicBook, listed: Sequence[Place]) -> TileMap:
    """Tiles for the places with enough records, then the rest while there is room."""
    rows = [
        row for row in book.places(book.place_level) if row.longitude is not None and row.latitude is not None
    ]
    rows = rows[: book.definition.limits.tiles_drawn]
    rows.sort(key=lambda row: row.place_name)
    note = book.place_note(book.place_level)
    breaks = f.rate_breaks((note.force_rate or 0.0) if note else 0.0)
    keys = {row.place_name: place_key(index) for index, row in enumerate(listed)}
    cells = assign([(row.longitude or 0.0, row.latitude or 0.0) for row in rows])
    tiles = tuple(
        _tile(row, cell, breaks, keys.get(row.place_name, "")) for row, cell in zip(rows, cells, strict=True)
    )
    cite = book.rows(Place).where(place_level=book.place_level).values("rate").cite
    return TileMap(cites=(cite,), tiles=tiles, legend=_legend(note), alt=_alt(rows, book))


def _tile(row: Place, cell: tuple[int, int], breaks: Sequence[float], key: str) -> Tile:
    few = row.position == "too_few" or is_small(row.n_records)
    return Tile(
        row=cell[0],
        column=cell[1],
        code=shown(f.place_code, row.fact("place_name")),
        label=None if few else shown(f.rate, row.fact("rate")),
        key=key,
        level=None if few else sum((row.rate or 0.0) >= limit for limit in breaks),
        is_above=row.position == "above",
    )


def _legend(note: PlaceNote | None) -> tuple[Run, ...]:
    if note is None:
        return ()
    return tuple(shown(f.rate_class(index), note.fact("force_rate")) for index in range(N_CLASSES))


def _alt(rows: Sequence[Place], book: StrategicBook) -> Text:
    above = [
        say("{name} {rate}", name=named(row.fact("place_name")), rate=shown(f.rate, row.fact("rate")))
        for row in book.above()[:12]
    ]
    return say(
        "Map of {n} places, one hexagon each. Clearly above the force rate: {listed}.",
        n=shown(f.how_many, *(row.fact("place_name") for row in rows)),
        listed=join(*above, gap="; ") if above else "none",
    )
