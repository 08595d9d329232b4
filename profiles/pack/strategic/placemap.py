"""The tile map of page 3: codes, classes of the rate, and which tiles are marked.

Here: classes and labels. Not here: grid positions (tiles.py), hexagon outlines (publish/geometry.py).
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from profiles.pack.disclosure import is_small
from profiles.pack.figures import Tile, TileMap
from profiles.pack.strategic.book import Book
from profiles.pack.strategic.tables import Row
from profiles.pack.text import rate
from profiles.pack.tiles import assign

_SHARES = (0.6, 0.9, 1.2, 1.8)
_NUMBERED = re.compile(r"^(?P<district>.*?)\s*(?P<number>\d+)?$")


def place_key(index: int) -> str:
    """A, B, C …: joins a row of the table to its tile."""
    return chr(ord("A") + index) if index < 26 else ""


def tile_map(book: Book, listed: Sequence[Row]) -> TileMap:
    """Tiles for the places with enough records, then the rest while there is room."""
    rows = [
        row
        for row in book.places(book.place_level)
        if row["longitude"] is not None and row["latitude"] is not None
    ]
    rows = rows[: book.definition.limits.tiles_drawn]
    rows.sort(key=lambda row: row["place_name"])
    note = book.place_note(book.place_level)
    breaks = _breaks(note["force_rate"] if note else 0.0)
    keys = {row["place_name"]: place_key(index) for index, row in enumerate(listed)}
    cells = assign([(row["longitude"], row["latitude"]) for row in rows])
    tiles = tuple(
        _tile(row, cell, breaks, keys.get(row["place_name"], ""))
        for row, cell in zip(rows, cells, strict=True)
    )
    return TileMap(
        ref="prof_strategic__places.rate", tiles=tiles, legend=_legend(breaks), alt=_alt(rows, book)
    )


def _tile(row: Row, cell: tuple[int, int], breaks: Sequence[float], key: str) -> Tile:
    few = row["position"] == "too_few" or is_small(row["n_records"])
    return Tile(
        row=cell[0],
        column=cell[1],
        code=_code(row["place_name"]),
        label="" if few else rate(row["rate"]),
        key=key,
        level=None if few else sum(row["rate"] >= limit for limit in breaks),
        is_above=row["position"] == "above",
    )


def _code(name: str) -> str:
    """Initials of the district and the number: "Central Bedfordshire 012" -> CB12, "Luton 003" -> LUT3."""
    match = _NUMBERED.match(name)
    words = (match["district"] if match else name).split()
    letters = words[0][:3] if len(words) == 1 else "".join(word[0] for word in words if word[0].isupper())[:3]
    number = str(int(match["number"])) if match and match["number"] else ""
    return (letters or name[:3]).upper() + number


def _breaks(force_rate: float) -> tuple[float, ...]:
    """Class limits around the force rate, rounded to figures a reader can hold."""
    digits = 0 if force_rate >= 10 else 1
    return tuple(round(share * force_rate, digits) for share in _SHARES)


def _legend(breaks: Sequence[float]) -> tuple[str, ...]:
    shown = [f"{limit:g}" for limit in breaks]
    middle = [f"{low} to {high}" for low, high in pairwise(shown)]
    return (f"under {shown[0]}", *middle, f"{shown[-1]} or more")


def _alt(rows: Sequence[Row], book: Book) -> str:
    above = [f"{row['place_name']} {rate(row['rate'])}" for row in book.above()]
    listed = "; ".join(above[:12]) if above else "none"
    return f"Map of {len(rows)} places, one hexagon each. Clearly above the force rate: {listed}."
