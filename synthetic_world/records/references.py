"""The numbers that a force gives its records: made in order of recording, in the style of each feed.

A style is text with places to fill: {n} counts all records of the feed, {y} those of the year, {yy} and {yyyy} are the
year, {f} a short word for the feed, {a} an area; {y:5} is padded to five digits. Not here: the styles
(personalities.yml), the force's numbers for people (nominals).
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.draws import Draws
from synthetic_world.model import NOBODY, Ints, Longs
from synthetic_world.ordering import told_apart
from synthetic_world.population.birthdays import calendar
from synthetic_world.records.lookup import Lookup

SHORT: Final = {
    "crime": "CR", "crime_party": "CP", "custody": "CU", "intel_report": "IR", "intel_party": "IS",
    "missing_episode": "MP", "return_interview": "RI", "placement": "PL", "managed_offender": "MO",
    "managed_visit": "MV", "notification": "NT", "order": "OR", "safeguarding": "SG", "incident": "IN",
    "identifier": "ID", "advert_referral": "AD", "person": "P", "code_list": "CL",
}  # fmt: skip
_PLACE: Final = re.compile(r"\{(n|y|yy|yyyy|f|a)(?::([0-9]))?\}")
DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class References:
    """The references of one feed, by key."""

    keys: Lookup  # in order of recording
    texts: pa.Array

    def of(self, keys: Longs) -> pa.Array:
        """The references of these keys; null for one that is not of this force."""
        place = self.keys.places(keys)
        return self.texts.take(pa.array(place, mask=place == NOBODY))


def make_references(keys: Longs, seconds: Longs, feed: str, style: str, areas: tuple[str, ...]) -> References:
    """Reference every key, in order of recording. Keys may repeat: the first time of each counts."""
    _, first = told_apart(keys)
    year = calendar(seconds[first] // DAY)[2]
    return References(Lookup.of(keys[first]), _written(style, feed, year, keys[first], areas))


def _written(style: str, feed: str, year: Ints, keys: Longs, areas: tuple[str, ...]) -> pa.Array:
    """The references in order of recording, year by year."""
    n = np.arange(1, len(year) + 1)
    starts = np.concatenate([[True], year[1:] != year[:-1]]) if len(year) else np.zeros(0, bool)
    of_year = n - np.maximum.accumulate(np.where(starts, n, 0)) + 1
    parts: list[pa.Array | str] = []
    end = 0
    for place in _PLACE.finditer(style):
        parts.append(style[end : place.start()])
        end = place.end()
        parts.append(_part(place[1], int(place[2] or 0), feed, n, of_year, year, keys, areas))
    parts.append(style[end:])
    kept = [part for part in parts if not isinstance(part, str) or part]
    if not len(year):
        return pa.array([], pa.string())
    return pc.binary_join_element_wise(*kept, "") if len(kept) > 1 else kept[0]


def _part(
    name: str,
    width: int,
    feed: str,
    n: Longs,
    of_year: Longs,
    year: Ints,
    keys: Longs,
    areas: tuple[str, ...],
) -> pa.Array | str:
    if name == "f":
        return SHORT[feed]
    if name == "a":
        return pa.array(areas).take(pa.array(Draws.of(0, f"area of {feed}", keys).whole("area", len(areas))))
    number = {"n": n, "y": of_year, "yy": year % 100, "yyyy": year}[name]
    text = pc.cast(pa.array(number), pa.string())
    return pc.utf8_lpad(text, width or (2 if name == "yy" else 1), "0")
