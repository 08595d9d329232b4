"""From a generation to a finished pack: read the profile's tables, build its pages, hold them against the rules.

Here: the order of that, the same for every profile. Not here: pages (profiles/pack/<profile>/), rules (checks.py).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from profiles.definitions import ProfileDefinition
from profiles.pack.book import Book
from profiles.pack.checks import check_sections
from profiles.pack.frame import Frame
from profiles.pack.head import head_of
from profiles.pack.model import ProfilePack, Section
from profiles.pack.room import ProfileRoom, room_of
from profiles.pack.rows import read_rows
from profiles.pack.visible import only_visible

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Built:
    """A pack, the book it was made from, and the pages that are printed apart."""

    pack: ProfilePack
    book: Book
    room: ProfileRoom
    extra: tuple[Section, ...]


def read_book(
    con: "duckdb.DuckDBPyConnection", definition: ProfileDefinition, force_code: str, frame: Frame
) -> Book:
    """One force's tables of one profile; LookupError when the force is not in the generation."""
    room = room_of(definition.profile)
    cursor = con.execute("SELECT * FROM dim_forces WHERE force_code = ?", [force_code])
    names = [column[0] for column in cursor.description or ()]
    found = cursor.fetchone()
    if found is None:
        raise LookupError(f"The warehouse holds no force called {force_code!r}.")
    force: dict[str, Any] = dict(zip(names, found, strict=True))
    tables = {
        row_type: read_rows(con, definition.profile, row_type, force_code, row_type in room.later)
        for row_type in room.rows
    }
    seen = only_visible(tables, force_code, frame.as_of)
    return room.book(force=force, frame=frame, definition=definition, tables=seen)


def build_pack(book: Book) -> Built:
    """Pages from the book; PackError when a page breaks a rule of the house."""
    room = room_of(book.definition.profile)
    sections, extra = room.sections(book), room.printed_apart(book)
    if book.frame.audience == "partners":
        sections, extra = tuple(section for section in sections if section.may_leave), ()
    check_sections((*sections, *extra), book)
    head = head_of(book, room.feeds_line(book), room.contracts(book))
    pack = ProfilePack(head=head, sections=sections, evidence=room.evidence(book))
    return Built(pack, book, room, extra)


def with_fewer_lines(built: Built, crowded: Collection[str]) -> Built:
    """The same pack with fewer lines on these pages, for data whose words are longer than their sheets allow."""
    book = built.book.with_definition(built.book.definition.snug())
    made = (*built.room.sections(book), *built.room.printed_apart(book))
    snug = {section.section_id: section for section in made if section.section_id in crowded}
    check_sections(snug.values(), book)
    pack = built.pack
    sections = tuple(snug.get(section.section_id, section) for section in pack.sections)
    return replace(built, pack=ProfilePack(head=pack.head, sections=sections, evidence=pack.evidence))
