"""What a profile's own package gives to the machinery: its rows, its pages in order, what it rests on.

Here: the shape of that, and finding it by name. Not here: reading and building (build.py), any one profile.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from profiles.pack.book import Book
from profiles.pack.cite import Text
from profiles.pack.model import Evidence, Section
from profiles.pack.rows import Row


def _nothing(book: Any) -> tuple[Any, ...]:
    return ()


@dataclass(frozen=True)
class ProfileRoom:
    """One profile as code. `printed_apart` are pages that become PDFs of their own; `later` are rows whose tables a
    warehouse need not have yet: without the table there are none, and the page prints its empty state."""

    rows: tuple[type[Row], ...]
    book: type[Book]
    sections: Callable[[Any], tuple[Section, ...]]
    feeds_line: Callable[[Any], Text]
    contracts: Callable[[Any], Iterable[str]]
    warnings: Callable[[Any], Iterable[str]]
    evidence: Callable[[Any], tuple[Evidence, ...]] = _nothing
    printed_apart: Callable[[Any], tuple[Section, ...]] = _nothing
    later: frozenset[type[Row]] = frozenset()


def room_of(profile: str) -> ProfileRoom:
    """The room of one profile: `ROOM` in profiles/pack/<profile>/__init__.py."""
    room: ProfileRoom = import_module(f"profiles.pack.{profile}").ROOM
    return room
