"""The tile map of page 3: which places are drawn.

Here: places as spots. Not here: classes and labels (profiles/pack/tilemap.py).
"""

from collections.abc import Sequence

from profiles.pack.disclosure import is_small
from profiles.pack.figures import TileMap
from profiles.pack.strategic.book import StrategicBook
from profiles.pack.strategic.tables import Place
from profiles.pack.tilemap import Spot
from profiles.pack.tilemap import tile_map as drawn_map


def tile_map(book: StrategicBook, listed: Sequence[Place]) -> TileMap:
    """Tiles for the places with enough records, then the rest while there is room."""
    note = book.place_note(book.place_level)
    spots = [_spot(row) for row in book.places(book.place_level)]
    cite = book.rows(Place).where(place_level=book.place_level).values("rate").cite
    return drawn_map(
        spots,
        [row.fact("place_name") for row in listed],
        note.fact("force_rate") if note else None,
        cite,
        book.definition.limits.tiles_drawn,
    )


def _spot(row: Place) -> Spot:
    return Spot(
        row.fact("place_name"),
        row.fact("rate"),
        row.longitude,
        row.latitude,
        row.position,
        is_small(row.n_records),
    )
