"""Rows written out by hand in tests/packs/worlds/*.yml, made into the typed rows of profiles/pack/tables.

Here: reading them. Not here: rows that are drawn (drawn_*.py), the database they go into (fictional.py).
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from listed_person import Person

from profiles.pack.room import room_of
from profiles.pack.rows import Row

WORLDS = Path(__file__).parent / "worlds"
FORCE = "northmoor"
AS_OF = date(2026, 11, 17)


@cache
def _world(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((WORLDS / f"{name}.yml").read_text(encoding="utf-8"))
    return found


def people(name: str) -> tuple[Person, ...]:
    """The people of a world's list, in its order."""
    return tuple(Person(**{k: _held(v) for k, v in each.items()}) for each in _world(name)["people"])


def series(name: str) -> list[tuple[Any, ...]]:
    """What a world says of its monthly series."""
    return [tuple(_held(value) for value in spec) for spec in _world(name)["series"]]


def rows(name: str) -> list[Row]:
    """Every row that a world has written out, with those it takes from another world."""
    types = {row_type.section: row_type for row_type in room_of(name).rows}
    world = _world(name)
    told = {
        section: _world(other)["rows"][section]
        for other, sections in world.get("like", {}).items()
        for section in sections
    }
    return [row for section, each in {**told, **world["rows"]}.items() for row in _rows(types[section], each)]


def _rows(row_type: type[Row], told: dict[str, Any]) -> Iterable[Row]:
    for values in told["rows"]:
        named = dict(zip(told["columns"], map(_held, values), strict=True))
        yield row_type(force_code=FORCE, **named)


def _held(value: Any) -> Any:
    """Lists as tuples: rows are frozen."""
    return tuple(map(_held, value)) if isinstance(value, list) else value
