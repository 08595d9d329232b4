"""The strategic profile as one room: its rows, its pages in order, what it rests on.

Here: the list. Not here: pages (cover.py, trends.py, places.py, outcomes.py, people.py, data.py).
"""

from collections.abc import Iterator

from profiles.pack import formats as f
from profiles.pack.cite import Text
from profiles.pack.facts import shown
from profiles.pack.model import Section
from profiles.pack.room import ProfileRoom
from profiles.pack.strategic.book import StrategicBook
from profiles.pack.strategic.cover import cover_section
from profiles.pack.strategic.data import data_section
from profiles.pack.strategic.outcomes import outcomes_section
from profiles.pack.strategic.people import people_section
from profiles.pack.strategic.places import place_section
from profiles.pack.strategic.tables import Feed, Outcome, Place, PlaceNote, Refusal
from profiles.pack.strategic.trends import trend_section
from profiles.pack.tables.deliveries import Delivery
from profiles.pack.tables.series import SeriesMonth, SeriesVerdict
from profiles.pack.text import join, plural, say


def _sections(book: StrategicBook) -> tuple[Section, ...]:
    return (
        cover_section(book),
        trend_section(book),
        place_section(book),
        outcomes_section(book),
        people_section(book),
        data_section(book),
    )


def _feeds_line(book: StrategicBook) -> Text:
    names = shown(f.listed, book.used.values("feed_title")) if len(book.used) else "None"
    others = book.not_held.count()
    word = plural(others.value, "feed is", "feeds are")
    line = say("{names}. {n} {word} not held.", names=names, n=shown(f.whole, others), word=word)
    if not len(book.unused):
        return line
    more = book.unused.count()
    held = plural(more.value, "is", "are")
    return join(line, say("{n} more {word} held and not used here.", n=shown(f.whole, more), word=held))


def _contracts(book: StrategicBook) -> Iterator[str]:
    return (f"{row.feed} {row.contract_version}" for row in book.used)


def _warnings(book: StrategicBook) -> Iterator[str]:
    """Warnings every reader of the pack also sees on its data page."""
    for row in book.rows(Delivery):
        if row.state == "refused":
            yield f"{row.file_name} was refused: {row.reason}"
        elif row.is_volume_suspect:
            yield f"{row.file_name} holds far fewer rows than usual: {row.rows_in}"
    for feed in book.used:
        if feed.is_stale:
            yield f"{feed.feed} is late by {feed.age_days} days"


ROOM = ProfileRoom(
    rows=(SeriesMonth, SeriesVerdict, Place, PlaceNote, Outcome, Feed, Delivery, Refusal),
    book=StrategicBook,
    sections=_sections,
    feeds_line=_feeds_line,
    contracts=_contracts,
    warnings=_warnings,
)
