"""Build the violence and sexual offences pack: tables, frame and definition in, a finished pack out. Pure.

Here: the head and the order of pages.
Not here: pages (cover.py, trends.py, places.py, outcomes.py, people.py, data.py).
"""

from profiles.definitions import ProfileDefinition
from profiles.pack.figures import Text
from profiles.pack.frame import Frame, day
from profiles.pack.model import PackError, PackHead, ProfilePack, Section
from profiles.pack.strategic.book import Book
from profiles.pack.strategic.cover import cover_section
from profiles.pack.strategic.data import data_section
from profiles.pack.strategic.outcomes import outcomes_section
from profiles.pack.strategic.people import people_section
from profiles.pack.strategic.places import place_section
from profiles.pack.strategic.tables import StrategicTables
from profiles.pack.strategic.trends import trend_section
from profiles.pack.text import fig, join, plural, say

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def build_pack(tables: StrategicTables, frame: Frame, definition: ProfileDefinition) -> ProfilePack:
    """The whole pack; PackError when a title is longer than the definition allows."""
    book = Book(tables=tables, frame=frame, definition=definition)
    sections = (
        cover_section(book),
        trend_section(book),
        place_section(book),
        outcomes_section(book),
        people_section(book),
        data_section(book),
    )
    for section in sections:
        _check(section, definition)
    return ProfilePack(head=_head(book), sections=sections)


def _check(section: Section, definition: ProfileDefinition) -> None:
    limit = definition.limits.title_characters
    if len(section.title.plain) > limit:
        raise PackError(
            f"The title of {section.section_id} is longer than {limit} characters: {section.title.plain!r}."
        )


def _head(book: Book) -> PackHead:
    force, frame, definition = book.tables.force, book.frame, book.definition
    fictional = bool(force["is_fictional"])
    return PackHead(
        profile=definition.profile,
        file_name=definition.file_name,
        profile_code=definition.code,
        force_code=force["force_code"],
        force_name=force["force_name"],
        is_fictional=fictional,
        heading=definition.title,
        subheading=definition.subtitle,
        short_title=definition.short_title,
        audience=definition.audience,
        marking=frame.marking,
        state="DRAFT",
        handling_short="Invented data: no real force, place or person."
        if fictional
        else "Open data. A person decides.",
        handling=definition.standing["handling"],
        as_of=frame.as_of.isoformat(),
        as_of_long=f"{_WEEKDAYS[frame.data_as_at.weekday()]} {day(frame.data_as_at)}",
        data_as_at=day(frame.data_as_at),
        previous=_previous(frame),
        released_by="Nobody: a draft made by the night run",
        feeds_line=_feeds_line(book),
        contract_versions=tuple(
            sorted(
                f"{row['feed']} {row['contract_version']}"
                for row in book.tables.feeds
                if row["is_held"] and row["is_used"]
            )
        ),
    )


def _previous(frame: Frame) -> str:
    if frame.previous is None:
        return "Last pack: none for this force"
    kind = "Last pack" if frame.previous.is_released else "Last draft"
    return f"{kind}: {day(frame.previous.as_of)}"


def _feeds_line(book: Book) -> Text:
    used = [row for row in book.tables.feeds if row["is_held"] and row["is_used"]]
    others = sum(not row["is_held"] for row in book.tables.feeds)
    names = ", ".join(row["feed_title"] for row in used) or "None"
    line = say(
        "{names}. {n} {word} not held.",
        names=fig(names, "prof_strategic__feeds.feed_title"),
        n=fig(str(others), "prof_strategic__feeds.is_held.count"),
        word=plural(others, "feed is", "feeds are"),
    )
    if not book.unused:
        return line
    return join(
        line,
        say(
            "{n} more {word} held and not used here.",
            n=fig(str(len(book.unused)), "prof_strategic__feeds.is_used.count"),
            word=plural(len(book.unused), "is", "are"),
        ),
    )
